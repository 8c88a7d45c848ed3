"""The OpenTofu and Terraform modules of a repository: each folder with configuration, and what it declares and uses."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.hcl import Attribute, Block, Hcl, decoded, place, read
from clusterwright.check.hcl_code import Broken
from clusterwright.check.model import File, Problem
from clusterwright.check.once import once
from clusterwright.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository

NATIVE = (".tf", ".tofu")
JSON = (".tf.json", ".tofu.json")
VALUES = ".tfvars"
_ENCRYPTED = b"\0GITCRYPT"
_REFERENCE = re.compile(r"(?<![\w.\-])([^\W\d][\w-]*+)\.([^\W\d][\w-]*+)(?:\.([^\W\d][\w-]*+))?")
_TEMPLATE = re.compile(r"\$\{[^}]*\}")
_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1}
_FOR_TESTS = frozenset(("fixtures", "test", "testdata", "tests"))
_NESTED = {"backend": 1, "cloud": 0, "required_providers": 0}
"""How many labels a block has, which in JSON are as many levels of keys; and those inside `terraform`."""


class Source(NamedTuple):
    """A file of a module."""

    file: File
    hcl: Hcl

    @property
    def is_override(self) -> bool:
        """Whether what it declares is merged into what other files declare."""
        stem = posixpath.basename(self.file.path).partition(".")[0]
        return stem == "override" or stem.endswith("_override")

    def problem(self, offset: int, message: str) -> Problem:
        """Something that is wrong at an offset of the file."""
        return Problem(self.file, self.hcl.place(offset), message)


class Declared(NamedTuple):
    """A block of a module, and the file that holds it."""

    source: Source
    block: Block


@dataclass(slots=True, eq=False)
class _Gathered:
    """What is known of a folder while its files are read."""

    sources: list[Source] = field(default_factory=list)
    broken: bool = False


@dataclass(frozen=True, eq=False)
class Module:
    """A folder with configuration; `broken` says that a file of it could not be read, so that names may be missing."""

    folder: str
    sources: tuple[Source, ...]
    broken: bool

    @cached_property
    def by_type(self) -> dict[str, list[Declared]]:
        """The blocks at the top of its files, by type."""
        index: dict[str, list[Declared]] = {}
        for source in self.sources:
            for block in source.hcl.body.blocks:
                index.setdefault(block.type, []).append(Declared(source, block))
        return index

    def blocks(self, kind: str) -> list[Declared]:
        """Its blocks of a type."""
        return self.by_type.get(kind, [])

    def settings(self, kind: str) -> Iterator[Declared]:
        """The blocks of a type inside its `terraform` blocks."""
        for source, block in self.blocks("terraform"):
            for one in block.all(kind):
                yield Declared(source, one)

    @cached_property
    def backend(self) -> Declared | None:
        """Where it keeps its state, if it says so: then somebody plans and applies this very folder."""
        return next((one for kind in ("backend", "cloud") for one in self.settings(kind)), None)

    @cached_property
    def is_piece(self) -> bool:
        """Whether tests put its files beside others, which declare what these use."""
        return not (self.blocks("variable") or self.backend or _FOR_TESTS.isdisjoint(self.folder.split("/")))

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """What its variables, locals, modules and so on are called; `data` and `resource` as `type.name`."""
        names = {kind: frozenset(".".join(one.block.labels) for one in found) for kind, found in self.by_type.items()}
        names["local"] = frozenset(name for one in self.blocks("locals") for name in one.block.attributes)
        scoped = {".".join(data.labels) for one in self.blocks("check") for data in one.block.all("data")}
        names["data"] = names.get("data", frozenset()) | scoped
        return names

    @cached_property
    def references(self) -> list[tuple[Source, re.Match[str]]]:
        """Every name with a dot in its expressions: what is before the dot, after it, and after a second one."""
        return [(source, match) for source in self.sources for match in _REFERENCE.finditer(source.hcl.code)]


@dataclass(frozen=True, eq=False)
class Configuration:
    """All modules by folder, and what could not be read."""

    modules: dict[str, Module]
    unreadable: list[Problem]

    @cached_property
    def called(self) -> frozenset[str]:
        """The folders that modules of this repository call."""
        return frozenset(
            target
            for module in self.modules.values()
            for one in module.blocks("module")
            if (target := local_source(module, one))
        )


def local_source(module: Module, call: Declared) -> str:
    """The folder that a call of a module names, relative to the repository; empty if it names something else."""
    written = call.source.hcl.literal(call.block.attributes.get("source")) or ""
    if not written.startswith(("./", "../")):
        return ""
    return posixpath.normpath(posixpath.join(module.folder, written))


@once
def configuration(repository: Repository) -> Configuration:
    """Reads every module; files of values (`.tfvars`) are read only to see whether they can be."""
    gathered: dict[str, _Gathered] = {}
    unreadable: list[Problem] = []
    for path, file in _files(repository):
        folder = gathered.setdefault(posixpath.dirname(path) or ".", _Gathered())
        try:
            hcl = _read(file) if file and not file.text.startswith(_ENCRYPTED) else None
        except Broken as broken:
            hcl = None
            unreadable += [_problem(file, broken)] if file else []
        folder.broken |= hcl is None
        if hcl and file and not path.endswith(VALUES):
            folder.sources.append(Source(file, hcl))
    modules = {
        folder: Module(folder, tuple(one.sources), one.broken) for folder, one in gathered.items() if one.sources
    }
    return Configuration(modules, unreadable)


def _files(repository: Repository) -> Iterator[tuple[str, File | None]]:
    """The files of all modules in order, with None for one that is there and cannot be read."""
    found: dict[str, File | None] = {one.source: None for one in repository.unreadable if isinstance(one.source, str)}
    found.update(dict.fromkeys(repository.sealed))
    found.update((file.path, file) for file in repository.files)
    for path in sorted(found):
        if path.endswith((*NATIVE, *JSON, VALUES)) and not _replaced(path, repository):
            yield path, found[path]


def _read(file: File) -> Hcl:
    return _json(file) if file.path.endswith(JSON) else read(file.text)


def _replaced(path: str, repository: Repository) -> bool:
    """Whether OpenTofu reads a `.tofu` file in place of this one."""
    return path.endswith((".tf", ".tf.json")) and path.replace(".tf", ".tofu") in repository.paths


def _problem(file: File, broken: Broken) -> Problem:
    text = file.text.decode("utf-8", "replace")
    return Problem(file, place(text, broken.offset), str(broken))


def _json(file: File) -> Hcl:
    """Reads JSON syntax: names without places, and the expressions in its templates."""
    import json

    text = decoded(file.text)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Broken(error.pos, f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise Broken(0, "nested too deeply to be read") from error
    body = Block("", (), 0, len(text))
    for kind, content in data.items() if isinstance(data, dict) else ():
        body.blocks += _blocks(kind, content, _LABELS.get(kind, 0), ())
    return Hcl(text, _only(text, [match.span() for match in _TEMPLATE.finditer(text)]), body)


def _blocks(kind: str, content: object, levels: int, labels: tuple[str, ...]) -> Iterator[Block]:
    for one in content if isinstance(content, list) else [content]:
        if isinstance(one, dict) and levels:
            for label, inner in one.items():
                yield from _blocks(kind, inner, levels - 1, (*labels, label))
        elif isinstance(one, dict):
            block = Block(kind, labels, 0, attributes={name: Attribute(name, 0, 0, 0) for name in one})
            for inner_kind in _NESTED if kind == "terraform" else ():
                block.blocks += _blocks(inner_kind, one.get(inner_kind), _NESTED[inner_kind], ())
            yield block


def _only(text: str, kept: list[tuple[int, int]]) -> str:
    out, at = [], 0
    for start, end in kept:
        out += [" " * (start - at), text[start:end]]
        at = end
    return "".join((*out, " " * (len(text) - at)))
