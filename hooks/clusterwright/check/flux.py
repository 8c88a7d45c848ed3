"""What Flux does to manifests before they are applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.model import mapping
from clusterwright.check.once import once

if TYPE_CHECKING:
    from clusterwright.check.repository import Repository

_KUSTOMIZATION = "kustomize.toolkit.fluxcd.io", "Kustomization"


@once
def substitutes(repository: Repository) -> bool:
    """Whether a Flux Kustomization fills in variables: then `${NAME}` may be part of any text."""
    found = (mapping(one.data, "spec", "postBuild") for one in repository.by_kind.get(_KUSTOMIZATION, []))
    return any(one.get("substitute") or one.get("substituteFrom") for one in found)
