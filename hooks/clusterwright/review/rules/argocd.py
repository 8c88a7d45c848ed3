"""Rules on Argo CD: what is deleted, what is let go, and where things go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.argocd import wave
from clusterwright.check.model import mapping, sequence
from clusterwright.review.comparison import APPLICATION, APPLICATION_SET, PROJECT, applications, as_application
from clusterwright.review.reach import unit
from clusterwright.review.rule import Rule, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application
    from clusterwright.check.model import Resource
    from clusterwright.review.comparison import Comparison
    from clusterwright.review.pairs import Pair

_CASCADE = "resources-finalizer.argocd.argoproj.io"
_POLICY = ("spec", "syncPolicy", "automated")


def application_removed(comparison: Comparison) -> Iterator[Signal]:
    """Each Application or ApplicationSet that goes, unless another of the same content comes."""
    renamed = {id(old) for old, _ in _renames(comparison)}
    for pair in comparison.removed(APPLICATION, APPLICATION_SET):
        if id(pair) not in renamed:
            yield Signal(pair, f"is deleted{_what_goes(pair)}")


def application_renamed(comparison: Comparison) -> Iterator[Signal]:
    """Each Application that goes while one with the same source and destination comes."""
    for old, new in _renames(comparison):
        name = new.resource.name if new.resource else ""
        yield Signal(old, f"is renamed to {name}: Argo CD deletes the one and makes the other anew{_what_goes(old)}")


def project_removed(comparison: Comparison) -> Iterator[Signal]:
    """Each project that goes."""
    for pair in comparison.removed(PROJECT):
        yield Signal(pair, "is deleted or renamed: the Applications that name it stop syncing")


def prune_changed(comparison: Comparison) -> Iterator[Signal]:
    """Each Application whose pruning changes."""
    for pair in comparison.changed(APPLICATION):
        old, new = (_automated(side, "prune") for side in (pair.before, pair.after))
        if old != new:
            what = "what leaves the repository is deleted from now on" if new else "nothing is deleted any more"
            yield Signal(pair, f"prune {_switched(old, new)}: {what}")


def self_heal_changed(comparison: Comparison) -> Iterator[Signal]:
    """Each Application whose automated sync or self-healing changes."""
    for pair in comparison.changed(APPLICATION):
        old, new = (_is_automated(side) for side in (pair.before, pair.after))
        if old != new:
            what = "it syncs by itself from now on" if new else "it waits for a person to sync it from now on"
            yield Signal(pair, f"automated sync {_switched(old, new)}: {what}")
        old, new = (_automated(side, "selfHeal") for side in (pair.before, pair.after))
        if old != new:
            what = "changes by hand are undone from now on" if new else "changes by hand stay from now on"
            yield Signal(pair, f"selfHeal {_switched(old, new)}: {what}")


def finalizer_changed(comparison: Comparison) -> Iterator[Signal]:
    """Each Application or ApplicationSet whose finalizers change."""
    for pair in comparison.changed(APPLICATION, APPLICATION_SET):
        old, new = (_finalizers(side) for side in (pair.before, pair.after))
        for name in sorted(new - old):
            what = ": deleting it deletes all that it applied" if name.startswith(_CASCADE) else ""
            yield Signal(pair, f"gets the finalizer {name}{what}")
        for name in sorted(old - new):
            what = ": deleting it leaves all that it applied" if name.startswith(_CASCADE) else ""
            yield Signal(pair, f"loses the finalizer {name}{what}")


def destination_changed(comparison: Comparison) -> Iterator[Signal]:
    """Each Application that goes elsewhere, or under another project."""
    for pair, old, new in _applications(comparison):
        if (old.server, old.cluster) != (new.server, new.cluster):
            where = [one.cluster or one.server for one in (old, new)]
            yield Signal(
                pair, f"goes to another cluster, {where[0]} -> {where[1]}: what it applied stays or is lost there"
            )
        if old.namespace != new.namespace:
            yield Signal(pair, f"namespace {old.namespace or '(none)'} -> {new.namespace or '(none)'}: made anew there")
        if old.project != new.project:
            yield Signal(pair, f"project {old.project} -> {new.project}: other rights hold for it")


def source_changed(comparison: Comparison) -> Iterator[Signal]:
    """Each Application that reads another repository, chart or folder."""
    for pair, old, new in _applications(comparison):
        before, after = ({(one.repo, one.chart or one.path) for one in side.sources} for side in (old, new))
        for repo, part in sorted(after - before):
            yield Signal(pair, f"reads {part or 'values'} from {repo}, which it did not")


def wave_order(comparison: Comparison) -> Iterator[Signal]:
    """Each Application that changes its place among those that were made before or after it."""
    moved = [pair for pair, old, new in _applications(comparison) if wave(old.resource) != wave(new.resource)]
    if not moved:
        return
    before = {pair.new: wave(pair.old) for pair in comparison.changed(APPLICATION) if pair.old and pair.new}
    new = {pair.new for pair in comparison.added(APPLICATION)}
    beside: dict[str, list[tuple[str, int, int]]] = {}
    for one in applications(comparison.after):
        if one.resource not in new:
            place = (one.name, before.get(one.resource, one.wave), one.wave)
            beside.setdefault(unit(one).cluster, []).append(place)
    for pair in moved:
        yield from _moved(pair, beside)


def _moved(pair: Pair, beside: dict[str, list[tuple[str, int, int]]]) -> Iterator[Signal]:
    if pair.old is None or pair.new is None:
        return
    old, new = wave(pair.old), wave(pair.new)
    others = beside.get(unit(as_application(pair.new)).cluster, [])
    passed = sorted(name for name, was, now in others if _side(was, old) != _side(now, new))
    if passed:
        few = ", ".join(passed[:3]) + (f" and {len(passed) - 3} more" if len(passed) > 3 else "")
        yield Signal(pair, f"wave {old} -> {new}: it changes places with {few}")


def _side(other: int, own: int) -> int:
    return (other > own) - (other < own)


def _applications(comparison: Comparison) -> Iterator[tuple[Pair, Application, Application]]:
    for pair in comparison.changed(APPLICATION):
        if pair.old and pair.new:
            yield pair, as_application(pair.old), as_application(pair.new)


def _renames(comparison: Comparison) -> Iterator[tuple[Pair, Pair]]:
    """Applications that go, each with one of the same content that comes."""
    index: dict[object, list[Pair]] = {}
    for pair in comparison.added(APPLICATION):
        if pair.new:
            index.setdefault(_content(pair.new), []).append(pair)
    for pair in comparison.removed(APPLICATION):
        found = index.get(_content(pair.old)) if pair.old else None
        if found:
            yield pair, found.pop(0)


def _content(resource: Resource) -> object:
    one = as_application(resource)
    sources = tuple((source.repo, source.chart, source.path) for source in one.sources)
    return sources, one.server, one.cluster, one.namespace


def _what_goes(pair: Pair) -> str:
    """What follows for what an Application applied."""
    metadata = mapping(pair.before, "metadata")
    if any(str(one).startswith(_CASCADE) for one in sequence(metadata, "finalizers")):
        return ", and with it all that it applied"
    return ", and what it applied stays behind without an owner" if pair.is_a(APPLICATION) else ""


def _automated(data: object, key: str) -> bool:
    return _is_automated(data) and mapping(data, *_POLICY).get(key) is True


def _is_automated(data: object) -> bool:
    policy = mapping(data, "spec", "syncPolicy").get("automated")
    return isinstance(policy, dict) and policy.get("enabled") is not False


def _finalizers(data: object) -> set[str]:
    return {str(one) for one in sequence(data, "metadata", "finalizers")}


def _switched(old: bool, new: bool) -> str:  # noqa: FBT001 - both sides of a change
    return f"{'on' if old else 'off'} -> {'on' if new else 'off'}"


RULES = (
    Rule("application-removed", "An Application is deleted", application_removed, "danger"),
    Rule("application-renamed", "An Application gets another name", application_renamed, "danger"),
    Rule("project-removed", "A project is deleted or renamed", project_removed, "danger"),
    Rule("destination-changed", "An Application goes elsewhere", destination_changed, "danger"),
    Rule("source-changed", "An Application reads something else", source_changed),
    Rule("prune-changed", "Pruning is switched on or off", prune_changed),
    Rule("self-heal-changed", "Automated sync or self-healing is switched on or off", self_heal_changed),
    Rule("finalizer-changed", "Deleting an Application does something else", finalizer_changed),
    Rule("wave-order", "Applications change their order", wave_order),
)
