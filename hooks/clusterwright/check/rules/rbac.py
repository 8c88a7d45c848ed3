"""Rules on rights: who gets everything, and who gets anything without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.model import Problem, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

_GROUP = "rbac.authorization.k8s.io"
_BINDINGS = ("ClusterRoleBinding", "RoleBinding")
_ROLES = ("ClusterRole", "Role")
_ANYBODY = frozenset(("system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"))
_DISCOVERY = frozenset(("system:discovery", "system:basic-user", "system:public-info-viewer"))
"""Kubernetes binds these to everybody itself."""
_OPEN = ("system:service-account-issuer-discovery", *_DISCOVERY)


def cluster_admin(repository: Repository) -> Iterator[Problem]:
    """Each binding of cluster-admin."""
    for resource in _of(repository, _BINDINGS):
        if mapping(resource.data, "roleRef").get("name") == "cluster-admin" and sequence(resource.data, "subjects"):
            message = f"{resource.title}: gives every right: bind a role that lists what is needed"
            yield Problem(resource.document, resource.at("roleRef", "name"), message)


def anybody(repository: Repository) -> Iterator[Problem]:
    """Each binding to everybody who reaches the API server."""
    for resource in _of(repository, _BINDINGS):
        if mapping(resource.data, "roleRef").get("name") in _OPEN:
            continue
        for index, subject in enumerate(sequence(resource.data, "subjects")):
            name = text(subject, "name")
            if name in _ANYBODY:
                message = f"{resource.title}: {name} is everybody: name users, groups or service accounts"
                yield Problem(resource.document, resource.at("subjects", index, "name"), message)


def wildcards(repository: Repository) -> Iterator[Problem]:
    """Each rule of a role with a `*`, once."""
    for resource in _of(repository, _ROLES):
        for index, rule in enumerate(sequence(resource.data, "rules")):
            found = [key for key in ("apiGroups", "resources", "verbs") if "*" in sequence(rule, key)]
            if {"resources", "verbs"} & set(found):
                message = f"{resource.title}: * in {', '.join(found)}: list what is needed"
                yield Problem(resource.document, resource.at("rules", index, found[-1]), message)


def _of(repository: Repository, kinds: tuple[str, ...]) -> Iterator[Resource]:
    for kind in kinds:
        yield from repository.by_kind.get((_GROUP, kind), [])
