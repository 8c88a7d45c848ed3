"""The picture as a Mermaid flowchart, which git hosts draw inside Markdown."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from clusterwright.map.svg import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.map.model import Status
    from clusterwright.map.view import Box, Entry, View

_STYLES = {
    "added": "fill:#dcf6e3,stroke:#14692f,color:#14692f",
    "changed": "fill:#fff3cf,stroke:#8a5200,color:#8a5200",
    "removed": "fill:#ffe6e6,stroke:#b3202b,color:#b3202b,stroke-dasharray:4 3",
}
_MOST = 60
"""With more entries than that, those of workload clusters are words: git hosts draw no more than 500 arrows."""


def as_mermaid(view: View) -> str:
    """Boxes with their entries wave by wave, and the arrows that the picture has."""
    return "\n".join(_Chart(view).lines())


class _Chart:
    """Numbers the nodes: names may hold what Mermaid does not take."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._number = count(1)
        self._ids: dict[str, str] = {}
        self._arrows: list[str] = []
        self._marked: dict[Status, list[str]] = {}
        self._many = sum(map(_size, view.boxes)) > _MOST

    def lines(self) -> Iterator[str]:
        yield "flowchart LR"
        for box in self._view.boxes:
            yield from self._box(box, "  ")
        yield from self._arrows
        for link in self._view.links:
            label = f"|{_escaped(link.label)}|" if link.label else ""
            yield f"  {self._ids[link.tail]} -->{label} {self._ids[link.head]}"
        for status, ids in self._marked.items():
            yield f"  classDef {status} {_STYLES[status]}"
            yield f"  class {','.join(ids)} {status}"

    def _box(self, box: Box, indent: str) -> Iterator[str]:
        here = self._ids[box.key] = f"b{next(self._number)}"
        self._mark(here, box.status)
        title = "<br>".join(map(_escaped, (MARKS.get(box.status, "") + box.title, *box.notes)))
        told = self._many and box.kind in {"physical", "virtual"}
        if not box.boxes and (told or not box.entries):
            names = ", ".join(_escaped(one.title) for one in box.entries)
            opening, closing = ('[("', '")]') if box.kind == "repository" else ('["', '"]')
            yield f"{indent}{here}{opening}{title}{'<br>' if names else ''}{names}{closing}"
            return
        yield f'{indent}subgraph {here}["{title}"]'
        if told:
            yield f'{indent}  e{next(self._number)}["{", ".join(_escaped(one.title) for one in box.entries)}"]'
        else:
            yield from self._entries(box, f"{indent}  ")
        for one in box.boxes:
            yield from self._box(one, f"{indent}  ")
        yield f"{indent}end"

    def _entries(self, box: Box, indent: str) -> Iterator[str]:
        ids = [f"e{next(self._number)}" for _ in box.entries]
        for here, one in zip(ids, box.entries, strict=True):
            self._mark(here, one.status)
            yield f'{indent}{here}["{_named(one)}"]'
        self._arrows += [f"  {ids[tail]} --> {ids[head]}" for tail, head in box.arrows]

    def _mark(self, node: str, status: Status) -> None:
        if status:
            self._marked.setdefault(status, []).append(node)


def _size(box: Box) -> int:
    return len(box.entries) + sum(map(_size, box.boxes))


def _named(entry: Entry) -> str:
    title = MARKS.get(entry.status, "") + entry.title
    return f"{_escaped(title)}<br>{_escaped(entry.note)}" if entry.note else _escaped(title)


def _escaped(text: str) -> str:
    """A text that Mermaid neither ends nor reads as HTML or Markdown."""
    return "".join(one if one.isalnum() or one in " .,:;_-+~/·…→()@*" else f"#{ord(one)};" for one in text)
