"""What kustomizations may do to a file before it is applied: patch it, or set images, names, labels, a namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from clusterwright.check.kustomize import taken
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

Effect = Literal["patches", "images", "names", "labels", "namespace"]

_EFFECTS: dict[str, Effect] = {
    "commonLabels": "labels",
    "components": "patches",
    "images": "images",
    "labels": "labels",
    "namePrefix": "names",
    "nameSuffix": "names",
    "namespace": "namespace",
    "patches": "patches",
    "patchesJson6902": "patches",
    "patchesStrategicMerge": "patches",
    "replacements": "patches",
    "transformers": "patches",
    "vars": "patches",
}


def changed_by(repository: Repository, resource: Resource, *effects: Effect) -> bool:
    """Whether a kustomization may change this about a resource; a patch is never the whole of a resource."""
    if resource.document.role == "patch":
        return True
    return not _effects(repository).get(resource.document.path, frozenset()).isdisjoint(effects)


@once
def _effects(repository: Repository) -> dict[str, frozenset[Effect]]:
    """What the kustomizations that take a file, directly or through others, do to it."""
    found: dict[str, frozenset[Effect]] = {}
    for folder, documents in repository.kustomizations.items():
        own = frozenset(_EFFECTS[key] for one in documents for key in one.data if key in _EFFECTS and one.data[key])
        for path in _reached(repository, folder, set()) if own else ():
            found[path] = found.get(path, frozenset()) | own
    return found


def _reached(repository: Repository, folder: str, seen: set[str]) -> Iterator[str]:
    if folder in seen:
        return
    seen.add(folder)
    for document in repository.kustomizations.get(folder, ()):
        for path in taken(document):
            if path in repository.folders:
                yield from _reached(repository, path, seen)
            else:
                yield path
