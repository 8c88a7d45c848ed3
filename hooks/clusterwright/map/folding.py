"""Folds what is alike: clusters that run the same, Applications of one name, roots in one place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.suggest import counted
from clusterwright.map.view import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from clusterwright.map.model import Application, Cluster, Status

MOST_GROUPS = 12
"""More boxes than that are no picture any more: clusters are then told apart by less."""
MOST_ENTRIES = 40
"""More lines in one box are folded by namespace."""


class Member(NamedTuple):
    """A cluster, and what is delivered to it."""

    cluster: Cluster
    applications: tuple[Application, ...]


Group = tuple[Member, ...]


def grouped(members: Sequence[Member]) -> list[Group]:
    """The clusters by what tells them apart: as much as still gives few groups."""
    found: list[Group] = []
    for tell in _LEVELS:
        found = _by(members, tell)
        if len(found) <= MOST_GROUPS:
            break
    return found


def _by(members: Sequence[Member], tell: Callable[[Member], Hashable]) -> list[Group]:
    """Groups in the order of their first members; a virtual cluster is told by the group of its host besides."""
    groups: dict[Hashable, list[Member]] = {}
    hosts: dict[str, Hashable] = {}
    for one in sorted(members, key=lambda one: one.cluster.kind == "virtual"):
        key = (one.cluster.kind, one.cluster.state, one.cluster.status, hosts.get(one.cluster.host), tell(one))
        hosts.setdefault(one.cluster.name, key)
        groups.setdefault(key, []).append(one)
    return [tuple(group) for group in groups.values()]


_LEVELS: tuple[Callable[[Member], Hashable], ...] = (
    lambda one: (
        one.cluster.environment,
        one.cluster.ring,
        tuple((app.title, app.wave, app.version, app.was, app.status) for app in one.applications),
    ),
    lambda one: (one.cluster.environment, one.cluster.ring, tuple(app.title for app in one.applications)),
    lambda one: (one.cluster.environment, one.cluster.ring),
    lambda one: one.cluster.environment,
    lambda one: None,  # noqa: ARG005 - nothing tells them apart any more
)


def worst(statuses: Iterable[Status]) -> Status:
    """What a change does to several things: the same to all, or else it changes them."""
    found = set(statuses)
    return found.pop() if len(found) == 1 else "changed" if found else ""


class Contents(NamedTuple):
    """The lines of a box, and by index which comes before which."""

    entries: tuple[Entry, ...]
    arrows: tuple[tuple[int, int], ...]


def contents(applications: Sequence[Application], places: int = 1) -> Contents:
    """Applications by title.

    Args:
        applications: those in a box.
        places: how many members the box has: what not all of them have is said with its number.
    """
    by_title: dict[str, list[Application]] = {}
    for one in applications:
        by_title.setdefault(one.title, []).append(one)
    entries = [_entry(title, found, places) for title, found in by_title.items()]
    entries.sort(key=lambda one: (one.wave, one.title))
    if len(entries) > MOST_ENTRIES:
        entries = _by_namespace(applications)
    return Contents(tuple(entries), tuple(_arrows(entries, {one.id: one for one in applications})))


def _entry(title: str, found: list[Application], places: int) -> Entry:
    versions = sorted({f"{one.was} → {one.version}" if one.was else one.version for one in found} - {""})
    clusters = {one.cluster for one in found}
    if len(clusters) != places:
        note = f"on {len(clusters)} of {places}" if len(clusters) < places else f"on {len(clusters)}"
    else:
        note = versions[0] if len(versions) == 1 else counted(len(versions), "version") if versions else ""
    return Entry(
        title, note, min(one.wave for one in found), tuple(one.id for one in found), worst(one.status for one in found)
    )


def _by_namespace(applications: Sequence[Application]) -> list[Entry]:
    spaces: dict[str, list[Application]] = {}
    for one in applications:
        spaces.setdefault(one.namespace or "no namespace", []).append(one)
    largest = Counter({name: len(found) for name, found in spaces.items()}).most_common()
    kept = {name for name, _ in largest[: MOST_ENTRIES if len(spaces) <= MOST_ENTRIES else MOST_ENTRIES - 1]}
    entries = [
        Entry(
            name,
            counted(len(found), "Application"),
            0,
            tuple(one.id for one in found),
            worst(one.status for one in found),
        )
        for name, found in sorted(spaces.items())
        if name in kept
    ]
    rest = [one for name, found in spaces.items() if name not in kept for one in found]
    if rest:
        note = counted(len(rest), "Application")
        entries.append(
            Entry(
                f"{len(spaces) - len(kept)} more",
                note,
                0,
                tuple(one.id for one in rest),
                worst(one.status for one in rest),
            )
        )
    return entries


def _arrows(entries: Sequence[Entry], applications: dict[str, Application]) -> list[tuple[int, int]]:
    at = {name: index for index, one in enumerate(entries) for name in one.ids}
    before = {
        index: {at[need] for name in one.ids for need in applications[name].needs if need in at} - {index}
        for index, one in enumerate(entries)
    }
    return reduced(before)


def reduced(before: dict[int, set[int]]) -> list[tuple[int, int]]:
    """What comes before what, by index, without what follows from the rest."""
    return [(first, then) for then, found in before.items() for first in sorted(_direct(found, before))]


def _direct(found: set[int], before: dict[int, set[int]]) -> set[int]:
    """Those that no other one of them needs, however far down; in a circle, all of them stay."""
    reached = {one: _all(one, before) for one in found}
    return {one for one in found if not any(one in reached[other] and other not in reached[one] for other in found)}


def _all(start: int, before: dict[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    pending = [start]
    while pending:
        for one in before[pending.pop()] - seen:
            seen.add(one)
            pending.append(one)
    return seen
