"""Makes a picture of a map: its boxes, and the arrows between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.suggest import counted
from clusterwright.map.folding import MOST_GROUPS, Member, contents, grouped, reduced, worst
from clusterwright.map.view import Box, Entry, Link, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterwright.map.folding import Group
    from clusterwright.map.model import Application, Map, Root

_ALIKE = 3
"""So many roots with the same neighbours are still drawn one by one."""


def view(shown: Map) -> View:
    """The picture of a map: the repository, the roots, the clusters and the environments."""
    groups = grouped(_members(shown))
    clusters = [_cluster(group, groups) for group in groups if not _is_inside(group, groups)]
    environments = [_environment(names, shown) for names in _alike(shown)]
    boxes = [Box("repository", "repository", shown.name, ("Git repository",), (), ())]
    if shown.roots:
        boxes.append(_roots(shown.roots))
    boxes += [one for one in clusters if one.kind == "management"]
    boxes += environments
    boxes += [one for one in clusters if one.kind != "management"]
    return View(shown.name, tuple(boxes), tuple(_links(shown, boxes)))


def _members(shown: Map) -> list[Member]:
    """The clusters with what the platform delivers to them; a virtual cluster is no line of its host, but a box."""
    found: dict[str, list[Application]] = {one.name: [] for one in shown.clusters}
    for one in shown.applications:
        if one.delivers and not one.environment and not one.plane:
            found[one.cluster].append(one)
    return [Member(one, tuple(found[one.name])) for one in shown.clusters]


def _is_inside(group: Group, groups: Sequence[Group]) -> bool:
    return _host(group, groups) is not None


def _host(group: Group, groups: Sequence[Group]) -> Group | None:
    """The group in which the hosts of this one's clusters are."""
    host = group[0].cluster.host
    return next((one for one in groups if any(member.cluster.name == host for member in one)), None) if host else None


def _cluster(group: Group, groups: Sequence[Group]) -> Box:
    names = tuple(member.cluster.name for member in group)
    first = group[0].cluster
    found = contents([one for member in group for one in member.applications], len(group))
    return Box(
        key=f"cluster {names[0]}",
        kind=first.kind,
        title=names[0] if len(names) == 1 else counted(len(names), f"{first.kind} cluster"),
        notes=tuple(_notes(group)),
        members=names,
        entries=found.entries,
        arrows=found.arrows,
        boxes=tuple(_cluster(one, groups) for one in groups if one is not group and _host(one, groups) is group),
        status=worst(member.cluster.status for member in group),
    )


def _notes(group: Group) -> Iterator[str]:
    names = [member.cluster.name for member in group]
    if len(names) > 1:
        yield f"{names[0]} … {names[-1]}" if len(names) > 2 else ", ".join(names)
    first = group[0].cluster
    environments = sorted({member.cluster.environment for member in group} - {""})
    rings = sorted({member.cluster.ring for member in group} - {""})
    states = sorted({member.cluster.state for member in group})
    facts = [
        "Argo CD runs here" if first.kind == "management" else "",
        "virtual" if first.kind == "virtual" and len(names) == 1 else "",
        environments[0]
        if len(environments) == 1
        else counted(len(environments), "environment")
        if environments
        else "",
        states[0] if len(states) == 1 else "",
        f"ring {rings[0]}" if len(rings) == 1 else counted(len(rings), "ring") if rings else "",
    ]
    if any(facts):
        yield " · ".join(fact for fact in facts if fact)


def _alike(shown: Map) -> list[tuple[str, ...]]:
    """The environments, those that deliver the same together where there are many."""
    if len(shown.environments) <= MOST_GROUPS:
        return [(one,) for one in shown.environments]
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in shown.environments:
        titles = tuple(sorted({one.title for one in shown.applications if one.environment == name and one.delivers}))
        groups.setdefault(titles, []).append(name)
    return [tuple(names) for names in groups.values()]


def _environment(names: tuple[str, ...], shown: Map) -> Box:
    found = [one for one in shown.applications if one.environment in names and one.delivers]
    inside = contents(found, len({one.cluster for one in found}))
    title = names[0] if len(names) == 1 else counted(len(names), "environment")
    notes = () if len(names) == 1 else (f"{names[0]} … {names[-1]}",)
    roots = [one.status for one in shown.applications if one.environment in names and not one.delivers]
    return Box(
        f"environment {names[0]}", "environment", title, notes, names, inside.entries, inside.arrows, (), worst(roots)
    )


def _roots(roots: Sequence[Root]) -> Box:
    """The roots; many with the same neighbours are one line."""
    needed = {name for one in roots for name in one.after}
    groups: dict[object, list[Root]] = {}
    for one in roots:
        alone = one.name in needed
        key = (one.name,) if alone else (one.folder.rpartition("/")[0], one.after, one.planned, one.status)
        groups.setdefault(key, []).append(one)
    folded: list[list[Root]] = []
    for group in groups.values():
        folded += [group] if len(group) > _ALIKE else [[one] for one in group]
    entries = tuple(_root(group) for group in folded)
    at = {name: index for index, one in enumerate(entries) for name in one.ids}
    before: dict[int, set[int]] = {index: set() for index in range(len(entries))}
    for one in roots:
        before[at[one.name]] |= {at[name] for name in one.after if name in at} - {at[one.name]}
    notes = ("Atlantis applies it",) if any(one.planned for one in roots) else ()
    return Box("roots", "roots", "Infrastructure", notes, (), entries, tuple(reduced(before)))


def _root(group: list[Root]) -> Entry:
    names = tuple(one.name for one in group)
    note = "" if group[0].planned else "by hand"
    noun = "cluster root" if any(one.cluster for one in group) else "root"
    title = names[0] if len(names) == 1 else counted(len(names), noun)
    return Entry(title, note, 0, names, worst(one.status for one in group))


def _links(shown: Map, boxes: Sequence[Box]) -> Iterator[Link]:
    """Who acts on whom; an arrow from each root to its cluster would only hide the others."""
    at = {name: box.key for box in boxes for name in _names(box)}
    management = next(box.key for box in boxes if box.kind == "management")
    yield Link("repository", management, "Argo CD")
    if shown.roots:
        yield Link("repository", "roots")
    delivered = {
        (f"environment {box.members[0]}", at[one.cluster])
        for box in boxes
        if box.kind == "environment"
        for one in shown.applications
        if one.environment in box.members and one.delivers
    }
    yield from (Link(management, box.key) for box in boxes if box.kind == "environment")
    reached = {head for _, head in delivered}
    yield from (Link(tail, head) for tail, head in sorted(delivered) if head != management)
    yield from (
        Link(management, box.key) for box in boxes if box.kind in {"physical", "virtual"} and box.key not in reached
    )


def _names(box: Box) -> Iterator[str]:
    """The clusters in a box, and in those inside it."""
    if box.kind != "environment":
        yield from box.members
        for one in box.boxes:
            yield from _names(one)
