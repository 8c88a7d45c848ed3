"""Mends what is sure to be mended: exact changes of the text, and nothing else in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml

from clusterwright.check.breaks import Lines, has_odd
from clusterwright.check.files import YAML_ENDINGS
from clusterwright.check.loader import parse
from clusterwright.check.model import Place
from clusterwright.check.reading import scalars
from clusterwright.records import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterwright.check.model import Finding, Fix

Position = tuple[int, int]
LARGEST = 1024 * 1024
"""The largest file that is mended: a tree of all its nodes takes four hundred times its size."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Edit(NamedTuple):
    """What takes the place of a piece of text."""

    start: int
    end: int
    text: str


class Fixed(NamedTuple):
    """A file's new bytes, and the findings that are mended in it."""

    text: bytes
    findings: list[Finding]


def fixed(path: str, data: bytes, findings: Iterable[Finding]) -> Fixed:
    """Mends what can be mended in a file.

    Args:
        path: the file's path.
        data: its bytes.
        findings: those of the file; one without a fix is left alone.

    Returns:
        The bytes as they were if there is nothing to mend, if there are too many, or if YAML would be none afterwards.
    """
    if len(data) > LARGEST:
        return Fixed(data, [])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Fixed(data, [])
    places = Places(path, data)
    edits: dict[Edit, list[Finding]] = {}
    for one in findings:
        if one.fix and (edit := _edit(one, one.fix, text, places)):
            edits.setdefault(edit, []).append(one)
    chosen = list(_apart(sorted(edits)))
    for edit in reversed(chosen):
        text = f"{text[: edit.start]}{edit.text}{text[edit.end :]}"
    mended = data[: len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))] + text.encode()
    if not chosen or _broken(path, data, mended):
        return Fixed(data, [])
    return Fixed(mended, [one for edit in chosen for one in edits[edit]])


class Places:
    """The values of a YAML file by where they start, and the entries of its mappings by where their keys do."""

    def __init__(self, path: str, data: bytes) -> None:
        self.values: dict[Position, yaml.Node] = {}
        self.repeated: dict[Position, tuple[yaml.Node, yaml.Node]] = {}
        self._seen: set[int] = set()
        self._lines = Lines(data) if has_odd(data) else None
        if path.endswith(YAML_ENDINGS) and parse(data, scalars(path)).problem is None:
            for node in yaml.compose_all(data, Loader=_Loader):
                self._walk(node)

    def _walk(self, node: yaml.Node | None) -> None:
        if node is None or id(node) in self._seen:
            return
        self._seen.add(id(node))
        self.values[self._position(node)] = node
        if isinstance(node, yaml.SequenceNode):
            for child in node.value:
                self._walk(child)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._walk(key)
                self._walk(value)
            if not node.flow_style:
                self.repeated.update((self._position(entry[0]), entry) for entry in _repeated(node))

    def _position(self, node: yaml.Node) -> Position:
        """Where a finding about a node is."""
        seen = Place(node.start_mark.line + 1, node.start_mark.column + 1)
        return self._lines.place(seen) if self._lines else seen


def _repeated(mapping: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The entries that say again what an entry before them says."""
    seen: dict[tuple[str, str], list[yaml.Node]] = {}
    for key, value in mapping.value:
        if isinstance(key, yaml.ScalarNode):
            before = seen.setdefault((key.tag, key.value), [])
            if any(_same(value, other) for other in before):
                yield key, value
            before.append(value)


def _same(one: yaml.Node, other: yaml.Node) -> bool:
    """Whether two values are written alike, but for their quotes and places."""
    if type(one) is not type(other) or one.tag != other.tag:
        return False
    if isinstance(one, yaml.ScalarNode):
        return bool(one.value == other.value)
    if len(one.value) != len(other.value):
        return False
    if isinstance(one, yaml.SequenceNode):
        return all(map(_same, one.value, other.value))
    return all(_same(a, c) and _same(b, d) for (a, b), (c, d) in zip(one.value, other.value, strict=True))


def confirmed(findings: Iterable[Finding], texts: Mapping[str, bytes]) -> list[Finding]:
    """The findings; those that cannot be mended for certain, as their files are, lose their fix."""
    findings = list(findings)
    by_path: dict[str, list[Finding]] = {}
    for one in findings:
        if one.fix:
            by_path.setdefault(one.path, []).append(one)
    sure = {one for path, some in by_path.items() for one in fixed(path, texts[path], some).findings}
    return [replace(one, fix=None) if one.fix and one not in sure else one for one in findings]


def _edit(finding: Finding, fix: Fix, text: str, places: Places) -> Edit | None:
    position = finding.line, finding.col
    if fix == "remove comment":
        return _without_comment(position, text)
    if fix == "quote":
        node = places.values.get(position)
        return _quoted(node, text) if isinstance(node, yaml.ScalarNode) else None
    entry = places.repeated.get(position)
    return _without_entry(*entry, text) if entry else None


def _quoted(node: yaml.ScalarNode, text: str) -> Edit | None:
    """The plain scalar in quotes; None if it has some, or an anchor, or goes over lines."""
    start, end = node.start_mark.index, node.end_mark.index
    source = text[start:end]
    if node.style or not source or source != node.value:
        return None
    if '"' in source or "\\" in source:
        return Edit(start, end, "'" + source.replace("'", "''") + "'")
    return Edit(start, end, f'"{source}"')


def _without_entry(key: yaml.Node, value: yaml.Node, text: str) -> Edit | None:
    """The lines of an entry go; None if anything else stands on them, a comment too."""
    begin = text.rfind("\n", 0, key.start_mark.index) + 1
    last = max(_ends(value), default=0)
    if text[begin : key.start_mark.index].strip(" ") or min(_starts(value), default=0) < key.start_mark.index:
        return None
    content = len(text[: max(last, key.end_mark.index + 1)].rstrip())
    end = text.find("\n", content) + 1 or len(text)
    if text[content:end].strip() or "#" in text[begin:end]:
        return None
    return Edit(begin, end, "")


def _without_comment(position: Position, text: str) -> Edit | None:
    """A comment goes, with the blanks before it; with its line, if it stands there alone."""
    lines = text.split("\n")
    begin = sum(len(line) + 1 for line in lines[: position[0] - 1])
    line = lines[position[0] - 1]
    kept = len(line[: position[1] - 1].rstrip())
    if not kept:
        return Edit(begin, min(begin + len(line) + 1, len(text)), "")
    return Edit(begin + kept, begin + len(line.rstrip("\r")), "")


def _starts(node: yaml.Node) -> Iterator[int]:
    """Where a value and all that is in it start; what an alias stands for starts where the anchor is."""
    yield node.start_mark.index
    for child in _children(node):
        yield from _starts(child)


def _ends(node: yaml.Node) -> Iterator[int]:
    """Where the pieces of a value end; a block's own end is where the next thing starts."""
    if isinstance(node, yaml.ScalarNode) or (isinstance(node, yaml.CollectionNode) and node.flow_style):
        yield node.end_mark.index
    for child in _children(node):
        yield from _ends(child)


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """The edits that begin after those before them end; the others wait for the next time."""
    reached = 0
    for edit in edits:
        if edit.start >= reached:
            reached = edit.end
            yield edit


def _broken(path: str, before: bytes, after: bytes) -> bool:
    """Whether a YAML file has an error that it had not, or another number of documents."""
    if not path.endswith(YAML_ENDINGS):
        return False
    old, new = parse(before, scalars(path)), parse(after, scalars(path))
    return (new.problem is not None and old.problem is None) or len(old.documents) != len(new.documents)
