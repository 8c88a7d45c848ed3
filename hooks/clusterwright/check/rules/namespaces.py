"""Rules on namespaces: every namespaced resource gets one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.applied import applied
from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository


def missing(repository: Repository) -> Iterator[Problem]:
    """Each namespaced resource without a namespace that an Application applies whose destination has none."""
    for application in repository.applications:
        if application.namespace or not (application.server or application.cluster):
            continue
        for resource in applied(repository, application):
            if resource.namespace or repository.is_cluster_scoped(resource) is not False:
                continue
            if not changed_by(repository, resource, "namespace", "patches"):
                message = f"{resource.title}: has no namespace, nor has the destination of Application"
                yield Problem(
                    resource.document,
                    resource.at("metadata"),
                    f"{message} {application.name}: name one here or there",
                )
