"""Rules on what resources refer to: something here makes it, where that can be told."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from clusterwright.check.made import (
    ACCOUNT,
    ANY,
    CLAIM,
    CONFIG,
    SECRET,
    is_made,
    may_be_elsewhere,
    names_made,
    namespace_of,
)
from clusterwright.check.mentions import is_mentioned
from clusterwright.check.model import mapping, text
from clusterwright.check.references import Reference, references
from clusterwright.check.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.model import Problem
    from clusterwright.check.repository import Repository

_RBAC = "rbac.authorization.k8s.io"
NEAR = 0.85
"""How alike two names are when one is taken for the other, misspelt."""


def _of_kind(kind: str) -> Callable[[Repository], Iterator[Problem]]:
    """The rule on references to one kind."""

    def find(repository: Repository) -> Iterator[Problem]:
        for one in references(repository):
            if one.kind == kind:
                yield from missing(repository, one)

    find.__doc__ = f"Each reference to a {kind} that nothing here makes."
    return find


def missing(repository: Repository, one: Reference) -> Iterator[Problem]:
    """A reference that nothing here makes, in a repository that would.

    Nothing is said where something may make it that cannot be read here: a chart or another repository that goes into
    the same namespace, an operator, a script, HCL. A name that is nearly one of those that are made is always said.
    """
    namespace = namespace_of(repository, one.resource) if one.namespace is None else one.namespace
    if is_made(repository, one.kind, one.name, namespace):
        return
    known = [own for own in names_made(repository, one.kind) if is_made(repository, one.kind, own, namespace)]
    hint = did_you_mean(one.name, known, cutoff=NEAR)
    if not hint and (not _would_tell(repository, one, namespace) or is_mentioned(repository, one.name)):
        return
    into = f" in namespace {namespace}" if namespace else ""
    yield one.problem(f"nothing here makes {one.kind} {one.name}{into}: {hint or 'add it, or correct the name'}")


def _would_tell(repository: Repository, one: Reference, namespace: str) -> bool:
    """Whether the repository would make an object of this kind: it does so in this namespace, and nobody else can."""
    if may_be_elsewhere(repository, namespace):
        return False
    if namespace == ANY:
        folder = posixpath.dirname(one.resource.document.path) or "."
        paths = repository.by_folder.get(folder, [])
        return any(other.kind == one.kind for path in paths for other in repository.by_path.get(path, []))
    return any(namespace in found for found in names_made(repository, one.kind).values())


def roles(repository: Repository) -> Iterator[Problem]:
    """Each binding to a Role that is not in the binding's namespace."""
    for resource in repository.by_kind.get((_RBAC, "RoleBinding"), []):
        role = mapping(resource.data, "roleRef")
        if role.get("kind") == "Role" and text(role, "name"):
            yield from missing(repository, Reference(resource, ("roleRef", "name"), "Role", role["name"]))


def scaled(repository: Repository) -> Iterator[Problem]:
    """Each autoscaler of a workload that is not there."""
    where = ("spec", "scaleTargetRef", "name")
    for resource in repository.by_kind.get(("autoscaling", "HorizontalPodAutoscaler"), []):
        target = mapping(resource.data, "spec", "scaleTargetRef")
        kind, name = text(target, "kind"), text(target, "name")
        if kind and name:
            yield from missing(repository, Reference(resource, where, kind, name))


service_accounts = _of_kind(ACCOUNT)
secrets = _of_kind(SECRET)
config_maps = _of_kind(CONFIG)
volume_claims = _of_kind(CLAIM)
