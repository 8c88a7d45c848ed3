"""The picture as text: each box with what is in it, wave by wave."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from clusterwright.check.suggest import counted, listed
from clusterwright.map.boxes import view
from clusterwright.map.svg import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.map.model import Map
    from clusterwright.map.view import Box

_BROAD = 100
_MOST = 12
"""So many projects are named; of a hundred, each has its cluster's name anyway."""


def as_text(shown: Map) -> str:
    """What there is, then each box; what is alike is said once."""
    blocks = [f"{shown.name}: {', '.join(counts(shown))}"]
    boxes = [box for box in view(shown).boxes if box.kind != "repository"]
    blocks += ["\n".join(_lines(box, "")) for box in boxes]
    if shown.projects:
        blocks.append("\n".join(("Projects", *_wrapped(_projects(shown), "  "))))
    return "\n\n".join(blocks)


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


def _projects(shown: Map) -> str:
    """Every project that a change touches, else the first ones."""
    touched = [one for one in shown.projects if one.status]
    return listed((MARKS.get(one.status, "") + one.name for one in touched or shown.projects), _MOST)


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
