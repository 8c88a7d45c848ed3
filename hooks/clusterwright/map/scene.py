"""Where everything in a picture is: each box is placed on its own, then the boxes among each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterwright.map.graphviz import Graph, place
from clusterwright.map.panels import PAD, moved, panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterwright.map.graphviz import Point
    from clusterwright.map.panels import Panel
    from clusterwright.map.view import Box, View

_DETAILED = 4
"""With more workload clusters than that, each is told in words, without arrows."""
_WORKLOADS = frozenset(("physical", "virtual"))
_FIRST = frozenset(("repository", "roots"))
"""What is below each other at the left."""


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
    panels = _panels(view.boxes)
    at = {box.key: index for index, box in enumerate(view.boxes)}
    edges = [(at[one.tail], at[one.head]) for one in view.links]
    first = [index for index, box in enumerate(view.boxes) if box.kind in _FIRST]
    placed = place(Graph([one.size for one in panels], edges, ranks=[first], down=False, gaps=(20, 56)))
    corners = [_corner(middle, one.size) for one, middle in zip(panels, placed.nodes, strict=True)]
    wires = [
        Wire(tuple((x + PAD, y + PAD) for x, y in curve), link.label, _middle(curve))
        for link, curve in zip(view.links, placed.curves, strict=True)
    ]
    return Scene(
        size=(placed.width + 2 * PAD, placed.height + 2 * PAD),
        panels=tuple(moved(one, (x + PAD, y + PAD)) for one, (x, y) in zip(panels, corners, strict=True)),
        wires=tuple(wires),
    )


def _panels(boxes: Sequence[Box]) -> list[Panel]:
    """Each box on its own; those of one kind are as wide as the widest of them."""
    workloads = [one for box in boxes if box.kind in _WORKLOADS for one in _within(box)]
    many = len(workloads) > _DETAILED
    told = _differing(workloads) if many else None
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


def _middle(curve: Sequence[Point]) -> Point:
    """The place for what an arrow says: above its middle."""
    (x, y), (end_x, end_y) = curve[0], curve[-1]
    return (x + end_x) / 2 + PAD, (y + end_y) / 2 + PAD - 6
