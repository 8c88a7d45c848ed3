"""Where everything in a picture is: each box is placed on its own, then the boxes among each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

from clusterwright.map.graphviz import Graph, place
from clusterwright.map.measure import width
from clusterwright.map.panels import PAD, SMALL, moved, panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterwright.map.graphviz import Placed, Point
    from clusterwright.map.panels import Panel
    from clusterwright.map.view import Box, BoxKind, View

WIDEST = 1200
"""How wide a picture is at most where that can be had: what a usual window shows without scrolling sideways."""
_INSIDE = WIDEST - 2 * PAD
_NARROWER = (1.0, 0.85, 0.7, 0.55, 0.4)
"""How much of that the boxes side by side may take, since arrows to those below pass between them."""
_GAPS = (20, 56)
_DETAILED = 4
"""With more workload clusters than that, each is told in words, without arrows."""
_WORKLOADS: tuple[BoxKind, ...] = ("physical", "virtual")
_FIRST: tuple[BoxKind, ...] = ("repository", "roots")
"""What is below each other at the left of a picture that goes to the right."""


@dataclass(frozen=True, slots=True)
class Wire:
    """An arrow between two panels, what it says, and the place for that."""

    curve: tuple[Point, ...]
    label: str
    label_at: Point


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture with places."""

    size: Point
    panels: tuple[Panel, ...]
    wires: tuple[Wire, ...]


def scene(view: View) -> Scene:
    """Places a picture; raises UserError without Graphviz."""
    panels, graph, placed = _arranged(view)
    corners = [_corner(middle, one.size) for one, middle in zip(panels, placed.nodes, strict=True)]
    wires = [
        Wire(tuple((x + PAD, y + PAD) for x, y in curve), link.label, _label_at(curve, link.label, down=graph.down))
        for link, curve in zip(view.links, placed.curves, strict=True)
    ]
    return Scene(
        size=(placed.width + 2 * PAD, placed.height + 2 * PAD),
        panels=tuple(moved(one, (x + PAD, y + PAD)) for one, (x, y) in zip(panels, corners, strict=True)),
        wires=tuple(wires),
    )


def _arranged(view: View) -> tuple[list[Panel], Graph, Placed]:
    """The first arrangement that is as narrow as a window, or else the narrowest; clusters are drawn, then told."""
    workloads = [one for box in view.boxes if box.kind in _WORKLOADS for one in _within(box)]
    ways: list[frozenset[str] | None] = [] if len(workloads) > _DETAILED else [None]
    if workloads:
        ways.append(_differing(workloads))
    tried = []
    for told in ways or [None]:
        panels = _panels(view.boxes, told)
        for graph in _arrangements(view, [one.size for one in panels]):
            placed = place(graph)
            if placed.width <= _INSIDE:
                return panels, graph, placed
            tried.append((panels, graph, placed))
    return min(tried, key=lambda one: one[2].width)


def _arrangements(view: View, sizes: Sequence[Point]) -> Iterator[Graph]:
    """To the right; then down, with fewer and fewer boxes side by side, and the roots beside management or above it."""
    at = {box.key: index for index, box in enumerate(view.boxes)}
    edges = [(at[one.tail], at[one.head]) for one in view.links]
    yield Graph(sizes, edges, ranks=[_of(view, *_FIRST)], down=False, gaps=_GAPS)
    upper = (
        [_of(view, "repository"), _of(view, "roots", "management")],
        [_of(view, *_FIRST), _of(view, "management")],
    )
    lower = _of(view, "environment"), _of(view, *_WORKLOADS)
    for share, begun in product(_NARROWER, upper):
        rows = [*begun, *(row for layer in lower for row in _rows(layer, sizes, share * _INSIDE))]
        below = [(above[0], under[0]) for above, under in pairwise(rows)]
        yield Graph(sizes, edges, below, rows, gaps=_GAPS)


def _of(view: View, *kinds: BoxKind) -> list[int]:
    """The boxes of these kinds, by index."""
    return [index for index, box in enumerate(view.boxes) if box.kind in kinds]


def _rows(layer: Sequence[int], sizes: Sequence[Point], limit: float) -> list[list[int]]:
    """The boxes of a layer in rows, none wider than the limit unless one box is."""
    rows: list[list[int]] = []
    for index in layer:
        if rows and sum(sizes[one][0] + _GAPS[0] for one in rows[-1]) + sizes[index][0] <= limit:
            rows[-1].append(index)
        else:
            rows.append([index])
    return rows


def _panels(boxes: Sequence[Box], told: frozenset[str] | None) -> list[Panel]:
    """Each box on its own; those of one kind are as wide as the widest of them.

    Args:
        boxes: what to place.
        told: workload clusters are told in words, these with their version; None draws them.
    """
    words = {box.key: told for box in boxes if box.kind in _WORKLOADS}
    broad: dict[str, float] = {}
    for box in boxes:
        alone = panel(box, words.get(box.key))
        broad[box.kind] = max(broad.get(box.kind, 0), alone.size[0])
    return [panel(box, words.get(box.key), broad[box.kind]) for box in boxes]


def _within(box: Box) -> Iterator[Box]:
    yield box
    for one in box.boxes:
        yield from _within(one)


def _differing(boxes: Sequence[Box]) -> frozenset[str]:
    """What has not the same version in all boxes."""
    versions: dict[str, set[str]] = {}
    for box in boxes:
        for one in box.entries:
            versions.setdefault(one.title, set()).add(one.note)
    return frozenset(title for title, found in versions.items() if len(found) > 1)


def _corner(middle: Point, size: Point) -> Point:
    return middle[0] - size[0] / 2, middle[1] - size[1] / 2


def _label_at(curve: Sequence[Point], label: str, *, down: bool) -> Point:
    """The middle of what an arrow says: above the arrow's own middle, or beside it where the arrow goes down."""
    (x, y), (end_x, end_y) = curve[0], curve[-1]
    middle = (x + end_x) / 2 + PAD, (y + end_y) / 2 + PAD
    return (middle[0] + width(label, SMALL) / 2 + 8, middle[1]) if down else (middle[0], middle[1] - 6)
