"""The schemas of custom resources that a repository defines itself: for kinds of which nothing else is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.model import mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.check.model import Document

Schema = dict[str, Any]
Kind = tuple[str, str, str]
"""An API group, a version and a kind."""
DEFINITION = ("apiextensions.k8s.io", "CustomResourceDefinition")
_BOUNDS = ("enum", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "uniqueItems")
_ENVELOPE = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"}}


def defined(documents: Iterable[Document]) -> dict[Kind, Schema]:
    """The schemas that CustomResourceDefinitions declare, as they write them."""
    found: dict[Kind, Schema] = {}
    for one in documents:
        if one.role == "manifest" and one.data["kind"] == "CustomResourceDefinition":
            found.update(_versions(mapping(one.data, "spec")))
    return found


def strict(schema: Schema) -> Schema:
    """The JSON Schema of a custom resource: types, bounds and fields, and none that the API server would prune.

    Patterns and conditions are left out: a definition may write what only the API server reads.
    """
    converted = _converted(schema)
    if "properties" in converted:
        converted["properties"] |= _ENVELOPE
    return converted


def _versions(spec: Schema) -> Iterator[tuple[Kind, Schema]]:
    for version in sequence(spec, "versions"):
        schema = mapping(version, "schema", "openAPIV3Schema")
        if schema and spec.get("preserveUnknownFields") is not True:
            yield (text(spec, "group"), text(version, "name"), text(spec, "names", "kind")), schema


def _converted(node: object) -> Schema:
    if not isinstance(node, dict):
        return {}
    result = {name: node[name] for name in _BOUNDS if name in node}
    if node.get("x-kubernetes-int-or-string") is True:
        return {**result, "type": ["integer", "string"]}
    kind = node.get("type")
    if kind == "object":
        result |= _object(node)
    elif kind == "array":
        result["items"] = _converted(node.get("items"))
    if isinstance(kind, str):
        absent = node.get("nullable") is True or "default" in node
        result["type"] = [kind, "null"] if absent else kind
        if absent and isinstance(result.get("enum"), list):
            result["enum"] = [*result["enum"], None]
    return result


def _object(node: Schema) -> Schema:
    fields = mapping(node, "properties")
    result: Schema = {"properties": {name: _converted(field) for name, field in fields.items()}} if fields else {}
    required = [name for name in sequence(node, "required") if "default" not in mapping(fields, name)]
    if required:
        result["required"] = required
    if node.get("x-kubernetes-embedded-resource") is True:
        result.setdefault("properties", {}).update(_ENVELOPE)
    rest = node.get("additionalProperties", False)
    if isinstance(rest, dict):
        result["additionalProperties"] = _converted(rest)
    elif not rest and node.get("x-kubernetes-preserve-unknown-fields") is not True:
        result["additionalProperties"] = False
    return result
