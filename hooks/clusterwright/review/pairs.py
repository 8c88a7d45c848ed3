"""What is compared with what: resources, documents, blocks and texts of both trees, each with what differs in it."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from clusterwright.check.hcl_modules import JSON, NATIVE, configuration
from clusterwright.check.model import File
from clusterwright.records import dataclass, replace
from clusterwright.review.blocks import blocks
from clusterwright.review.fields import Field, fields

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from clusterwright.check.hcl_modules import Module
    from clusterwright.check.model import Document, Resource
    from clusterwright.check.repository import Repository
    from clusterwright.review.trees import FileChange

Kind = Literal["resource", "document", "block", "text"]
MODES = {"100644": "a plain file", "100755": "an executable file", "120000": "a link", "160000": "a submodule"}
"""What git's modes mean."""
_LONGEST = 3000
"""More lines than that are counted, not compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """One thing in both trees, or in one of them.

    Attributes:
        kind: what it is.
        title: how a report calls it.
        path: its file; in the later tree, if it is there.
        before: its data or text in the earlier tree; None if it is not there.
        after: the same in the later tree.
        fields: what differs, if it is in both.
        lines: what differs in a text, as a diff has it.
        old: the resource in the earlier tree, if it is one.
        new: the resource in the later tree.
        owner: the Application whose chart renders it; None if it is in a file itself.
    """

    kind: Kind
    title: str
    path: str
    before: Any
    after: Any
    fields: tuple[Field, ...] = ()
    lines: tuple[str, ...] = ()
    old: Resource | None = None
    new: Resource | None = None
    owner: Resource | None = None

    @property
    def action(self) -> Literal["added", "removed", "changed"]:
        """What happens to it."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def paths(self) -> set[str]:
        """Its files in both trees."""
        if self.owner:
            return {self.path}
        return {self.path, *(one.document.path for one in (self.old, self.new) if one)}

    @property
    def named(self) -> tuple[str, str]:
        """Its title as what it is and how it is called, so that the same change of several can be told together."""
        kind = f"{self.resource.kind} " if self.resource else ""
        return (kind, self.title[len(kind) :]) if kind and self.title.startswith(kind) else ("", self.title)

    @property
    def resource(self) -> Resource | None:
        """The resource: the later one, if it is still there."""
        return self.new or self.old

    def is_a(self, *kinds: tuple[str, str]) -> bool:
        """Whether it is a resource of one of these groups and kinds."""
        one = self.resource
        return one is not None and (one.group, one.kind) in kinds


class _Side(NamedTuple):
    """What the changed files of one tree hold, by path; `broken` are those that are only text to us."""

    resources: list[Resource]
    documents: dict[str, list[Document]]
    modules: dict[str, Module]
    broken: frozenset[str]


def pairs(before: Repository, after: Repository, changes: Iterable[FileChange]) -> Iterator[Pair]:
    """Everything in the changed files that differs in what it means."""
    changed = {one.path: one for one in changes if one.is_plain}
    old, new = _side(before, changed), _side(after, changed)
    broken = old.broken | new.broken
    yield from _documents(old, new, broken)
    yield from _blocks(old, new, {path for path in changed if path.endswith(NATIVE)} - broken)
    understood = old.documents.keys() | new.documents.keys()
    for path, change in changed.items():
        if path in broken or not (path in understood or path.endswith(NATIVE)):
            yield from _file(change)
    yield from (_mode(one) for one in changes if one.path not in changed or _other_mode(one))
    yield from _made(before, after)


def _side(repository: Repository, changed: dict[str, FileChange]) -> _Side:
    found: dict[str, list[Document]] = {}
    for one in repository.documents:
        if one.path in changed:
            found.setdefault(one.path, []).append(one)
    broken = {one.source.path for one in repository.unreadable if isinstance(one.source, File)}
    modules: dict[str, Module] = {}
    if any(path.endswith((*NATIVE, *JSON)) for path in changed):
        known = configuration(repository)
        modules = known.modules
        broken |= {one.source.path for one in known.unreadable if isinstance(one.source, File)}
        folders = {folder for folder, module in modules.items() if module.broken}
        broken |= {path for path in changed if path.endswith(NATIVE) and _folder(path) in folders}
    named = [one for path in changed for one in repository.by_path.get(path, [])]
    return _Side(named, found, modules, frozenset(broken))


def _documents(old: _Side, new: _Side, broken: frozenset[str]) -> Iterator[Pair]:
    olds, news = ([one for one in side.resources if one.document.path not in broken] for side in (old, new))
    for before, after in matched(olds, news):
        yield from of_resources(before, after)
    for path in sorted((old.documents.keys() | new.documents.keys()) - broken):
        others = [_others(side.documents.get(path, [])) for side in (old, new)]
        for index in range(max(map(len, others))):
            sides = [_data(each[index]) if index < len(each) else None for each in others]
            title = f"{path} ({index + 1})" if index else path
            yield from _of_values("document", title, path, *sides)


