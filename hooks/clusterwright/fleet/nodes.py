"""Where the nodes of a YAML text are: PyYAML's marks, and what they leave out."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

Node: TypeAlias = Any
"""A node of PyYAML, whose `value` is of its own kind; None where there is none."""
Part = tuple[Node, Node]
"""The first and the last node of an item, or of a key with its value."""
Path = tuple[str | int, ...]


class Unusual(Exception):
    """The text is laid out in a way that cannot be edited here.

    Attributes:
        line: where, from 1; None where only the whole tells.
    """

    def __init__(self, line: int | None = None) -> None:
        """Says where."""
        self.line = line
        super().__init__(line)


def find(text: str, path: Path) -> tuple[Node, Node]:
    """The node at a path, after the key that it is the value of; None where there is none."""
    key, node = None, yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path:
        if node is None:
            break
        if isinstance(step, int):
            key, node = None, node.value[step]
        else:
            key, node = next(((one, value) for one, value in node.value if one.value == step), (None, None))
    return key, node


def parts(node: Node) -> list[Part]:
    """The parts of a list or map."""
    return [part if isinstance(part, tuple) else (part, part) for part in node.value]


def first(text: str, node: Node, part: Node) -> int:
    """Where a part of a block begins: at the dash of an item, at the key in a map."""
    return dash(text, part) if isinstance(node, yaml.SequenceNode) else int(part.start_mark.index)


def dash(text: str, item: Node) -> int:
    """Where the dash of an item is.

    Raises:
        Unusual: something else than white space is between the two.
    """
    before = text[: item.start_mark.index].rstrip(" \t\r\n")
    if not before.endswith("-") or before[line_start(before, len(before)) :].strip(" ") != "-":
        raise unusual(item)
    return len(before) - 1


def end(text: str, node: Node) -> int:
    """Where a node really ends: a block's own mark is at the next token, after comments."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return max(end(text, one) for one in (last if isinstance(last, tuple) else (last,)))
    start, after = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:after].rstrip()) if after > start else after


def line_start(text: str, at: int) -> int:
    """The start of the line in which a position is."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """The start of the next line, or the end of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def line_break(text: str) -> str:
    """How lines of a text end."""
    return "\r\n" if re.match(r"[^\n]*\r\n", text) else "\n"


def unusual(node: Node) -> Unusual:
    """Says that a node is laid out in a way that cannot be edited here."""
    return Unusual(node.start_mark.line + 1)
