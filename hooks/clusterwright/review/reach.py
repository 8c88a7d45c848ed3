"""What a file reaches: the clusters, and in each the components, whose Applications read it."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.applied import local_path
from clusterwright.check.argocd import IN_CLUSTER
from clusterwright.check.model import text
from clusterwright.review.comparison import APPLICATION, applications, as_application

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterwright.check.argocd import Application
    from clusterwright.check.repository import Repository
    from clusterwright.review.pairs import Pair

CLUSTER, COMPONENT = "clusterwright.dev/cluster", "clusterwright.dev/component"
ROOT = "root"
"""What the Application is called here that applies a cluster's other Applications."""
_FOLDER = re.compile(r"(?:^|/)clusters/([^/]+)/")


class Unit(NamedTuple):
    """A component in a cluster."""

    cluster: str
    component: str


class Reach:
    """Which units read a file, in one tree or the other."""

    def __init__(self, after: Repository, before: Repository, pairs: Iterable[Pair]) -> None:
        """Indexes the Applications of both trees by the files and folders that they read."""
        self._files: dict[str, set[Unit]] = {}
        self._folders: dict[str, set[Unit]] = {}
        self._known: dict[str, frozenset[Unit]] = {}
        self.clusters: set[str] = set()
        for one in applications(after):
            self._add(after, one)
        for pair in pairs:
            if pair.is_a(APPLICATION) and pair.old:
                self._add(before, as_application(pair.old))

    def of(self, pair: Pair) -> frozenset[Unit]:
        """The units that a pair is about: an Application's own, else those of whoever reads the file."""
        if pair.owner:
            return frozenset((unit(as_application(pair.owner)),))
        if pair.is_a(APPLICATION) and pair.resource:
            return frozenset((unit(as_application(pair.resource)),))
        return self.of_path(pair.path)

    def of_path(self, path: str) -> frozenset[Unit]:
        """The units that read a file: as values, or because it is in the folder that they apply."""
        if path not in self._known:
            self._known[path] = self._find(path)
        return self._known[path]

    def _find(self, path: str) -> frozenset[Unit]:
        found = self._files.get(path)
        folder = path
        while found is None and folder != ".":
            folder = posixpath.dirname(folder) or "."
            found = self._folders.get(folder)
        if found:
            return frozenset(found)
        named = _FOLDER.search(path)
        top = path.partition("/")[0]
        return frozenset((Unit(named[1], ROOT if top == "registry" else top),)) if named else frozenset()

    def _add(self, repository: Repository, application: Application) -> None:
        one = unit(application)
        self.clusters.add(one.cluster)
        for source in application.sources:
            if source.path and repository.is_own(source):
                self._folders.setdefault(source.path, set()).add(one)
            for file in source.value_files:
                path = local_path(repository, application, source, file)
                if path:
                    self._files.setdefault(path, set()).add(one)


@cache
def unit(application: Application) -> Unit:
    """The cluster and component of an Application: what its labels say, else its folder, destination and name."""
    resource = application.resource
    cluster = text(resource.metadata, "labels", CLUSTER) or _cluster(application)
    named = text(resource.metadata, "labels", COMPONENT)
    return Unit(cluster, named or _component(application.name, cluster))


def clusters_of(units: Iterable[Unit]) -> tuple[str, ...]:
    """The clusters of some units, each once, in order."""
    return tuple(sorted({one.cluster for one in units}))


def _cluster(application: Application) -> str:
    folder = _FOLDER.search(application.resource.document.path)
    if folder:
        return folder[1]
    if application.cluster:
        return application.cluster
    return "in-cluster" if application.server in {"", IN_CLUSTER} else application.server.partition("://")[2]


def _component(name: str, cluster: str) -> str:
    return name.removeprefix(f"{cluster}-").removesuffix(f"-{cluster}") if name != cluster else ROOT
