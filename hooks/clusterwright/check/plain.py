"""Reads YAML in the plain block style of nearly every manifest, line by line; what is more than that is libyaml's.

libyaml itself is fast, but PyYAML makes an object with two marks for each of its events: seven eighths of the time in
which a file is parsed. Here a memo knows what most lines say: four times as fast. Whatever is not surely understood
(merges, tags, scalars over several lines, errors) is left to libyaml, which alone says what is wrong. The tests prove
that both give the same data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.aliases import Aliases
from clusterwright.check.plain_lines import BLANK, DOCUMENT, NOTHING, Lines, Unusual

if TYPE_CHECKING:
    from clusterwright.check.plain_lines import Rare
    from clusterwright.check.scalars import Scalars

LARGEST = 1024 * 1024
"""More bytes than this are libyaml's, which needs less memory for them."""
_DEEPEST = 100
_ASCII = bytes(range(0x20, 0x7F)) + b"\n"


class Plain:
    """Reads files whose plain scalars mean what a table says; remembers the lines that it has met.

    Args:
        scalars: how plain scalars are typed.
    """

    def __init__(self, scalars: Scalars) -> None:
        self._lines = Lines(scalars)

    def read(self, data: bytes) -> tuple[list[Any], bool] | None:
        """The documents of a file, and whether a key is given twice somewhere; None if it is left to libyaml."""
        text = _text(data)
        if text is None:
            return None
        try:
            rows, ended = _rows(text)
            return self._documents(rows, ended=ended)
        except Unusual:
            return None

    def _documents(  # noqa: C901, PLR0912 - calls would cost much
        self, rows: list[str], *, ended: bool
    ) -> tuple[list[Any], bool]:
        """Goes through the lines, of which the last one has a line break if the text is `ended`."""
        known = self._lines
        documents: list[Any] = [None]
        node: Any = documents
        key: Any = -1
        at, pending = -1, True  # the level of the open collection, its last key, and whether that has no value
        frames: list[tuple[Any, int]] = []
        begun = duplicates = False
        rest, after = _Rest(rows, ended=ended), 0  # what takes more than a look; the line after a block of text
        for number, row in enumerate(rows):
            if number < after:
                continue
            level, item, name, value, rare = known[row]
            if rare is BLANK:
                continue
            if rare is DOCUMENT:
                if begun:
                    documents.append(None)
                node, at, key, pending, frames, begun = documents, -1, -1, True, [], True
                rest.forget()
                continue
            if level < at:
                pending = False
                while level < at:
                    node, at = frames.pop()
            if level > at:
                if not pending or len(frames) > _DEEPEST:
                    raise Unusual
                frames.append((node, at))
                node[key] = [] if level & 1 else {}
                if rest.waiting:
                    rest.meets(node, key)
                node, at, begun = node[key], level, True
            if item:
                frames.append((node, at))
                node.append({})
                node, at = node[-1], item
            pending = rare is NOTHING
            if rare is not None and not pending:
                value, pending, after = rest.value(rare, value, number + 1, (node, name, at, frames))
            if name is not None:
                key = name
                if key in node:
                    duplicates = True
                node[key] = value
            elif pending:
                raise Unusual
            else:
                node.append(value)
        return (documents if begun else []), duplicates


_Here = tuple[Any, str | None, int, list[tuple[Any, int]]]
"""The collection that is open, the key in it, its level, and the collections around it."""


class _Rest:
    """The values of a file that are more than a scalar; `waiting` says that what was named last is to follow."""

    def __init__(self, rows: list[str], *, ended: bool) -> None:
        self._rows = rows
        self._ended = ended
        self._named: dict[str, Any] = {}
        self._last: tuple[str, Any, object] = "", None, None
        self._aliases = Aliases()
        self.waiting = False

    def forget(self) -> None:
        """Begins with another document."""
        self._named.clear()
        self.waiting = False

    def value(self, rare: Rare, scalar: object, row: int, here: _Here) -> tuple[object, bool, int]:
        """A value, whether it is yet to follow, and the line after it."""
        node, key, at, frames = here
        if rare.kind == "block":
            text, after = _block(self._rows, row, rare.name, at // 2)
            if after == len(self._rows) and not self._ended:
                raise Unusual
            return text, False, after
        if rare.kind == "collection":
            return rare.make(), False, row
        if rare.kind == "alias":
            return self._meant(rare.name, (node, *[one for one, _ in frames])), False, row
        self._named[rare.name] = scalar
        self._last, self.waiting = (rare.name, node, key), rare.empty
        return scalar, rare.empty, row

    def meets(self, node: Any, key: object) -> None:  # noqa: ANN401 - a collection
        """Looks whether the collection that begins at a key is the one that was named last."""
        name, *place = self._last
        self.waiting = False
        if place[0] is node and place[1] == key:
            self._named[name] = node[key]

    def _meant(self, name: str, unfinished: tuple[object, ...]) -> object:
        """What has a name; raises Unusual for what has not, is not finished, or stands for too much."""
        value = self._named.get(name, self)
        if value is self or any(value is one for one in unfinished) or not self._aliases.takes(value):
            raise Unusual
        return value


def _block(rows: list[str], start: int, header: str, column: int) -> tuple[str, int]:
    """The literal or folded scalar from a line on, inside a collection at a column; and the line after it."""
    first = rows[start] if start < len(rows) else ""
    width = len(first) - len(first.lstrip(" "))
    if width <= column or width == len(first):
        raise Unusual
    after, margin = start + 1, first[:width]
    while after < len(rows) and (not rows[after] or rows[after].startswith(margin)):
        after += 1
    text = "".join([f"{row[width:]}\n" for row in rows[start:after]])
    body = text.rstrip("\n")
    if header[0] == ">":
        if "\n\n" in body or "\n " in body:
            raise Unusual
        text = body.replace("\n", " ") + text[len(body) :]
        body = text.rstrip("\n")
    if header.endswith("+"):
        return text, after
    return (body if header.endswith("-") else f"{body}\n"), after


def _rows(text: str) -> tuple[list[str], bool]:
    """The lines of a text, and whether the last of them has a line break."""
    rows = text.split("\n")
    if rows[-1]:
        return rows, False
    rows.pop()
    return rows, True


def _text(data: bytes) -> str | None:
    if len(data) > LARGEST or b"..." in (data[:3], data[-3:]) or b"\n...\n" in data:
        return None
    if not data.translate(None, _ASCII):
        return data.decode("ascii")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # What is not printable: controls, blanks other than the space, and line breaks that only YAML knows.
    return text if text.replace("\n", "").isprintable() else None
