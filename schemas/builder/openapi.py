"""Converts the API server's own OpenAPI documents: a self-contained schema for each kind that can be stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from . import choices
from .core import Definitions
from .kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .envelope import Schema


def kinds(files: dict[str, bytes]) -> list[Kind]:
    """Returns every kind that the documents let a person store, without lists and subresources.

    Args:
        files: The OpenAPI documents and the Go files behind them, by their path.
    """
    found: dict[tuple[str, str], Kind] = {}
    values = choices.read(files)
    for _, content in sorted((path, content) for path, content in files.items() if path.endswith(".json")):
        document = json.loads(content)
        definitions = Definitions(document.get("components", {}).get("schemas", {}), values)
        for group, version, name, scope in _stored(document["paths"]):
            kind = found.setdefault((group, name), Kind(group=group, name=name, scope=scope))
            kind.schemas[version] = definitions.kind(group, version, name)
    return [kind for _, kind in sorted(found.items())]


def _stored(paths: Schema) -> Iterator[tuple[str, str, str, str]]:
    """Yields (group, version, kind, scope) of what has both a POST on its collection and a PUT on its name."""
    for path, operations in sorted(paths.items()):
        post = operations.get("post", {})
        if path.endswith("}") or "put" not in paths.get(f"{path}/{{name}}", {}):
            continue
        identity = post.get("x-kubernetes-group-version-kind")
        if post.get("x-kubernetes-action") == "post" and identity:
            scope = "Namespaced" if "/namespaces/{namespace}/" in path else "Cluster"
            yield identity["group"], identity["version"], identity["kind"], scope
