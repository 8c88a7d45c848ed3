"""Finds the places of keys and values, in libyaml's events."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from clusterwright.check.breaks import Lines, has_odd
from clusterwright.check.loader import Events, Parser, place_of
from clusterwright.check.positions import Positions
from clusterwright.check.rule import MOST
from clusterwright.check.scalars import key_text

if TYPE_CHECKING:
    from clusterwright.check.positions import Where
    from clusterwright.check.scalars import Scalars


PLACES = 300_000
"""How many values of a file are placed: what comes after them is said to stand where the nearest of them does."""
DUPLICATES = MOST + 1
"""How many keys of a document that are given twice are noted: one more than are named, so that it is said."""


def place(data: bytes, scalars: Scalars) -> list[Positions]:
    """What `positions` promises."""
    found: list[Positions] = []
    with suppress(yaml.YAMLError, UnicodeError):
        _walk(Parser(data), scalars, found)
    if has_odd(data):
        _as_others_count(found, Lines(data))
    return found


def _as_others_count(found: list[Positions], lines: Lines) -> None:
    for one in found:
        one.keys = {where: lines.place(place) for where, place in one.keys.items()}
        one.values = {where: lines.place(place) for where, place in one.values.items()}
        one.duplicates = [(where, lines.place(place)) for where, place in one.duplicates]


def _walk(parser: Events, scalars: Scalars, found: list[Positions]) -> None:
    frames: list[_Frame] = []
    left = PLACES
    while left and not isinstance(event := parser.get_event(), StreamEndEvent):
        left -= 1
        if isinstance(event, DocumentStartEvent):
            found.append(Positions())
            frames = [_Frame("document", ())]
        elif isinstance(event, CollectionEndEvent):
            frames.pop()
        elif isinstance(event, NodeEvent):
            where = frames[-1].take(event, scalars, found[-1])
            if isinstance(event, CollectionStartEvent):
                frames.append(_Frame("mapping" if isinstance(event, MappingStartEvent) else "sequence", where))


class _Frame:
    """An open collection: it knows its path, and what its next event is."""

    def __init__(self, kind: Literal["document", "mapping", "sequence"], where: Where) -> None:
        self._kind = kind
        self._where = where
        self._index = 0
        self._pending: Where | None = None

    def take(self, event: NodeEvent, scalars: Scalars, into: Positions) -> Where:
        """Notes a key or a value; gives its path."""
        place = place_of(event)
        if self._kind == "mapping" and self._pending is None:
            self._pending = (*self._where, _key(event, scalars))
            if self._pending in into.keys and self._pending[-1] != "<<" and len(into.duplicates) < DUPLICATES:
                into.duplicates.append((self._pending, place))
            into.keys.setdefault(self._pending, place)
            return self._pending
        where = self._next()
        into.values[where] = place
        return where

    def _next(self) -> Where:
        if self._kind == "document":
            return self._where
        where, self._pending = self._pending or (*self._where, self._index), None
        self._index += 1
        return where


def _key(event: NodeEvent, scalars: Scalars) -> str:
    if not isinstance(event, ScalarEvent):
        return "?"
    return key_text(scalars[event.value]) if event.implicit[0] else event.value
