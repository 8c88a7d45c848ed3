"""Brings together what is the same: a change that a hundred clusters share is one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.review.comparison import APPLICATION
from clusterwright.review.model import Area, Attention, Cell, Change, FieldChange, Row
from clusterwright.review.reach import Unit, clusters_of
from clusterwright.review.showing import field_change, shown_lines, together, unnamed
from clusterwright.review.versions import bumps, is_routine

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from clusterwright.review.comparison import Comparison
    from clusterwright.review.model import What
    from clusterwright.review.pairs import Pair
    from clusterwright.review.rule import Level, Rule

_LEVELS: tuple[Level, ...] = ("danger", "caution")


class _Group(NamedTuple):
    """Things that are the same but for the cluster: what is said of the first, and how that reads for any of them.

    Each of both is what it is, how it is called, and what is said of it.
    """

    own: tuple[str, str, Any]
    common: tuple[str, str, Any]
    units: list[Unit]
    paths: list[str]

    @property
    def shown(self) -> tuple[str, str, Any]:
        """As it is if it is about one cluster, else as it reads for any."""
        return self.own if len(clusters_of(self.units)) == 1 else self.common


def attention(comparison: Comparison, rules: Iterable[Rule]) -> tuple[Attention, ...]:
    """What the rules find, dangers first, each once for all the clusters and things that share it."""
    found = [(rule, signal) for rule in rules for signal in rule.find(comparison)]
    out = []
    for level in _LEVELS:
        groups: dict[Hashable, _Group] = {}
        for rule, signal in found:
            if rule.level == level:
                _gather(groups, comparison, signal.pair, (rule.id, signal.message))
        for alike in _alike(groups.values()):
            rule_id, message = alike[0].shown[2]
            subjects = _subjects(alike)
            clusters = clusters_of(alike[0].units)
            out.append(Attention(rule_id, level, together(subjects), subjects, message, clusters, _paths(alike)))
    return tuple(out)


def changes(comparison: Comparison) -> tuple[Change, ...]:
    """Each distinct change, what most clusters share first."""
    groups: dict[Hashable, _Group] = {}
    for pair in comparison.pairs:
        parts = tuple(field_change(pair, one) for one in pair.fields)
        flat = tuple((one.path, one.before, one.after, one.lines) for one in parts)
        own = (pair.action, is_routine(pair), flat, shown_lines(list(pair.lines)))
        _gather(groups, comparison, pair, own)
    both = [one for one in groups.values() if one.own[2][0] == "changed"]
    single = [[one] for one in groups.values() if one.own[2][0] != "changed"]
    made = [_change(one) for one in (*_alike(both), *single)]
    return tuple(sorted(made, key=lambda one: (-len(one.clusters), one.routine, one.paths)))


def rows(comparison: Comparison) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The clusters that change, equal ones in one row; and those that do not."""
    cells: dict[Unit, _Marks] = {}
    for pair in comparison.pairs:
        for unit in comparison.reach.of(pair):
            cells.setdefault(unit, _Marks(set(), set())).add(pair)
    by_cluster: dict[str, list[Cell]] = {}
    for unit in sorted(cells):
        by_cluster.setdefault(unit.cluster, []).append(cells[unit].cell(unit.component))
    equal: dict[tuple[Cell, ...], list[str]] = {}
    for cluster, found in by_cluster.items():
        equal.setdefault(tuple(found), []).append(cluster)
    made = sorted((Row(tuple(names), found) for found, names in equal.items()), key=lambda row: -len(row.clusters))
    return tuple(made), tuple(sorted(comparison.reach.clusters - by_cluster.keys()))


def areas(comparison: Comparison) -> tuple[Area, ...]:
    """The files that no cluster reads, by what they are for."""
    found: dict[str, list[str]] = {}
    for one in comparison.trees.changes:
        if not comparison.reach.of_path(one.path):
            found.setdefault(_area(one.path), []).append(one.path)
    return tuple(Area(name, tuple(paths)) for name, paths in sorted(found.items()))


class _Marks(NamedTuple):
    """What happens to one component of one cluster."""

    whats: set[str]
    details: set[str]

    def add(self, pair: Pair) -> None:
        if pair.is_a(APPLICATION) and pair.action != "changed":
            self.whats.add(pair.action)
            return
        found = bumps(pair)
        for field, bump in found:
            if bump and bump.kind == "chart" and field.path[0] == "spec":
                self.details.add(bump.arrow)
        if any(bump for _, bump in found):
            self.whats.add("version")
        if not is_routine(pair):
            self.whats.add("config")

    def cell(self, component: str) -> Cell:
        both: What = "version and config"
        if {"removed", "added"} <= self.whats:
            return Cell(component, "replaced")
        kinds: tuple[What, ...] = ("removed", "added")
        for what in kinds:
            if what in self.whats:
                return Cell(component, what)
        detail = next(iter(self.details)) if len(self.details) == 1 else ""
        if len(self.whats) > 1:
            return Cell(component, both, detail)
        return Cell(component, "version" if "version" in self.whats else "config", detail)


def _gather(groups: dict[Hashable, _Group], comparison: Comparison, pair: Pair, said: Hashable) -> None:
    """Puts what is said of a pair to what is the same for other clusters."""
    units = comparison.reach.of(pair)
    names = clusters_of(units)
    own = (*pair.named, said)
    common: Any = _without(own, names[0]) if len(names) == 1 else own
    group = groups.setdefault(common, _Group(own, common, [], []))
    group.units.extend(units)
    group.paths.append(pair.path)


def _alike(groups: Iterable[_Group]) -> Iterable[list[_Group]]:
    """Groups of which the same is said, for the same clusters, and which differ only in their names."""
    found: dict[Hashable, list[_Group]] = {}
    for one in groups:
        kind, _, said = one.shown
        found.setdefault((kind, said, clusters_of(one.units)), []).append(one)
    return found.values()


def _without(value: object, cluster: str) -> object:
    """The same value with the cluster's name taken out of every text in it."""
    if isinstance(value, str):
        return unnamed(value, cluster)
    return tuple(_without(one, cluster) for one in value) if isinstance(value, tuple) else value


def _subjects(alike: list[_Group]) -> tuple[str, ...]:
    return tuple(f"{one.shown[0]}{one.shown[1]}" for one in alike)


def _change(alike: list[_Group]) -> Change:
    action, routine, fields, lines = alike[0].shown[2]
    return Change(
        title=together(_subjects(alike)),
        subjects=_subjects(alike),
        action=action,
        routine=routine,
        fields=tuple(FieldChange(*one) for one in fields),
        lines=lines,
        clusters=clusters_of(alike[0].units),
        components=tuple(sorted({unit.component for one in alike for unit in one.units})),
        paths=_paths(alike),
    )


def _paths(alike: list[_Group]) -> tuple[str, ...]:
    return tuple(sorted({path for one in alike for path in one.paths}))


def _area(path: str) -> str:
    """The OpenTofu root, or the folder at the top, that a file is in; the file itself if it is at the top."""
    parts = path.split("/")
    return "/".join(parts[: 2 if parts[0] == "infrastructure" and len(parts) > 2 else 1])