def _data(document: Document) -> Any:  # noqa: ANN401 - any data
    return {} if document.data is None else document.data


def _others(documents: list[Document]) -> list[Document]:
    return [one for one in documents if one.role != "manifest"]


def matched(olds: list[Resource], news: list[Resource]) -> Iterator[tuple[Resource | None, Resource | None]]:
    """Resources that are the same one: by name in the same file, else by name anywhere."""
    for with_path in (True, False):
        index: dict[Hashable, list[Resource]] = {}
        for one in olds:
            index.setdefault(_identity(one, with_path=with_path), []).append(one)
        left = []
        for one in news:
            found = index.get(_identity(one, with_path=with_path))
            if found:
                yield found.pop(0), one
            else:
                left.append(one)
        olds, news = [one for found in index.values() for one in found], left
    yield from ((one, None) for one in olds)
    yield from ((None, one) for one in news)


def _identity(resource: Resource, *, with_path: bool) -> Hashable:
    path = resource.document.path if with_path else ""
    return path, resource.group, resource.kind, resource.namespace, resource.name


def of_resources(old: Resource | None, new: Resource | None) -> Iterator[Pair]:
    """The pair of two resources; none if they mean the same."""
    shown = new or old
    before, after = old.data if old else None, new.data if new else None
    differs = tuple(fields(before, after)) if old and new else ()
    if shown and (differs or not (old and new)):
        yield Pair("resource", shown.title, shown.document.path, before, after, differs, (), old, new)


def _made(before: Repository, after: Repository) -> Iterator[Pair]:
    """The Applications that ApplicationSets make and that differ, whatever changed to make them so."""
    old, new = ({one.name: one for made in side.expansions for one in made.applications} for side in (before, after))
    for name in sorted(old.keys() | new.keys()):
        sides = [side[name].resource if name in side else None for side in (old, new)]
        for pair in of_resources(*sides):
            maker = (new.get(name) or old[name]).maker
            yield replace(pair, title=f"{pair.title}, made by ApplicationSet {maker.name if maker else ''}")


def _of_values(kind: Kind, title: str, path: str, before: Any, after: Any) -> Iterator[Pair]:  # noqa: ANN401
    differs = tuple(fields(before, after)) if before is not None and after is not None else ()
    if differs or (before is None) != (after is None):
        yield Pair(kind, title, path, before, after, differs)


def _blocks(old: _Side, new: _Side, changed: set[str]) -> Iterator[Pair]:
    for folder in sorted({_folder(path) for path in changed}):
        sides = [_by_name(side.modules.get(folder)) for side in (old, new)]
        for name in sorted(sides[0].keys() | sides[1].keys()):
            (path, data), (new_path, new_data) = (side.get(name, ("", None)) for side in sides)
            yield from _of_values("block", f"{name} in {folder}", new_path or path, data, new_data)


def _by_name(module: Module | None) -> dict[str, tuple[str, dict[str, Any]]]:
    return {name: (path, data) for name, path, data in blocks(module)} if module else {}


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "."


def _file(change: FileChange) -> Iterator[Pair]:
    """A file that is no YAML and no configuration: data if it is JSON, else text."""
    if change.path.endswith((".json", ".json5")):
        sides = [_json(each) for each in (change.before, change.after)]
        if all(ok for ok, _ in sides):
            yield from _of_values("document", change.path, change.path, sides[0][1], sides[1][1])
            return
    before, after = _text(change.before), _text(change.after)
    if before != after:
        yield Pair("text", change.path, change.path, before, after, (), _diff(before, after))


def _mode(change: FileChange) -> Pair:
    """A file that became executable, or is a link or a submodule."""
    before, after = (MODES.get(mode, mode) for mode in (change.mode_before, change.mode_after))
    texts = [_text(each) for each in (change.before, change.after)]
    if before == after:
        before, after = f"{before} {texts[0] or ''}".strip(), f"{after} {texts[1] or ''}".strip()
    lines = tuple(line for line, there in ((f"-{before}", before), (f"+{after}", after)) if there)
    return Pair("text", change.path, change.path, before or None, after or None, (), lines)


def _other_mode(change: FileChange) -> bool:
    return bool(change.mode_before and change.mode_after) and change.mode_before != change.mode_after


def _json(content: bytes | None) -> tuple[bool, Any]:
    if content is None:
        return True, None
    try:
        return True, json.loads(content)
    except (ValueError, RecursionError):
        return False, None


def _text(content: bytes | None) -> str | None:
    """A file's text; a word of what it is, where it is none."""
    if content is None:
        return None
    return content.decode("utf-8", "replace") if b"\0" not in content[:8000] else f"{len(content)} bytes of no text\n"


def _diff(before: str | None, after: str | None) -> tuple[str, ...]:
    old, new = (before or "").splitlines(), (after or "").splitlines()
    if max(len(old), len(new)) > _LONGEST or before is None or after is None:
        return ()
    lines = list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]
    return tuple(line for line in lines if not line.startswith("@@"))
