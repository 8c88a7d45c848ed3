"""The rule on paths in a store of secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.external_secrets import readers, stores
from clusterwright.check.mentions import is_mentioned
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.suggest import did_you_mean
from clusterwright.check.written import is_said, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository
    from clusterwright.check.written import Written

_READ = (("data", "remoteRef"), ("dataFrom", "extract"))
_LONGEST = 1024
_OPEN = frozenset("${<")


class _Use(NamedTuple):
    """A path that an ExternalSecret reads."""

    resource: Resource
    where: Where
    path: str
    stores: set[str]


def unwritten(repository: Repository) -> Iterator[Problem]:
    """Each path that nothing here writes, where a root or a PushSecret writes others beside it, into such a store."""
    uses = list(_uses(repository))
    tops = {(one.store, one.top) for one in written(repository) if one.store and one.top} if uses else set()
    told = [one for one in uses if any((store, _top(one.path)) in tops for store in one.stores)]
    made = {one.path for one in told if _is_written(repository, one)}
    known = made | {one.path for one in written(repository) if one.is_literal}
    for one in told:
        if one.path not in made:
            hint = did_you_mean(one.path, known) or "write it there, or correct the path"
            message = f"{one.resource.title}: nothing here writes {one.path} into the store: {hint}"
            yield Problem(one.resource.document, one.resource.at(*one.where), message)


def _uses(repository: Repository) -> Iterator[_Use]:
    for resource, steps in readers(repository):
        known = stores(repository, resource, *steps)
        for key, name in _READ if known else ():
            for index, entry in enumerate(sequence(resource.data, *steps, key)):
                path = text(entry, name, "key")
                if 0 < len(path) < _LONGEST and _OPEN.isdisjoint(path) and not mapping(entry, "sourceRef"):
                    yield _Use(resource, (*steps, key, index, name, "key"), path.strip("/"), known)


def _top(path: str) -> str:
    return path.partition("/")[0]


def _is_written(repository: Repository, use: _Use) -> bool:
    found = [one for one in written(repository) if one.store in {"", *use.stores}]
    return any(_fits(repository, one, use.path) for one in found) or is_said(repository, use.path)


def _fits(repository: Repository, one: Written, path: str) -> bool:
    """Whether a path is written so, and whatever fills in its variables is said somewhere."""
    match = one.form.fullmatch(path)
    return match is not None and all(
        is_said(repository, part) or is_mentioned(repository, part) for part in match.groups()
    )
