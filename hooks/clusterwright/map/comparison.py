"""What a change does to everything on a map: two trees of git as one map with a status for each thing."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from clusterwright.check.applied import local_path, source_files
from clusterwright.check.argocd import Application as Written
from clusterwright.check.clusters import declared
from clusterwright.check.hcl_modules import JSON, NATIVE, VALUES, configuration, local_source
from clusterwright.check.parallel import Pair
from clusterwright.map.applications import order
from clusterwright.map.model import Application, Cluster, Map, Project, Root
from clusterwright.map.survey import survey
from clusterwright.review import sides, trees

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from clusterwright.check.hcl_modules import Module
    from clusterwright.check.repository import Repository
    from clusterwright.map.applications import Made
    from clusterwright.map.survey import Survey

_CONFIGURATION = (*NATIVE, *JSON, VALUES)
Thing = TypeVar("Thing", Application, Cluster, Project, Root)


def compared(path: Path, base: str) -> Map:
    """The working tree's map, with what it adds, changes and removes since it left a base.

    Args:
        path: a folder under git.
        base: a revision: what happened there since the work left it does not count.

    Raises:
        UserError: the folder is not under git, or there is no such revision.
    """
    both = trees.read(path, base)
    with Pair() as pair:
        after = sides.later(both, pair)
    before = sides.earlier(both, after)
    return _Comparison(survey(before), survey(after), frozenset(one.path for one in both.changes)).map()


class _Comparison:
    """Two surveys, and the paths of the files that differ."""

    def __init__(self, before: Survey, after: Survey, changed: frozenset[str]) -> None:
        self._before, self._after, self._changed = before, after, changed

    def map(self) -> Map:
        old, new = self._before.map, self._after.map
        clusters, projects = (self._differing(kind) for kind in (_clusters, _projects))
        applications = _union(old.applications, new.applications, lambda one: one.id, self._applications())
        versions = {one.id: one.version for one in old.applications}
        return Map(
            name=new.name,
            clusters=tuple(_union(old.clusters, new.clusters, _name, clusters)),
            applications=tuple(sorted((_moved(one, versions) for one in applications), key=order)),
            projects=tuple(sorted(_union(old.projects, new.projects, _name, projects), key=_name)),
            roots=tuple(_union(old.roots, new.roots, _name, self._roots())),
        )

    def _differing(self, declarations: Callable[[Repository], dict[str, object]]) -> set[str]:
        """The names whose manifests differ."""
        old, new = (declarations(one.repository) for one in (self._before, self._after))
        return {name for name in old.keys() & new.keys() if old[name] != new[name]}

    def _applications(self) -> set[str]:
        """The ids of Applications whose manifest or whose files differ; of a root, only its own manifest counts."""
        found = set()
        for one in self._after.map.applications:
            before, after = self._before.made.get(one.id), self._after.made[one.id]
            if before is None:
                continue
            reads = one.delivers and (self._reads(self._before, before) or self._reads(self._after, after))
            if reads or before.resource.data != after.resource.data:
                found.add(one.id)
        return found

    def _reads(self, side: Survey, made: Made) -> bool:
        """Whether an Application reads a file that differs: as values, or because it is in the folder of a source."""
        if not isinstance(made, Written):
            return False
        repository = side.repository
        for source in made.sources:
            values = {local_path(repository, made, source, one) for one in source.value_files}
            own = bool(source.path) and repository.is_own(source)
            files = source_files(repository, source) if own else frozenset()
            if not self._changed.isdisjoint(values | files):
                return True
            if own and (not files or source.path in repository.kustomizations) and self._below(source.path):
                return True
        return False

    def _below(self, folder: str) -> bool:
        return any(folder == "." or path.startswith(f"{folder}/") for path in self._changed)

    def _roots(self) -> set[str]:
        """The names of roots that are applied otherwise, or from other files, those of their modules included."""
        old = {one.name: one for one in self._before.map.roots}
        touched = {posixpath.dirname(path) for path in self._changed if path.endswith(_CONFIGURATION)}
        modules = configuration(self._after.repository).modules if touched else {}
        return {
            one.name
            for one in self._after.map.roots
            if one.name in old
            and (_applied(one) != _applied(old[one.name]) or not touched.isdisjoint(_folders(one.folder, modules)))
        }


def _applied(root: Root) -> tuple[object, ...]:
    """How a root is applied, wherever that is said."""
    return root.folder, root.after, root.planned


def _folders(folder: str, modules: Mapping[str, Module]) -> set[str]:
    """A root's folder, and those of the modules of its repository that it calls."""
    found: set[str] = set()
    pending = [folder]
    while pending:
        one = pending.pop()
        if one and one not in found:
            found.add(one)
            pending += (
                [local_source(modules[one], call) for call in modules[one].blocks("module")] if one in modules else []
            )
    return found


def _moved(one: Application, versions: Mapping[str, str]) -> Application:
    """An Application with the version that its chart had before, where that is another one."""
    was = versions.get(one.id, one.version)
    return one if was == one.version else replace(one, was=was)


def _name(one: Cluster | Project | Root) -> str:
    return one.name


def _clusters(repository: Repository) -> dict[str, object]:
    return {one.name or one.resource.name: one.resource.data for one in declared(repository)}


def _projects(repository: Repository) -> dict[str, object]:
    return {name: one.resource.data for name, one in repository.projects.items()}


def _union(
    old: Sequence[Thing], new: Sequence[Thing], key: Callable[[Thing], str], changed: Collection[str]
) -> Iterator[Thing]:
    """Everything of both, each with what becomes of it; what goes is after what stays."""
    before, after = {key(one) for one in old}, {key(one) for one in new}
    for one in new:
        name = key(one)
        yield replace(one, status="added" if name not in before else "changed" if name in changed else "")
    yield from (replace(one, status="removed") for one in old if key(one) not in after)
