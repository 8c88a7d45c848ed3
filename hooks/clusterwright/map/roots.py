"""The folders that OpenTofu or Terraform applies, and in which order Atlantis does so."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from clusterwright.check.hcl import read
from clusterwright.check.hcl_code import Broken
from clusterwright.check.hcl_modules import NATIVE
from clusterwright.check.model import mapping, sequence, text
from clusterwright.map.model import Place, Root

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from clusterwright.check.model import File
    from clusterwright.check.repository import Repository
    from clusterwright.map.places import Places

_ATLANTIS = "atlantis.yaml"
_STATE = re.compile(rb"\b(backend|cloud)\b")
"""What is surely in a file that says how a state is kept: most files need not be read as HCL."""


def roots(repository: Repository, clusters: Collection[str], places: Places) -> tuple[Root, ...]:
    """Every root, each after those that it depends on.

    Args:
        repository: where they are.
        clusters: the names that clusters have.
        places: where things stand.
    """
    planned = [*_planned(repository, clusters, places)]
    folders = {one.folder for one in planned}
    others = [
        Root(folder, folder, (), _cluster((folder,), clusters), planned=False, place=place)
        for folder, place in sorted(_unplanned(repository, folders).items())
    ]
    return tuple(_ordered([*planned, *others]))


def _planned(repository: Repository, clusters: Collection[str], places: Places) -> Iterator[Root]:
    """The projects of Atlantis; groups order those that say nothing of what they depend on."""
    documents = [one for one in repository.documents if one.path == _ATLANTIS]
    for document in documents:
        projects = dict(enumerate(mapping(one) for one in sequence(document.data, "projects")))
        projects = {index: one for index, one in projects.items() if text(one, "dir")}
        groups = {_name(one): _group(one.get("execution_order_group")) for one in projects.values()}
        for index, one in projects.items():
            name, folder = _name(one), _folder(one)
            after = [other for other in sequence(one, "depends_on") if isinstance(other, str)]
            yield Root(
                name=name,
                folder=folder,
                after=tuple(after or _before(name, groups)),
                cluster=_cluster((name, folder), clusters),
                planned=True,
                place=places.at(document, "projects", index),
            )


def _before(name: str, groups: dict[str, int]) -> list[str]:
    """The projects of the group before that of this one."""
    below = [group for group in groups.values() if group < groups[name]]
    return [other for other, group in groups.items() if below and group == max(below)]


def _group(group: object) -> int:
    """The number of a group; Atlantis takes none for 0."""
    return group if isinstance(group, int) else 0


def _name(project: dict[str, object]) -> str:
    return text(project, "name") or _folder(project)


def _folder(project: dict[str, object]) -> str:
    return posixpath.normpath(text(project, "dir").strip("/") or ".")


def _cluster(names: tuple[str, ...], clusters: Collection[str]) -> str:
    """The cluster after which a root or its folder is called."""
    parts = [part for one in names for part in (one, one.rpartition("/")[2])]
    return next((part for part in parts if part in clusters), "")


def _unplanned(repository: Repository, planned: Collection[str]) -> dict[str, Place]:
    """By folder, where a configuration that Atlantis does not plan says how it keeps its state."""
    found: dict[str, Place] = {}
    for file in repository.files:
        folder = posixpath.dirname(file.path) or "."
        if file.path.endswith(NATIVE) and folder not in planned and _STATE.search(file.text):
            line = _state(file)
            if line:
                found.setdefault(folder, Place(file.path, line))
    return found


def _state(file: File) -> int:
    """The line of a `backend` or `cloud` block; 0 if there is none, or the file cannot be read."""
    try:
        hcl = read(file.text)
    except Broken:
        return 0
    settings = [one for block in hcl.body.all("terraform") for kind in ("backend", "cloud") for one in block.all(kind)]
    return hcl.place(settings[0].start).line if settings else 0


def _ordered(found: list[Root]) -> Iterator[Root]:
    """Roots after what they depend on, else as they were; a circle ends where it begins."""
    by_name = {one.name: one for one in found}
    done: set[str] = set()

    def visit(one: Root) -> Iterator[Root]:
        if one.name in done:
            return
        done.add(one.name)
        for other in one.after:
            if other in by_name:
                yield from visit(by_name[other])
        yield one

    for one in found:
        yield from visit(one)
