"""The Applications of a repository, who makes each, and what it waits for, as `clusterwright order` sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.applied import source_files
from clusterwright.check.argocd import Application as Written
from clusterwright.check.classify import KUSTOMIZATIONS
from clusterwright.map.labels import label
from clusterwright.map.model import Application, Source
from clusterwright.order.tree import Forest
from clusterwright.order.waits import needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from clusterwright.check.applicationsets.expand import Expansion
    from clusterwright.check.argocd import Source as Origin
    from clusterwright.check.repository import Repository
    from clusterwright.map.clusters import Clusters
    from clusterwright.map.places import Places
    from clusterwright.order.tree import Node

    Made: TypeAlias = Written | Expansion

_STAGE = re.compile(r"(?:^|/)(?:environments|envs|overlays)/([^/]+)")
"""How a path tells the stage, in the layouts that people use most."""
_RENDERED = KUSTOMIZATIONS | {"Chart.yaml"}
_MADE = frozenset(("AppProject", "Application", "ApplicationSet"))


def applications(repository: Repository, clusters: Clusters, places: Places) -> dict[str, tuple[Application, Made]]:
    """Every Application once, by id, with what it is in the repository."""
    return {one.id: (one, made) for one, made in _Reader(repository, clusters, places).all()}


def order(one: Application) -> tuple[str, str, int, str, str]:
    """Sorts the Applications of one cluster together, in the order in which they are made."""
    return one.cluster, one.environment, one.wave, one.title, one.id


class _Reader:
    """Goes through the trees of Applications; one that two others make is known by the first."""

    def __init__(self, repository: Repository, clusters: Clusters, places: Places) -> None:
        self._clusters = clusters
        self._places = places
        self._repository = repository
        self._own = repository.is_own
        self._roots = Forest(repository).roots
        self._needs = needs(self._roots)
        self._ids: dict[object, str] = {}
        self._taken: set[str] = set()

    def all(self) -> Iterator[tuple[Application, Made]]:
        walked = [*_walk(self._roots)]
        for node, _ in walked:
            self._name(node)
        for node, maker in walked:
            yield self._read(node, maker), node.made

    def _name(self, node: Node) -> None:
        """Gives an id that stays the same as long as the name does; only a second one of a name needs its file."""
        if node.made in self._ids:
            return
        resource = node.resource
        name = f"{resource.namespace}/{resource.name}" if resource.namespace else resource.name
        free = next(one for one in _alternatives(name, resource.document.path) if one not in self._taken)
        self._taken.add(free)
        self._ids[node.made] = free

    def _read(self, node: Node, maker: Node | None) -> Application:
        resource = node.resource
        made = node.made if isinstance(node.made, Written) else None
        cluster = self._clusters.name(made) if made else self._clusters.management
        title = label(resource.metadata, "component") if made else ""
        return Application(
            id=self._ids[node.made],
            name=resource.name,
            title=title or _without(resource.name, cluster),
            kind="Application" if made else "ApplicationSet",
            cluster=cluster,
            namespace=made.namespace if made else resource.namespace,
            project=made.project if made else "",
            environment=self._environment(made) if made else "",
            wave=node.wave,
            delivers=self._delivers(node, made),
            maker=self._ids[maker.made] if maker else "",
            plane=self._clusters.plane(made) if made else "",
            needs=tuple(self._ids[one.node.made] for one in self._needs.get(node, [])),
            sources=tuple(Source(one.repo, one.path, one.chart, one.revision) for one in made.sources) if made else (),
            place=self._places.of((made and made.maker) or resource),
        )

    def _delivers(self, node: Node, made: Written | None) -> bool:
        """Whether it makes no Applications, and there is more to it, as far as that can be seen here."""
        if node.children or not made:
            return not node.children
        if any(kind not in _MADE for _, kind in node.others):
            return True
        empty = (made.automated or {}).get("allowEmpty") is True
        return any(self._hides(one, empty=empty) for one in made.sources if one.path or not self._own(one))

    def _hides(self, source: Origin, *, empty: bool) -> bool:
        """Whether a source is elsewhere, or renders what cannot be seen here; one that may be empty may be gone."""
        if not self._own(source):
            return True
        if source.path not in self._repository.folders:
            return not empty
        names = {path.rpartition("/")[2] for path in self._repository.by_folder.get(source.path, [])}
        return bool(names & _RENDERED) and not source_files(self._repository, source)

    def _environment(self, made: Written) -> str:
        named = label(made.resource.metadata, "environment")
        if named or label(made.resource.metadata, "component"):
            return named
        paths = (made.resource.document.path, *(one.path for one in made.sources if self._own(one)))
        return next((match[1] for path in paths if (match := _STAGE.search(path))), "")


def _walk(nodes: list[Node], maker: Node | None = None) -> Iterator[tuple[Node, Node | None]]:
    for node in nodes:
        yield node, maker
        yield from _walk([*node.children], node)


def _alternatives(name: str, path: str) -> Iterator[str]:
    yield name
    yield f"{name} ({path})"
    number = 1
    while number := number + 1:
        yield f"{name} ({path}, {number})"


def _without(name: str, cluster: str) -> str:
    """A name without that of the cluster before or after it."""
    for mark in ".-":
        name = name.removeprefix(f"{cluster}{mark}").removesuffix(f"{mark}{cluster}")
    return name
