"""Rules on destinations: the clusters that Applications name are declared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check import clusters
from clusterwright.check.argocd import IN_CLUSTER
from clusterwright.check.model import text
from clusterwright.check.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Problem
    from clusterwright.check.repository import Repository

_ELSEWHERE = re.compile(rb"argocd_cluster|argocd cluster add|secret-type[\"' :=]+cluster")


def declared(repository: Repository) -> Iterator[Problem]:
    """Each destination that no cluster Secret declares.

    Only where this repository declares clusters, and all of them readably: one that is sealed, or made by Terraform or
    a script, could be any.
    """
    named = _clusters(repository)
    if not named:
        return
    known = named | {IN_CLUSTER, "in-cluster"}
    for application in repository.applications:
        key, given = ("server", application.server) if application.server else ("name", application.cluster)
        if given and given.rstrip("/") not in known:
            hint = did_you_mean(given, known, cutoff=0.85) or "declare it, or name one that is"
            message = f"no Secret here declares the cluster {given}: {hint}"
            yield application.problem(("spec", "destination", key), message)


def _clusters(repository: Repository) -> frozenset[str]:
    """Names and servers of all clusters; empty if not every one of them can be known."""
    if repository.sealed:
        return frozenset()
    found: set[str] = set()
    for one in clusters.declared(repository):
        if not (one.name and one.server):
            return frozenset()
        found |= {one.name, one.server}
    sealed = [one for one in repository.documents if one.role == "encrypted"]
    if any(text(one.data, "metadata", "labels", clusters.TYPE) == "cluster" for one in sealed):
        return frozenset()
    return frozenset() if found and _made_elsewhere(repository) else frozenset(found)


def _made_elsewhere(repository: Repository) -> bool:
    return any(one.scalars is None and _ELSEWHERE.search(one.text) for one in repository.files)
