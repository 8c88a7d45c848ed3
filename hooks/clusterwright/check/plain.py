"""Reads YAML in the plain block style of nearly every manifest, line by line; what is more than that is libyaml's.

libyaml itself is fast, but PyYAML makes an object with two marks for each of its events: seven eighths of the time in
which a file is parsed. Here one expression splits lines, and a memo knows what most values mean: twice as fast.
Whatever is not surely understood (merges, tags, scalars over several lines, errors) is left to libyaml, which alone
says what is wrong. The tests prove that both give the same data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterwright.check.scalars import Scalars

LARGEST = 1024 * 1024
"""More bytes than this are libyaml's, which needs less memory for them."""
_DEEPEST = 100
_MEMO_LENGTH = 64
_MARKER, _END = "---", "..."
_ASCII = bytes(range(0x20, 0x7F)) + b"\n"
_LINE = re.compile(
    r"(?:[ ]*+(?:#[^\n]*+)?\n)*+"  # empty lines and comments before it
    r"([ ]*+)(-[ ]++)?"
    r"(?:([A-Za-z_][\w./-]{0,127}+|\"[^\"\\<\n]{0,127}+\"|'[^'<\n]{0,127}+'):(?=[ \n])[ ]*+)?"
    r"(?:([|>][-+]?)\n(([ ]++)[^\n]++\n(?:\6[^\n]*+\n|\n)*+)|([^\n]*+)\n)"
)
_WORD = r"(?:[^\s:#]|:(?=\S))(?:[^\s:]|:(?=\S))*+"
_VALUE = re.compile(
    rf"(?:((?![?:,\[\]{{}}#&*!|>'\"%@`]|-(?:[ ]|$)){_WORD}(?:[ ]++(?!\#){_WORD})*+)"
    r"|\"([^\"\\]*+)\"|'((?:[^']|'')*+)'|(\{[ ]*+\}|\[[^\[\]#]*+\]))?[ ]*+(?:(?<![^ ])#.*+)?+"
)
_ITEM = r"(?:-{0,2}[A-Za-z0-9_./][\w./=-]*+|\"[^\"\\]*+\"|'[^']*+')"
_ITEMS = re.compile(_ITEM)
_SEQUENCE = re.compile(rf"\[[ ]*+(?:{_ITEM}[ ]*+(?:,[ ]*+{_ITEM}[ ]*+)*+)?\]")
_ANCHOR = re.compile(r"([&*])(\w[\w-]*+)(?:[ ]++(.+))?")


class Unusual(Exception):
    """Something that is left to libyaml."""


