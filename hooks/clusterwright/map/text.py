"""The picture as text: each box with what is in it, wave by wave."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING

from clusterwright.check.suggest import counted, listed
from clusterwright.map.boxes import view
from clusterwright.map.svg import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.map.model import Map, Status
    from clusterwright.map.view import Box

_BROAD = 100
_MOST = 12
"""So many projects are named; of a hundred, each has its cluster's name anyway."""


def as_text(shown: Map) -> str:
    """What there is, then each box, with what is alike said once; of a change, only what it touches."""
    change = touched(shown)
    blocks = [f"{shown.name}: {', '.join(counts(shown))}"]
    if any(change.values()):
        blocks[0] += "".join(f"\n{MARKS[status]}{number} {status}" for status, number in change.items() if number)
    boxes = [box for box in view(shown).boxes if box.kind != "repository"]
    if any(change.values()):
        boxes = [found for box in boxes if (found := _changing(box))]
    blocks += ["\n".join(_lines(box, "")) for box in boxes]
    projects = [one for one in shown.projects if one.status or not any(change.values())]
    if projects:
        names = listed((MARKS.get(one.status, "") + one.name for one in projects), _MOST)
        blocks.append("\n".join(("Projects", *_wrapped(names, "  "))))
    return "\n\n".join(blocks)


def _changing(box: Box) -> Box | None:
    """The part of a box that a change touches."""
    entries = tuple(one for one in box.entries if one.status)
    boxes = tuple(found for one in box.boxes if (found := _changing(one)))
    return replace(box, entries=entries, arrows=(), boxes=boxes) if entries or boxes or box.status else None


def touched(shown: Map) -> dict[Status, int]:
    """How many things a change adds, changes and removes."""
    parts = (shown.clusters, shown.applications, shown.projects, shown.roots)
    statuses = [one.status for part in parts for one in part]
    return {status: statuses.count(status) for status in MARKS}


def counts(shown: Map) -> Iterator[str]:
    """How much there is of each, as far as there is any."""
    numbers = {
        "cluster": len(shown.clusters),
        "environment": len(shown.environments),
        "Application": len(shown.applications),
        "project": len(shown.projects),
        "root": len(shown.roots),
    }
    return (counted(number, noun) for noun, number in numbers.items() if number)


def _lines(box: Box, indent: str) -> Iterator[str]:
    about = " · ".join(box.notes)
    yield f"{indent}{MARKS.get(box.status, '')}{box.title}{f'  ({about})' if about else ''}"
    waves: dict[int, list[int]] = {}
    for index, one in enumerate(box.entries):
        waves.setdefault(one.wave, []).append(index)
    for wave, found in waves.items():
        head = f"{indent}  wave {wave:<3}" if len(waves) > 1 else f"{indent}  "
        yield from _wrapped(", ".join(_named(box, index) for index in found), head)
    for inside in box.boxes:
        yield from _lines(inside, f"{indent}  ")


def _wrapped(text: str, head: str) -> list[str]:
    return wrap(text, _BROAD, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)


def _named(box: Box, index: int) -> str:
    """An entry with its note; a root with those that it comes after, since no wave tells."""
    one = box.entries[index]
    after = [box.entries[tail].title for tail, head in box.arrows if head == index] if box.kind == "roots" else []
    words = (one.title, one.note, f"(after {listed(after)})" if after else "")
    return MARKS.get(one.status, "") + " ".join(word for word in words if word)
