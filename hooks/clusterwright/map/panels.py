"""Where everything in one box is: its entries wave below wave, or in words, and the boxes inside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, sqrt
from typing import TYPE_CHECKING

from clusterwright.map.graphviz import Graph, place
from clusterwright.map.measure import clipped, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from clusterwright.map.graphviz import Placed, Point
    from clusterwright.map.view import Box, Entry

PAD = 16
TITLE, NOTE, TEXT, SMALL = 15, 12, 13, 11
"""The sizes of text: a box's title and notes, an entry's title and note; picture.css has the same."""
LONGEST, LONGEST_TITLE = 28, 40
"""How many characters an entry and a box show of what they are called."""
LINE, WORDS = 18, 16
"""How high a line of a box's head is, and one of its words."""
_BOLD = 1.08
"""How much wider bold text is."""
_ENTRY = 36
_GUTTER = 22
"""What is left of a box with waves for their numbers."""
_BROAD = 300
"""How wide words run."""


@dataclass(frozen=True, slots=True)
class Tile:
    """An entry at its place: the upper left corner and the size."""

    entry: Entry
    at: Point
    size: Point


@dataclass(frozen=True, slots=True)
class Panel:
    """A box at its place.

    Attributes:
        box: what it is.
        at: its upper left corner.
        size: its width and height.
        tiles: its entries.
        curves: the arrows between them.
        words: lines of text in place of tiles, with the place of each.
        marks: the numbers of waves, with the place of each.
        panels: the boxes in it.
    """

    box: Box
    at: Point
    size: Point
    tiles: tuple[Tile, ...] = ()
    curves: tuple[tuple[Point, ...], ...] = ()
    words: tuple[tuple[str, Point], ...] = ()
    marks: tuple[tuple[int, Point], ...] = ()
    panels: tuple[Panel, ...] = ()


def moved(one: Panel, by: Point) -> Panel:
    """The same panel somewhere else."""

    def shift(at: Point) -> Point:
        return at[0] + by[0], at[1] + by[1]

    return replace(
        one,
        at=shift(one.at),
        tiles=tuple(replace(tile, at=shift(tile.at)) for tile in one.tiles),
        curves=tuple(tuple(map(shift, curve)) for curve in one.curves),
        words=tuple((text, shift(at)) for text, at in one.words),
        marks=tuple((number, shift(at)) for number, at in one.marks),
        panels=tuple(moved(inside, by) for inside in one.panels),
    )


def panel(box: Box, told: Collection[str] | None = None, least: float = 0) -> Panel:
    """A box with its upper left corner at 0, 0.

    Args:
        box: what to place.
        told: its entries are told in words, these with their version; None draws them.
        least: how wide it is at least.
    """
    head = PAD + LINE * (1 + len(box.notes)) + (8 if box.entries or box.boxes else 4)
    texts = [(box.title, TITLE * _BOLD), *((note, NOTE) for note in box.notes)]
    broad = max(least - 2 * PAD, *(width(clipped(text, LONGEST_TITLE), size) for text, size in texts))
    inside = [panel(one, told) for one in box.boxes]
    body = _drawn(box, inside, broad) if told is None else _told(box, inside, told)
    size = max(broad, body.size[0]) + 2 * PAD, head + body.size[1] + (PAD if body.size[1] else 6)
    return replace(moved(body, (PAD, head)), at=(0, 0), size=size)


def _told(box: Box, inside: Sequence[Panel], told: Collection[str]) -> Panel:
    """A box whose entries are words, but for those that a change touches; the boxes inside are below each other."""
    touched = [one for one in box.entries if one.status]
    tiles = _drawn(replace(box, entries=tuple(touched), arrows=()), [], 0)
    names = (f"{one.title} {one.note}" if one.title in told else one.title for one in box.entries if not one.status)
    lines = wrapped(", ".join(names), SMALL, _BROAD)
    top = tiles.size[1] + (8.0 if touched and lines else 0.0)
    words = [(line, (0.0, top + WORDS * index + 11.0)) for index, line in enumerate(lines)]
    top += WORDS * len(lines) + (8.0 if inside and (lines or touched) else 0.0)
    panels = []
    for one in inside:
        panels.append(moved(one, (0, top)))
        top += one.size[1] + 10
    broad = max(0, tiles.size[0], *(width(line, SMALL) for line in lines), *(one.size[0] for one in inside))
    size = broad, top - (10 if inside else 0)
    return replace(tiles, box=box, size=size, words=tuple(words), panels=tuple(panels))


