"""Finds circles: Applications of which each waits for another one of them, so that none can go first."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from clusterwright.check.argocd import Application
from clusterwright.check.suggest import listed
from clusterwright.order.model import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.order.tree import Node
    from clusterwright.order.waits import Need


class Event(NamedTuple):
    """Something that happens once: a node is made, is healthy, or has all of a wave healthy."""

    what: Literal["made", "healthy", "wave"]
    node: Node
    wave: int = 0


Events = dict[Event, dict[Event, str]]
"""What each event waits for, and why; without a reason where it is the same Application."""


def deadlocks(roots: list[Node], needs: dict[Node, list[Need]], *, gated: bool) -> Iterator[tuple[Link, ...]]:
    """The circles in a bootstrap, each once.

    Args:
        roots: where the bootstrap starts.
        needs: what each node waits for.
        gated: a wave waits until the Applications of the one before it are healthy.
    """
    events = _events(roots, needs, gated=gated)
    while True:
        try:
            TopologicalSorter({event: before.keys() for event, before in events.items()}).prepare()
        except CycleError as error:
            circle: list[Event] = error.args[1][::-1]
            yield tuple(_links(circle, events))
            gone = set(circle)
            events = {one: _without(before, gone) for one, before in events.items() if one not in gone}
        else:
            return


def _without(before: dict[Event, str], gone: set[Event]) -> dict[Event, str]:
    return {event: why for event, why in before.items() if event not in gone}


def _events(roots: list[Node], needs: dict[Node, list[Need]], *, gated: bool) -> Events:
    events: Events = {}
    for node in (node for root in roots for node in root.everything):
        made, healthy = Event("made", node), Event("healthy", node)
        events.setdefault(made, {})
        events[healthy] = {made: ""} | {Event("healthy", one.node): _because(node, one) for one in needs.get(node, [])}
        for child in node.children:
            events.setdefault(Event("made", child), {})[made] = f"{child.name} is made by {node.name}"
        if gated and isinstance(node.made, Application):
            _gates(node, events)
    return events


def _gates(node: Node, events: Events) -> None:
    """Lets each wave wait for the one before, and the node's own health for its last one."""
    before: Event | None = None
    for number in node.waves:
        done = Event("wave", node, number)
        events[done] = {before: ""} if before else {}
        for child in (one for one in node.children if one.wave == number):
            events[done][Event("healthy", child)] = ""
            if before:
                events.setdefault(Event("made", child), {})[before] = ""
        before = done
    if before:
        events[Event("healthy", node)][before] = ""


def _because(node: Node, need: Need) -> str:
    kinds = [one for one in need.why if one != "needs"]
    if not kinds:
        return f"{node.name} needs {need.node.name}"
    return f"{node.name} applies {listed(kinds, 3)}, which {need.node.name} defines"


def _links(circle: list[Event], events: Events) -> Iterator[Link]:
    """A circle of events as Applications that wait for each other, starting with one that needs another."""
    here = [event for event, other in pairwise(circle) if event.what == other.what == "healthy"]
    start = min(here or [event for event in circle if event.what != "wave"], key=lambda event: event.node.name)
    at = circle.index(start)
    turned = [*circle[at:-1], *circle[:at], circle[at]]
    since = turned[0].node
    for event, other in pairwise(turned):
        if other.what == "wave" or other.node is since:
            continue
        why = _order(since, other.node, event) if event.what == "wave" else events[event][other]
        yield Link(since.name, other.node.name, why)
        since = other.node


def _order(node: Node, other: Node, event: Event) -> str:
    if event.node is node:
        return f"{node.name} makes {other.name}, and is healthy only after it"
    return f"{node.name} comes in wave {node.wave} of {event.node.name}, {other.name} in wave {other.wave}"
