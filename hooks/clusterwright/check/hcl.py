"""Reads HCL: blocks, attributes and where each of them stands.

Rules ask for the skeleton of a file and for the names in its expressions, each with its place. python-hcl2 gives both,
but takes longer to start than the whole check may take, and pygohcl gives no places; so this reads the skeleton itself
and leaves every expression as text. It judges no more of an expression than its brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.hcl_code import Broken, code
from clusterwright.check.model import Place
from clusterwright.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 1024 * 1024
"""The largest file that is read: people write no larger one, and 9 MiB of blocks take minutes."""
_DEEPEST = 200
_NAME = r"[^\W\d][\w-]*+"
_LABEL = re.compile(rf'"[^"\n]*+"|{_NAME}')
_ITEM = re.compile(
    rf"\s*+(?:(?P<name>{_NAME})[ \t]*+(?:=(?!=)|(?P<labels>(?:(?:{_LABEL.pattern})[ \t]*+)*+)(?P<open>\{{))"
    r"|(?P<close>\})|\Z)"
)
"""Every part takes all that it can and gives nothing back: a long word could else be parted into labels in any way."""
_LINE = re.compile(r"[^\n()\[\]{}]*+(?=\n|\Z)")
_OUTER = re.compile(r"[()\[\]{}\n]")
_INNER = re.compile(r"[()\[\]{}]")
_ENDS = frozenset('"])}')
_NEAR = 80
_PAIRS = {")": "(", "]": "[", "}": "{"}
_CLOSE = {opening: closing for closing, opening in _PAIRS.items()}
_STRING = re.compile(r'\s*"((?:[^"\\$%]|\\.|\$\$\{|%%\{|[$%](?!\{))*)"')
_ESCAPE = re.compile(r"\\(.)|([$%])(?=[$%]\{)")


class Attribute(NamedTuple):
    """`name = value`: where its name starts, and from where to where its value goes."""

    name: str
    start: int
    begin: int
    end: int


@dataclass(slots=True, eq=False)
class Block:
    """A block, from its type to after its `}`; labels are without their quotes."""

    type: str
    labels: tuple[str, ...]
    start: int
    end: int = 0
    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def all(self, kind: str) -> Iterator[Block]:
        """The blocks of a type that are directly in this one."""
        return (one for one in self.blocks if one.type == kind)

    def around(self, offset: int) -> Iterator[str]:
        """The types of the blocks in this one that hold an offset, and as `name =` the attribute whose value does."""
        for block in self.blocks:
            if block.start <= offset < block.end:
                yield block.type
                yield from block.around(offset)
        yield from (f"{one.name} =" for one in self.attributes.values() if one.begin <= offset < one.end)


@dataclass(frozen=True, slots=True, eq=False)
class Hcl:
    """A file's text, its code (as long as the text), and the body that is read from it.

    `repeated` are the attributes that their block has already, each after the first of that name.
    """

    text: str
    code: str
    body: Block
    repeated: list[tuple[Attribute, Attribute]] = field(default_factory=list)

    def place(self, offset: int) -> Place:
        """The line and column of an offset."""
        return place(self.text, offset)

    def literal(self, attribute: Attribute | None) -> str | None:
        """The text that an attribute is; None if it is computed, or not text."""
        match = _STRING.fullmatch(self.text, attribute.begin, attribute.end) if attribute else None
        return _ESCAPE.sub(lambda one: one[1] or "", match[1]) if match else None


def read(data: bytes) -> Hcl:
    """Reads a file; raises Broken, with an offset in the decoded text, where it is not HCL."""
    if len(data) > _LARGEST:
        raise Broken(0, f"larger than {_LARGEST // 1024**2} MiB: too large to check, split it")
    text = decoded(data)
    bare = code(text)
    reader = _Reader(text, bare)
    return Hcl(text, bare, reader.run(), reader.repeated)


def decoded(data: bytes) -> str:
    """A file's text; raises Broken where it is none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise Broken(len(before), "not text: save it as UTF-8") from error


def place(text: str, offset: int) -> Place:
    """The line and column of an offset in a text."""
    begins = _begins(text)
    line = bisect_right(begins, offset)
    return Place(line, offset - begins[line - 1] + 1)


