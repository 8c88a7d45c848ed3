"""What Argo CD gives Helm: one release for each chart of each Application, before and after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.applied import local_path
from clusterwright.check.model import mapping, sequence, text
from clusterwright.records import dataclass, field
from clusterwright.review.comparison import APPLICATION, applications, as_application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application, Source
    from clusterwright.check.repository import Repository
    from clusterwright.review.comparison import Comparison


class Origin(NamedTuple):
    """A chart at a version."""

    repository: str
    chart: str
    version: str


@dataclass(frozen=True)
class Release:
    """Everything that decides what a chart renders to; whose it is does not count when two are compared.

    Attributes:
        source: the chart.
        name: the release's name.
        namespace: where it goes.
        kubernetes_version: what the chart is told of the cluster.
        values: the contents of its value files, those that win last.
        parameters: flags of Helm, each with what it sets.
        skip_crds: whether the chart's definitions are left out.
        application: whose it is.
    """

    source: Origin
    name: str
    namespace: str
    kubernetes_version: str
    values: tuple[bytes, ...]
    parameters: tuple[tuple[str, str], ...]
    skip_crds: bool
    application: Application = field(compare=False)


def releases(comparison: Comparison) -> Iterator[tuple[Release, Release]]:
    """Both sides of every release that is in both trees and may differ."""
    changed = {one.path for one in comparison.trees.changes}
    before = {pair.new: pair.old for pair in comparison.changed(APPLICATION) if pair.old and pair.new}
    new = {pair.new for pair in comparison.added(APPLICATION)}
    contents = [{one.path: one.text for one in side.files} for side in (comparison.before, comparison.after)]
    for application in applications(comparison.after):
        resource = application.resource
        if resource in new or not (resource in before or _reads(comparison.after, application, changed)):
            continue
        old = as_application(before.get(resource) or resource)
        olds = {one.source.chart: one for one in _of(comparison.before, old, contents[0])}
        for release in _of(comparison.after, application, contents[1]):
            other = olds.get(release.source.chart)
            if other and other != release:
                yield other, release


def _reads(repository: Repository, application: Application, changed: set[str]) -> bool:
    """Whether one of its value files changed."""
    return any(
        local_path(repository, application, source, file) in changed
        for source in application.sources
        for file in source.value_files
    )


def _of(repository: Repository, application: Application, contents: dict[str, bytes]) -> Iterator[Release]:
    for source in application.sources:
        if source.chart:
            helm = mapping(source.data, "helm")
            yield Release(
                source=Origin(source.repo, source.chart, source.revision),
                name=text(helm, "releaseName") or application.name,
                namespace=text(helm, "namespace") or application.namespace,
                kubernetes_version=repository.settings.kubernetes_version,
                values=tuple(_values(repository, application, source, contents)),
                parameters=tuple(_parameters(helm)),
                skip_crds=helm.get("skipCrds") is True,
                application=application,
            )


def _values(
    repository: Repository, application: Application, source: Source, contents: dict[str, bytes]
) -> Iterator[bytes]:
    for file in source.value_files:
        path = local_path(repository, application, source, file)
        if path in contents:
            yield contents[path]
    helm = mapping(source.data, "helm")
    inline = helm.get("valuesObject")
    if isinstance(inline, dict):
        yield json.dumps(inline).encode()
    elif text(helm, "values"):
        yield text(helm, "values").encode()


def _parameters(helm: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in sequence(helm, "parameters"):
        flag = "--set-string" if mapping(one).get("forceString") is True else "--set"
        value = text(one, "value").replace(",", "\\,")
        yield flag, f"{text(one, 'name')}={value}"
