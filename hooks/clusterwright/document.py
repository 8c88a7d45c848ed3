"""Files that people write: one YAML or JSON mapping, read strictly, with the line of every value kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

DEEPEST = 50


@dataclass(frozen=True)
class Document:
    """A mapping from a file.

    Attributes:
        name: how the file is called in messages.
        data: the mapping, as Copier would read it.
        node: the same with line numbers; None for an empty file.
    """

    name: str
    data: dict[str, Any]
    node: yaml.MappingNode | None

    def at(self, key: str, hint: str = "") -> str:
        """Gives `name:line` of a key; of the value in it that the hint names, if there is one."""
        for found, value in self.node.value if self.node else ():
            if found.value == key:
                return f"{self.name}:{(_named(value, hint) or found).start_mark.line + 1}"
        return self.name


def read(path: Path, name: str) -> Document:
    """Reads one mapping.

    Args:
        path: the file.
        name: how to call it in messages.

    Returns:
        The mapping and its lines; an empty file is an empty mapping.

    Raises:
        UserError: with file and line, when it is not one strict mapping of names to values.
    """
    try:
        return parsed(path.read_bytes().decode("utf-8-sig"), name)
    except OSError as error:
        raise UserError(f"{name}: {error.strerror}; give a file that can be read") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{name}: not text in UTF-8; save it as UTF-8") from error


def parsed(text: str, name: str) -> Document:
    """Reads one mapping from text, as `read` does from a file."""
    try:
        _flat(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            return Document(name, {}, None)
        _unique(node, name)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        raise UserError(f"{where}: not YAML: {error.problem or error.context}; mend or quote the value") from error
    except (yaml.YAMLError, ValueError) as error:
        reason = getattr(error, "reason", None) or str(error)
        raise UserError(f"{name}: not YAML: {reason}; mend or quote the value") from error
    if not isinstance(node, yaml.MappingNode):
        raise UserError(f"{name}:{node.start_mark.line + 1}: not a mapping; write lines such as `name: value`")
    return Document(name, data, node)


def nearest(key: str, known: Collection[str]) -> str:
    """Gives what to do about an unknown name: the nearest known one, or none."""
    near = get_close_matches(key, known, 1, 0.75)
    return f"did you mean {near[0]}?" if near else "remove it"


def _flat(text: str, name: str) -> None:
    """Refuses what makes a small file a huge or endless value."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        where = f"{name}:{event.start_mark.line + 1}" if event.start_mark else name
        if depth > DEEPEST:
            raise UserError(f"{where}: nested more than {DEEPEST} levels deep; flatten the value")
        if isinstance(event, yaml.AliasEvent):
            raise UserError(f"{where}: aliases such as *{event.anchor} are not read here; write the value out")


def _unique(node: yaml.Node, name: str) -> None:
    """Refuses what YAML takes and people do not mean: the same name twice, and names that are not text."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _unique(child, name)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        where = f"{name}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
            raise UserError(f"{where}: not a plain name before the colon; quote the value if it holds braces")
        if key.value in seen:
            raise UserError(f"{where}: {key.value} is there twice; remove one")
        if key.tag != "tag:yaml.org,2002:str":
            raise UserError(f"{where}: YAML reads the name {key.value} as another type; quote it")
        seen.add(key.value)
        _unique(value, name)


def _named(node: yaml.Node, hint: str) -> yaml.Node | None:
    """Finds the value that a message is about: `entry 2`, or the last scalar that it names."""
    entry = re.search(r"\bentry (\d+)\b", hint)
    if entry and isinstance(node, yaml.SequenceNode) and 0 < int(entry[1]) <= len(node.value):
        wanted: yaml.Node = node.value[int(entry[1]) - 1]
        return wanted
    named = [scalar for scalar in _scalars(node) if scalar.value and _mentions(hint, scalar.value)]
    return max(named, key=lambda scalar: (len(scalar.value), scalar.start_mark.line), default=None)


def _mentions(hint: str, value: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(value)}(?![\w-])", hint) is not None


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
