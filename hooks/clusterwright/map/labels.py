"""What labels say of a resource."""

from __future__ import annotations

from clusterwright.check.model import text

_OWN = "clusterwright.dev/"


def label(metadata: object, key: str) -> str:
    """The label of Clusterwright with this name, or the plain one that many repositories use; empty without either."""
    return text(metadata, "labels", f"{_OWN}{key}") or text(metadata, "labels", key)