class _Special:
    """What a value that is no scalar stands for: nothing, or a collection, made anew each time."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


_NOTHING = _Special(lambda: None)


class Plain:
    """Reads files whose plain scalars mean what a table says; remembers the keys and values that it has met.

    Args:
        scalars: how plain scalars are typed.
    """

    def __init__(self, scalars: Scalars) -> None:
        self._keys = _Keys(scalars)
        self._values = _Values(scalars)

    def read(self, data: bytes) -> tuple[list[Any], bool] | None:
        """The documents of a file, and whether a key is given twice somewhere; None if it is left to libyaml."""
        text = _text(data)
        if text is None:
            return None
        try:
            return self._documents(text)
        except Unusual:
            return None

    def _documents(self, text: str) -> tuple[list[Any], bool]:  # noqa: C901, PLR0912 - calls would cost what this saves
        """Goes through the lines.

        A mapping's level is twice the column of its keys. A sequence's is one more than twice that of its dashes, so
        that it is inside a mapping whose keys stand in the same column.
        """
        keys, values = self._keys, self._values
        documents: list[Any] = [None]
        node: Any = documents
        key: Any = -1
        at, pending = -1, True  # the level of the open collection, its last key, and whether that has no value
        frames: list[tuple[Any, int]] = []
        values.anchors.clear()
        begun = duplicates = False
        for indent, dash, name, header, block, margin, rest in _LINE.findall(f"{text}{_END}\n"):
            level = 2 * len(indent)
            if dash:
                level += 1
            elif not name:
                if indent or rest != _MARKER:
                    break
                if begun:
                    documents.append(None)
                node, at, key, pending, frames, begun = documents, -1, -1, True, [], True
                values.anchors.clear()
                continue
            if level < at:
                pending = False
                while level < at:
                    node, at = frames.pop()
            if level > at:
                if not pending or len(frames) > _DEEPEST:
                    raise Unusual
                frames.append((node, at))
                node[key] = [] if dash else {}
                node, at, begun = node[key], level, True
            if dash and name:
                frames.append((node, at))
                node.append({})
                node, at = node[-1], level - 1 + 2 * len(dash)
            value = _block(header, block, len(margin), at // 2) if header else values[rest]
            pending = value is _NOTHING
            if value.__class__ is _Special:
                value = value.make()
            if name:
                key = keys[name]
                if key in node:
                    duplicates = True
                node[key] = value
            elif pending:
                raise Unusual
            else:
                node.append(value)
        if indent or rest != _END:
            raise Unusual
        return (documents if begun else []), duplicates


class _Keys(dict[str, str]):
    """The text of a key by how it is written."""

    def __init__(self, scalars: Scalars) -> None:
        super().__init__()
        self._scalars = scalars

    def __missing__(self, written: str) -> str:
        text = written[1:-1] if written[0] in "\"'" else self._scalars[written]
        if not isinstance(text, str):
            raise Unusual
        self[written] = text
        return text


class _Values(dict[str, Any]):
    """What stands behind a key or a dash, by how it is written."""

    def __init__(self, scalars: Scalars) -> None:
        super().__init__({"": _NOTHING})
        self._scalars = scalars
        self.anchors: dict[str, object] = {}

    def __missing__(self, written: str) -> object:
        match = _VALUE.fullmatch(written)
        if match is None:
            return self._anchored(written)
        value = self._meant(*match.groups())
        if len(written) < _MEMO_LENGTH:
            self[written] = value
        return value

    def _anchored(self, written: str) -> object:
        """A scalar that is given a name, or named."""
        match = _ANCHOR.fullmatch(written)
        if match is None:
            raise Unusual
        sign, name, rest = match.groups()
        value = self[rest] if sign == "&" and rest else self.anchors.get(name, _NOTHING)
        if value.__class__ is _Special or (sign == "*" and rest):
            raise Unusual
        self.anchors[name] = value
        return value

    def _meant(self, plain: str | None, double: str | None, single: str | None, collection: str | None) -> object:
        if collection:
            return _Special(dict if collection[0] == "{" else self._sequence(collection))
        if plain is not None:
            return self._scalars[plain]
        if single is not None:
            return single.replace("''", "'")
        return _NOTHING if double is None else double

    def _sequence(self, written: str) -> Callable[[], object]:
        """Makes a list of scalars."""
        if not _SEQUENCE.fullmatch(written):
            raise Unusual
        items = _ITEMS.findall(written)
        return [item[1:-1] if item[0] in "\"'" else self._scalars[item] for item in items].copy


def _block(header: str, block: str, width: int, column: int) -> str:
    """The text of a literal or folded scalar of some width of margin, inside a collection at a column."""
    if width <= column:
        raise Unusual
    text = "\n".join([line[width:] for line in block.split("\n")])
    body = text.rstrip("\n")
    if header[0] == ">":
        if "\n\n" in body or "\n " in body:
            raise Unusual
        text = body.replace("\n", " ") + text[len(body) :]
        body = text.rstrip("\n")
    if header.endswith("+"):
        return text
    return body if header.endswith("-") else f"{body}\n"


def _text(data: bytes) -> str | None:
    if len(data) > LARGEST or not data.endswith(b"\n") or b"\n...\n" in data or data.startswith(b"...\n"):
        return None
    if not data.translate(None, _ASCII):
        return data.decode("ascii")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # What is not printable: controls, blanks other than the space, and line breaks that only YAML knows.
    return text if text.replace("\n", "").isprintable() else None
