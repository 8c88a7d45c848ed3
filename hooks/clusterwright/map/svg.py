"""The picture as SVG: crisp at any size, light or dark as its reader has it, and readable without seeing it."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from clusterwright.map.measure import clipped
from clusterwright.map.panels import LINE, LONGEST, LONGEST_TITLE, PAD, SMALL, TEXT
from clusterwright.map.scene import scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterwright.map.graphviz import Point
    from clusterwright.map.model import Status
    from clusterwright.map.panels import Panel, Tile
    from clusterwright.map.scene import Wire
    from clusterwright.map.view import Box, View

MARKS: dict[Status, str] = {"added": "+ ", "changed": "~ ", "removed": "- "}
"""What stands before a title, since nobody should need to tell colours apart."""
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0.5 7.5 4 0 7.5z"/></marker></defs>'
)


def as_svg(view: View) -> str:
    """A file of its own, with its style in it; raises UserError without Graphviz."""
    about = f"<title>{written(f'Map of {view.name}')}</title>"
    head = [about, f"<style>\n{asset('picture.css')}</style>"]
    return "\n".join(_Writer("").picture(view, 'xmlns="http://www.w3.org/2000/svg" role="img"', head))


def inline(view: View) -> str:
    """The same for inside a page that has the style: each box and each entry is a button."""
    name = written(f"Map of {view.name}")
    return "\n".join(_Writer(' tabindex="0" role="button"').picture(view, f'role="group" aria-label="{name}"', []))


class _Writer:
    """Writes a scene; `button` are the attributes of what can be chosen."""

    def __init__(self, button: str) -> None:
        self._button = button

    def picture(self, view: View, attributes: str, head: Sequence[str]) -> Iterator[str]:
        drawn = scene(view)
        width, height = (_number(one) for one in drawn.size)
        yield f'<svg {attributes} class="map" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        yield from head
        yield _TIP
        yield f'<rect class="ground" width="{width}" height="{height}" rx="12"/>'
        for wire in drawn.wires:
            yield from _wire(wire)
        for panel in drawn.panels:
            yield from self._panel(panel)
        yield "</svg>"

    def _panel(self, panel: Panel) -> Iterator[str]:
        box = panel.box
        x, y = panel.at[0] + PAD, panel.at[1] + PAD + 13
        yield self._group(
            f"box {box.kind}", box.status, ", ".join((box.title, *box.notes)), f'data-box="{written(box.key)}"'
        )
        yield f'<rect {_area(panel.at, panel.size)} rx="10"/>'
        title = MARKS.get(box.status, "") + clipped(box.title, LONGEST_TITLE)
        yield f'<text class="title" {_at((x, y))}>{written(title)}</text>'
        for number, note in enumerate(box.notes, start=1):
            yield f'<text class="note" {_at((x, y + LINE * number))}>{written(clipped(note, LONGEST_TITLE))}</text>'
        yield "</g>"
        for (tail, head), curve in zip(box.arrows, panel.curves, strict=False):
            ends = f'data-box="{written(box.key)}" data-tail="{tail}" data-head="{head}"' if self._button else ""
            yield f'<path class="arrow" {ends} d="{_path(curve)}"/>'.replace("  ", " ")
        yield from (f'<text class="words" {_at(at)}>{written(line)}</text>' for line, at in panel.words)
        for number, (left, middle) in panel.marks:
            yield f'<text class="wave" {_at((left, middle + 4))}>{number}</text>'
        for tile in panel.tiles:
            yield from self._tile(tile, box, box.entries.index(tile.entry))
        for inside in panel.panels:
            yield from self._panel(inside)

    def _tile(self, tile: Tile, box: Box, index: int) -> Iterator[str]:
        entry, (x, y), (width, height) = tile.entry, tile.at, tile.size
        place = f'data-box="{written(box.key)}" data-entry="{index}"'
        yield self._group(f"tile {box.kind}", entry.status, f"{entry.title} {entry.note}".strip(), place)
        yield f'<rect {_area(tile.at, tile.size)} rx="7"/>'
        middle, line = x + width / 2, y + height / 2 + (-2 if entry.note else TEXT / 2 - 2)
        title = MARKS.get(entry.status, "") + clipped(entry.title, LONGEST)
        yield f'<text {_at((middle, line))} text-anchor="middle">{written(title)}</text>'
        if entry.note:
            note = written(clipped(entry.note, LONGEST))
            yield f'<text class="note" {_at((middle, line + SMALL + 4))} text-anchor="middle">{note}</text>'
        yield "</g>"

    def _group(self, kind: str, status: Status, name: str, place: str) -> str:
        """The start of what belongs together, with its name for who hears or points at it."""
        state = f" {status}" if status else ""
        named = written(f"{status}: {name}" if status else name)
        if not self._button:
            return f'<g class="{kind}{state}"><title>{named}</title>'
        return f'<g class="{kind}{state}"{self._button} aria-label="{named}" {place}><title>{named}</title>'


def _wire(wire: Wire) -> Iterator[str]:
    yield f'<path class="wire" d="{_path(wire.curve)}"/>'
    if wire.label:
        yield f'<text class="wire-label" {_at(wire.label_at)} text-anchor="middle">{written(wire.label)}</text>'


def _path(points: Sequence[Point]) -> str:
    """Graphviz gives a start, then Bézier curves of three points each."""
    start, *rest = (f"{_number(x)} {_number(y)}" for x, y in points)
    return f"M{start}C{' '.join(rest)}"


def _at(point: Point) -> str:
    return f'x="{_number(point[0])}" y="{_number(point[1])}"'


def _area(at: Point, size: Point) -> str:
    return f'{_at(at)} width="{_number(size[0])}" height="{_number(size[1])}"'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def written(text: str) -> str:
    """Text as XML and HTML hold it, whatever is in it."""
    return escape("".join(one if one.isprintable() else "?" for one in text))


def asset(name: str) -> str:
    """A file that comes along."""
    return files("clusterwright.map").joinpath("assets", name).read_text("utf-8")