def _drawn(box: Box, inside: Sequence[Panel], broad: float) -> Panel:
    """A box whose entries are tiles, row below row, with the boxes inside below them."""
    rows = _rows(box)
    alone = broad if all(len(row) == 1 for row in rows) else 0
    tile = max(alone, 24 + max((_breadth(one) for one in box.entries), default=0)), _ENTRY
    sizes = [*([tile] * len(box.entries)), *(one.size for one in inside)]
    ranks = [*rows, *([range(len(box.entries), len(sizes))] if inside else [])]
    hidden = [(upper[0], lower[0]) for upper, lower in pairwise(ranks)]
    placed = place(Graph(sizes, box.arrows, hidden, ranks))
    marked = len({one.wave for one in box.entries}) > 1
    gutter = _GUTTER if marked else 0
    corners = [(x - size[0] / 2 + gutter, y - size[1] / 2) for (x, y), size in zip(placed.nodes, sizes, strict=True)]
    return Panel(
        box,
        (0, 0),
        (placed.width + gutter, placed.height),
        tuple(Tile(entry, at, tile) for entry, at in zip(box.entries, corners, strict=False)),
        tuple(tuple((x + gutter, y) for x, y in curve) for curve in placed.curves),
        marks=tuple(_marks(box, placed)) if marked else (),
        panels=tuple(moved(one, at) for one, at in zip(inside, corners[len(box.entries) :], strict=True)),
    )


def _breadth(entry: Entry) -> float:
    return max(width(clipped(entry.title, LONGEST), TEXT), width(clipped(entry.note, LONGEST), SMALL))


def _rows(box: Box) -> list[list[int]]:
    """Entries side by side: those of one wave that do not wait for each other, in rows of even length."""
    rows: list[list[int]] = []
    depths = _depths(box)
    steps: dict[tuple[int, int], list[int]] = {}
    for index, one in enumerate(box.entries):
        steps.setdefault((one.wave, depths[index]), []).append(index)
    for _, step in sorted(steps.items()):
        length = ceil(len(step) / ceil(len(step) / _columns(box)))
        rows += [step[at : at + length] for at in range(0, len(step), length)]
    return rows


def _columns(box: Box) -> int:
    count = len(box.entries)
    if box.arrows or len({one.wave for one in box.entries}) > 1:
        return max(3, min(6, ceil(sqrt(count))))
    return 1 if count <= 6 else max(2, ceil(sqrt(count / 2)))


def _depths(box: Box) -> list[int]:
    """How many entries of its wave come before each, one after the other; a circle is cut where it closes."""
    before: dict[int, list[int]] = {}
    for first, then in box.arrows:
        if box.entries[first].wave == box.entries[then].wave:
            before.setdefault(then, []).append(first)
    depths: dict[int, int] = {}

    def depth(index: int, above: frozenset[int]) -> int:
        if index in above:
            return 0
        if index not in depths:
            depths[index] = max((1 + depth(one, above | {index}) for one in before.get(index, [])), default=0)
        return depths[index]

    return [depth(index, frozenset()) for index in range(len(box.entries))]


def _marks(box: Box, placed: Placed) -> Iterator[tuple[int, Point]]:
    """Each wave's number, beside its first row."""
    tops: dict[int, float] = {}
    for entry, (_, y) in zip(box.entries, placed.nodes, strict=False):
        tops[entry.wave] = min(y, tops.get(entry.wave, y))
    return ((wave, (0, y)) for wave, y in sorted(tops.items()))
