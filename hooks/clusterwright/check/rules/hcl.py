"""Rules on OpenTofu and Terraform as a language: it can be read, and its names are there once and used."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.hcl_modules import configuration
from clusterwright.check.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.hcl_modules import Module, Source
    from clusterwright.check.model import Problem
    from clusterwright.check.repository import Repository

_TERRAGRUNT = "terragrunt.hcl"
_BOUND = re.compile(r"\bfor\s+([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\b|\biterator\s*=\s*([\w-]+)")
_DYNAMIC = re.compile(r'\bdynamic\s+"([\w-]+)"')
_KINDS = {"var": "variable", "local": "local", "module": "module", "data": "data", "ephemeral": "ephemeral"}
_TITLES = {"var": "variable", "local": "local value", "module": "module", "data": "data source"}
_ELSEWHERE = frozenset(
    (
        "moved",
        "removed",
        "import",
        "encryption",
        "ignore_changes =",
        "provider =",
        "providers =",
        "configuration_aliases =",
    )
)
"""Where a name may stand that the module does not declare, or no longer."""
_ONCE = ("resource", "data", "ephemeral", "variable", "output", "module")


class _Name(NamedTuple):
    """A name in an expression: `var` or another root, and what follows it."""

    root: str
    name: str
    offset: int


def parse(repository: Repository) -> Iterator[Problem]:
    """Each file that is not HCL, or not JSON; and each argument that a block has already."""
    found = configuration(repository)
    yield from found.unreadable
    for module in found.modules.values():
        for source in module.sources:
            for first, again in source.hcl.repeated:
                line = source.hcl.place(first.start).line
                yield source.problem(again.start, f"{again.name} is given twice, first on line {line}: remove one")


def duplicates(repository: Repository) -> Iterator[Problem]:
    """Each name that a module declares a second time."""
    for module in configuration(repository).modules.values():
        if module.is_piece:
            continue
        first: dict[str, str] = {}
        for title, source, offset in _declared(module):
            here = f"{source.file.path}:{source.hcl.place(offset).line}"
            if first.setdefault(title, here) != here:
                yield source.problem(offset, f"{title} is declared twice, first in {first[title]}: remove one")


def undeclared(repository: Repository) -> Iterator[Problem]:
    """Each name in an expression that its module does not declare."""
    called = configuration(repository).called
    for module in _whole(repository):
        if module.is_piece and module.folder not in called:
            continue
        types = {one.block.labels[0] for one in module.blocks("resource") if one.block.labels}
        for source, match in module.references:
            one = _name(match, types)
            known = module.names.get(_KINDS.get(one.root, "resource"), frozenset()) if one else frozenset()
            if one and one.name not in known and not _excused(source, one):
                yield source.problem(one.offset, _undeclared(one, known))


def unused(repository: Repository) -> Iterator[Problem]:
    """Each variable and local value that its module does not use.

    Terragrunt may write files that do; and a link shares a file with modules that may.
    """
    if any(path.endswith(_TERRAGRUNT) for path in repository.paths):
        return
    for module in _whole(repository):
        if module.by_type.keys() <= {"variable"}:
            continue  # others are put beside it
        used = {match.group(1, 2) for _, match in module.references}
        for title, source, offset in _declared(module):
            kind, _, name = title.partition(" ")
            root = {"variable": "var", "local": "local"}.get(kind)
            if root and (root, name) not in used and not (_is_link(repository, source) or _is_known(source, offset)):
                yield source.problem(offset, f"{title} is not used in this module: remove it, or use it")


def _is_link(repository: Repository, source: Source) -> bool:
    return os.path.islink(os.path.join(repository.root, source.file.path))  # noqa: PTH114, PTH118 - any bytes


def _is_known(source: Source, offset: int) -> bool:
    """Whether a comment for tflint, on the line before, says that it is meant so."""
    before = source.hcl.text[:offset].rstrip(" \t").removesuffix("\n").rpartition("\n")[2]
    return "tflint-ignore:" in before and ("terraform_unused_declarations" in before or "all" in before)


def _whole(repository: Repository) -> Iterator[Module]:
    """The modules whose every name is known."""
    for module in configuration(repository).modules.values():
        if not module.broken and f"{module.folder}/{_TERRAGRUNT}" not in repository.paths:
            yield module


def _declared(module: Module) -> Iterator[tuple[str, Source, int]]:
    """What a module declares: its title, and where; what override files say again is merged, so not among it."""
    for kind in _ONCE:
        for source, block in module.blocks(kind):
            if not source.is_override:
                yield f"{kind} {'.'.join(block.labels)}", source, block.start
    for source, block in module.blocks("locals"):
        for attribute in () if source.is_override else block.attributes.values():
            yield f"local {attribute.name}", source, attribute.start


def _name(match: re.Match[str], types: set[str]) -> _Name | None:
    """What a module has to declare for a name; after a type of its own resources, that can only be a resource."""
    root, name, more = match.groups()
    if root in {"var", "local", "module"}:
        return _Name(root, name, match.start())
    if root in {"data", "ephemeral"} and more:
        return _Name(root, f"{name}.{more}", match.start())
    return _Name(root, f"{root}.{name}", match.start()) if root in types else None


def _excused(source: Source, one: _Name) -> bool:
    """Whether the name is bound by an expression around it, or stands where undeclared names may stand."""
    bound = {name for match in _BOUND.finditer(source.hcl.code) for name in match.groups()}
    bound.update(_DYNAMIC.findall(source.hcl.text))
    return one.root in bound or not _ELSEWHERE.isdisjoint(source.hcl.body.around(one.offset))


def _undeclared(one: _Name, known: frozenset[str]) -> str:
    hint = did_you_mean(one.name, sorted(known)) or "declare it, or correct the name"
    return f"{_TITLES.get(one.root, 'resource')} {one.name} is not declared in this module: {hint}"
