"""Edits YAML as text, at the positions of its nodes: not a byte changes that an edit is not about.

A round trip through a YAML library would lay out anew what people wrote. Here an edit is the insertion, removal or
replacement of one range of characters; what it comes to is read back, and an edit that would not mean what was asked
for is refused. Removing what was added gives back the text as it was.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from clusterwright.fleet.nodes import (
    Node,
    Part,
    Path,
    Unusual,
    dash,
    end,
    find,
    first,
    line_break,
    line_end,
    line_start,
    parts,
    unusual,
)
from clusterwright.fleet.written import block, flow


def added(text: str, path: Path, value: object, after: int | None = None) -> str:
    """Adds an item to a list.

    Args:
        text: a YAML mapping.
        path: where the list is: keys, and positions in lists. A missing one is made, if it is at the top.
        value: the item.
        after: the position of the item that it follows; -1 for none, None for the last one.

    Returns:
        The text with the item.

    Raises:
        Unusual: the text is laid out in a way that cannot be edited here.
    """
    expected = _loaded(text)
    items = _at(expected, path[:-1]).setdefault(path[-1], [])
    place = len(items) if after is None else after + 1
    items.insert(place, value)
    key, node = find(text, path)
    if node is None:
        return _proven(_with_key(text, (), str(path[-1]), [value]), expected)
    if not isinstance(node, yaml.SequenceNode):
        raise unusual(node)
    return _proven(_with_item(text, key, node, place, value), expected)


def removed(text: str, path: Path) -> str:
    """Removes what is at a path, an item of a list or a key of a map; the last one leaves `[]` or `{}`.

    Raises:
        Unusual: the text is laid out in a way that cannot be edited here.
    """
    expected = _loaded(text)
    del _at(expected, path[:-1])[path[-1]]
    key, node = find(text, path[:-1])
    index = path[-1] if isinstance(path[-1], int) else [name.value for name, _ in node.value].index(path[-1])
    return _proven(_without(text, key, node, index), expected)


def replaced(text: str, path: Path, value: object) -> str:
    """Gives a key of a map another value; a key that is not there yet is added at the end.

    Raises:
        Unusual: the text is laid out in a way that cannot be edited here.
    """
    expected = _loaded(text)
    holder, key = _at(expected, path[:-1]), path[-1]
    there = key in holder
    holder[key] = value
    if not there:
        return _proven(_with_key(text, path[:-1], str(key), value), expected)
    _, node = find(text, path)
    return _proven(text[: node.start_mark.index] + flow(value) + text[end(text, node) :], expected)


def keyed(text: str, key: str, value: dict[str, str]) -> str:
    """Adds a key with a map of texts below it, a line each, at the end of a text that does not have the key.

    Raises:
        Unusual: the text is laid out in a way that cannot be edited here.
    """
    expected = {**_loaded(text), key: value}
    lines = "\n".join([f"{flow(key)}:", *(f"  {flow(name)}: {flow(one)}" for name, one in value.items())])
    _, node = find(text, ())
    if node is None:
        return _proven(_ended(text) + lines.replace("\n", line_break(text)) + line_break(text), expected)
    return _proven(_below(text, _last(text, node), lines), expected)


def _with_item(text: str, key: Node, node: Node, place: int, value: object) -> str:
    if node.flow_style:
        if not node.value and key is not None and _beside(text, key, node):
            return _opened(text, node, block(value, key.start_mark.column + 2, item=True))
        return _in_flow(text, node, parts(node), place, flow(value))
    start = dash(text, node.value[0])
    lines = block(value, start - line_start(text, start), item=True)
    if place == 0:
        at = line_start(text, start)
        return text[:at] + lines.replace("\n", line_break(text)) + line_break(text) + text[at:]
    return _below(text, end(text, node.value[place - 1]), lines)


def _with_key(text: str, path: Path, key: str, value: object) -> str:
    _, node = find(text, path)
    if node is None:
        return _ended(text) + block({key: value}, 0).replace("\n", line_break(text)) + line_break(text)
    if not isinstance(node, yaml.MappingNode):
        raise unusual(node)
    if node.flow_style:
        return _in_flow(text, node, parts(node), len(node.value), f"{flow(key)}: {flow(value)}")
    lines = block({key: value}, node.start_mark.column)
    return _below(text, _last(text, node), lines if path else f"\n{lines}")


def _in_flow(text: str, node: Node, known: list[Part], place: int, written: str) -> str:
    """Writes one more part between brackets or braces."""
    if not known:
        at = node.start_mark.index + 1
        return text[:at] + written + text[at:]
    if place == 0:
        at = known[0][0].start_mark.index
        return f"{text[:at]}{written}, {text[at:]}"
    at = end(text, known[place - 1][1])
    return f"{text[:at]}, {written}{text[at:]}"


def _without(text: str, key: Node, node: Node, index: int) -> str:
    known = parts(node)
    if node.flow_style:
        return _out_of_flow(text, known, index)
    if len(known) == 1:
        return _closed(text, key, node, known[0])
    start, after = line_start(text, first(text, node, known[index][0])), line_end(text, end(text, known[index][1]))
    if after == len(text) and not text.endswith("\n"):
        return text[: start - len(line_break(text))]
    return text[:start] + text[after:]


def _out_of_flow(text: str, known: list[Part], index: int) -> str:
    if len(known) == 1:
        rest = text[end(text, known[0][1]) :]
        comma = re.match(r"\s*,", rest)
        return text[: known[0][0].start_mark.index] + rest[comma.end() if comma else 0 :]
    if index == 0:
        return text[: known[0][0].start_mark.index] + text[known[1][0].start_mark.index :]
    return text[: end(text, known[index - 1][1])] + text[end(text, known[index][1]) :]


def _opened(text: str, node: Node, lines: str) -> str:
    """Puts lines below a key in place of the `[]` beside it; a comment there stays on the line of the key."""
    start = node.start_mark.index - 1
    return _below(text[:start] + text[node.end_mark.index :], start, lines)


def _closed(text: str, key: Node, node: Node, part: Part) -> str:
    """Takes the last lines below a key away, and puts `[]` or `{}` beside it."""
    if key is None:
        raise unusual(node)
    colon = text.index(":", key.end_mark.index) + 1
    start, after = line_start(text, first(text, node, part[0])), line_end(text, end(text, part[1]))
    between = text[colon:start]
    if after == len(text) and not text.endswith("\n"):
        between = between.removesuffix(line_break(text))
    empty = " []" if isinstance(node, yaml.SequenceNode) else " {}"
    return text[:colon] + empty + between + text[after:]


def _beside(text: str, key: Node, node: Node) -> bool:
    """Whether an empty list stands beside its key just as `_closed` writes it."""
    return text[key.end_mark.index : node.end_mark.index] == ": []"


def _below(text: str, at: int, lines: str) -> str:
    """Writes lines below the line in which a position is."""
    after, written = line_end(text, at), lines.replace("\n", line_break(text))
    if after == len(text) and not text.endswith("\n"):
        return text + line_break(text) + written
    return text[:after] + written + line_break(text) + text[after:]


def _last(text: str, node: Node) -> int:
    """Where the last key of a map, with its value, ends."""
    return max(end(text, one) for one in node.value[-1])


def _ended(text: str) -> str:
    """A text of comments alone, which ends with its line."""
    return text if not text or text.endswith("\n") else text + line_break(text)


def _at(data: Any, path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    for step in path:
        data = data[step]
    return data


def _loaded(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    return yaml.safe_load(text) or {}


def _proven(text: str, expected: object) -> str:
    try:
        if _loaded(text) == expected:
            return text
    except yaml.YAMLError:
        pass
    raise Unusual
