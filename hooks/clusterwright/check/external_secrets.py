"""The resources of External Secrets: who reads from a store, and which kind of store that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.model import mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

GROUP = "external-secrets.io"
_READERS = {"ExternalSecret": ("spec",), "ClusterExternalSecret": ("spec", "externalSecretSpec")}


def readers(repository: Repository) -> Iterator[tuple[Resource, tuple[str, ...]]]:
    """Each ExternalSecret and ClusterExternalSecret, and where in it the spec of the ExternalSecret is."""
    for kind, steps in _READERS.items():
        for resource in repository.by_kind.get((GROUP, kind), []):
            yield resource, steps


def stores(repository: Repository, resource: Resource, *steps: str) -> set[str]:
    """The kinds of the stores that an ExternalSecret or a PushSecret names; empty where one is not known here."""
    given = mapping(resource.data, *steps, "secretStoreRef")
    found: set[str] = set()
    for one in [given] if given else sequence(resource.data, *steps, "secretStoreRefs"):
        made = repository.by_name.get((GROUP, text(one, "kind") or "SecretStore", text(one, "name")), [])
        found.update(next(iter(mapping(store.data, "spec", "provider")), "") for store in made)
    return found - {""}