@lru_cache(maxsize=8)
def _begins(text: str) -> list[int]:
    """Where each line begins: counted once, as a huge file may have a problem on each."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


class _Reader:
    """Reads the skeleton of a whole file; what is open is a stack."""

    def __init__(self, text: str, bare: str) -> None:
        self._text = text
        self._bare = bare
        self._open = [Block("", (), 0, len(bare))]
        self.repeated: list[tuple[Attribute, Attribute]] = []

    def run(self) -> Block:
        bare, at = self._bare, 1 if self._text.startswith("\ufeff") else 0
        while True:
            match = _ITEM.match(bare, at)
            if match is None:
                raise _unexpected(bare, at)
            at = match.end()
            if match["open"]:
                self._block(match)
            elif match["name"]:
                at = self._attribute(match)
            elif match["close"]:
                self._close(at)
            else:
                return self._end()

    def _block(self, match: re.Match[str]) -> None:
        if len(self._open) > _DEEPEST:
            raise Broken(match.start("name"), f"blocks nest more than {_DEEPEST} levels deep")
        block = Block(match["name"], tuple(_labels(self._text, self._bare, match)), match.start("name"))
        self._open[-1].blocks.append(block)
        self._open.append(block)

    def _attribute(self, match: re.Match[str]) -> int:
        attribute = _attribute(self._bare, match)
        first = self._open[-1].attributes.setdefault(attribute.name, attribute)
        if first is not attribute:
            self.repeated.append((first, attribute))
        return attribute.end

    def _close(self, at: int) -> None:
        if len(self._open) == 1:
            raise Broken(at - 1, "`}` closes nothing: remove it")
        self._open.pop().end = at

    def _end(self) -> Block:
        if len(self._open) > 1:
            raise Broken(self._open[-1].start, f"the block `{self._open[-1].type}` is never closed: add `}}`")
        return self._open[0]


def _labels(text: str, bare: str, match: re.Match[str]) -> Iterator[str]:
    for label in _LABEL.finditer(bare, match.start("labels"), match.end("labels")):
        yield text[label.start() : label.end()].strip('"')


def _attribute(bare: str, match: re.Match[str]) -> Attribute:
    """The attribute whose name and `=` are matched."""
    begin, line = match.end(), _LINE.match(bare, match.end())
    end = line.end() if line else _end(bare, begin)
    end = begin + len(bare[begin:end].rstrip())
    if end == begin:
        raise Broken(match.start("name"), f"{match['name']} has no value: write one after `=`, on the same line")
    return Attribute(match["name"], match.start("name"), begin, end)


def _end(bare: str, at: int) -> int:
    """Where an expression with brackets ends: at the end of a line, or of the block around it."""
    begin = at
    pending: list[tuple[str, int]] = []
    while match := (_INNER if pending else _OUTER).search(bare, at):
        char, at = match[0], match.end()
        if char == "{" and _is_value(bare[max(begin, match.start() - _NEAR) : match.start()].rstrip()):
            raise Broken(match.start(), "`{` after a value: a comma is missing before it, or an `=` is too much")
        if char in _CLOSE:
            pending.append((char, match.start()))
        elif not pending:
            if char in "\n}":
                return match.start()
            raise Broken(match.start(), f"`{char}` closes nothing: remove it")
        elif pending.pop()[0] != _PAIRS[char]:
            raise Broken(match.start(), f"`{char}` closes another bracket than the one that is open")
    if pending:
        char, start = pending[-1]
        raise Broken(start, f"`{char}` is never closed: add `{_CLOSE[char]}`")
    return len(bare)


def _is_value(before: str) -> bool:
    """Whether an expression could end here: after a bracket, a string or a word, but not after `for name in`."""
    last = before[-1:]
    return last in _ENDS if not (last.isalnum() or last == "_") else before[-3:].strip() != "in"


def _unexpected(bare: str, at: int) -> Broken:
    start = at + len(bare[at:]) - len(bare[at:].lstrip())
    line = bare[start:].split("\n", 1)[0].strip()
    return Broken(start, f"neither a block nor `name = value`: {line[:60]}")
