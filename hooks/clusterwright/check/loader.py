"""YAML bytes to plain data: libyaml's events, our own constructor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from clusterwright.check.aliases import EXPANDED, Aliases
from clusterwright.check.breaks import counted
from clusterwright.check.model import Place, place_at
from clusterwright.check.scalars import key_text
from clusterwright.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterwright.check.scalars import Scalars

DEPTH = 200
"""Deeper nesting than any real file has; the schema engine stops at 255."""

Parser: Callable[[bytes], Events] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Makes the events: libyaml, or PyYAML itself on a platform without it (the same events, nine times slower)."""

_TEXT = {str}
_NUMBERS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool"))
_NULL = "tag:yaml.org,2002:null"


class Events(Protocol):
    """What gives events, one after the other."""

    def get_event(self) -> Event:
        """The next event."""


class Refused(Exception):
    """YAML that cannot become data: where and why."""

    def __init__(self, event: Event, message: str) -> None:
        super().__init__(message)
        self.place = place_of(event)


@dataclass(slots=True)
class Parsed:
    """The documents of a file, up to its first error; `duplicates`: a key was given twice somewhere."""

    documents: list[Any] = field(default_factory=list)
    duplicates: bool = False
    problem: tuple[Place, str] | None = None


def parse(data: bytes, scalars: Scalars) -> Parsed:
    """Reads every document of a file.

    Args:
        data: the file's bytes.
        scalars: how plain scalars are typed.

    Returns:
        The documents as dicts, lists and scalars, with text as keys; and what is wrong. It never raises.
    """
    parsed = Parsed()
    try:
        _Builder(parsed, scalars).run(Parser(data))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = counted(data, Place(mark.line + 1, mark.column + 1)) if mark else Place(1, 1)
        parsed.problem = place, _explained(error.problem or error.context or "not YAML", data, place)
    except yaml.reader.ReaderError as error:
        parsed.problem = place_at(data, error.position), _one_line(f"not text: {error.reason}")
    except Refused as error:
        parsed.problem = counted(data, error.place), str(error)
    except UnicodeError as error:
        parsed.problem = Place(1, 1), _one_line(f"not text: {error}")
    return parsed


class _Builder:
    """Turns events into data. An open collection is a flat list; that of a mapping alternates keys and values."""

    def __init__(self, parsed: Parsed, scalars: Scalars) -> None:
        self._parsed = parsed
        self._scalars = scalars
        self._current: list[Any] = []
        self._stack: list[tuple[list[Any], str | None]] = []
        self._anchors: dict[str, Any] = {}
        self._aliases = Aliases()
        self._take: dict[type[Event], Callable[[Any], None]] = {
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close_mapping,
            SequenceEndEvent: self._close_sequence,
            AliasEvent: self._alias,
            DocumentEndEvent: self._close_document,
        }

    def run(self, parser: Events) -> None:
        get_event, scalars, others = parser.get_event, self._scalars, self._take.get
        while True:
            event = get_event()
            if isinstance(event, ScalarEvent):
                value = scalars[event.value] if event.implicit[0] else self._marked(event)
                if event.anchor:
                    self._anchors[event.anchor] = value
                self._current.append(value)
            elif isinstance(event, StreamEndEvent):
                return
            elif take := others(type(event)):
                take(event)

    def _marked(self, event: ScalarEvent) -> object:
        """The value of a quoted or tagged scalar; tags of other tools leave the text as it is."""
        if event.tag in _NUMBERS:
            return self._scalars[event.value]
        return None if event.tag == _NULL else event.value

    def _open(self, event: CollectionStartEvent) -> None:
        self._stack.append((self._current, event.anchor))
        self._current = []
        if len(self._stack) > DEPTH:
            raise Refused(event, f"nested more than {DEPTH} levels deep")

    def _close_mapping(self, event: Event) -> None:
        keys, values = self._current[::2], self._current[1::2]
        if set(map(type, keys)) - _TEXT:
            keys = [_key(key, event) for key in keys]
        mapping = dict(zip(keys, values, strict=True))
        if len(mapping) != len(keys):
            self._parsed.duplicates = True
        self._close(_merged(mapping, event) if "<<" in mapping else mapping)

    def _close_sequence(self, _event: Event) -> None:
        self._close(self._current)

    def _close(self, value: object) -> None:
        self._current, anchor = self._stack.pop()
        if anchor:
            self._anchors[anchor] = value
        self._current.append(value)

    def _close_document(self, _event: Event) -> None:
        self._parsed.documents.extend(self._current)
        self._current = []
        self._anchors.clear()

    def _alias(self, event: AliasEvent) -> None:
        if event.anchor not in self._anchors:
            raise Refused(event, f"alias *{event.anchor} has no anchor before it, or is inside it")
        value = self._anchors[event.anchor]
        if not self._aliases.takes(value):
            raise Refused(event, f"aliases stand for more than {EXPANDED} values")
        self._current.append(value)


def _key(key: object, event: Event) -> str:
    try:
        return key_text(key)
    except TypeError as error:
        raise Refused(event, str(error)) from error


def _merged(mapping: dict[str, Any], event: Event) -> dict[str, Any]:
    """The mapping with what its `<<` brings; its own keys win, then the first source."""
    source = mapping.pop("<<")
    merged: dict[str, Any] = {}
    for part in source if isinstance(source, list) else [source]:
        if not isinstance(part, dict):
            raise Refused(event, "`<<` merges a mapping or a list of mappings")
        merged = part | merged
    return merged | mapping


def place_of(event: Event) -> Place:
    """Where an event starts."""
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _explained(problem: str, data: bytes, place: Place) -> str:
    """What libyaml says, and what is behind it where that can be told."""
    line = data.split(b"\n", place.line)[place.line - 1] if data.count(b"\n") >= place.line - 1 else b""
    if line[place.col - 1 :].startswith(b"\t"):
        return "a tab: indent with spaces"
    if b"{{" in line or b"{%" in line:
        return f"{_one_line(problem)}: quote the template's expression, or give a template another ending"
    return f"not YAML: {_one_line(problem)}"


def _one_line(text: str) -> str:
    return " ".join(str(text).split())
