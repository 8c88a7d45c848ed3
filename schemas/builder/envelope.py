"""What every resource has around its own fields: apiVersion, kind, metadata and status."""

from __future__ import annotations

from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXTS: Schema = {"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}}
_OWNER: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["apiVersion", "kind", "name", "uid"],
    "properties": {
        "apiVersion": {"type": "string"},
        "blockOwnerDeletion": {"type": ["boolean", "null"]},
        "controller": {"type": ["boolean", "null"]},
        "kind": {"type": "string"},
        "name": {"type": "string"},
        "uid": {"type": "string"},
    },
}

# What a person may write. The API server sets the rest; `creationTimestamp: null` is what its own printers leave behind.
METADATA: Schema = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "properties": {
        "annotations": {"$ref": "#/$defs/Texts"},
        "creationTimestamp": {"type": "null"},
        "finalizers": {"type": ["array", "null"], "items": {"type": "string"}},
        "generateName": {"type": ["string", "null"]},
        "labels": {"$ref": "#/$defs/Texts"},
        "name": {"type": ["string", "null"]},
        "namespace": {"type": ["string", "null"]},
        "ownerReferences": {"type": ["array", "null"], "items": _OWNER},
    },
}

# The resource itself has a name, or the beginning of one.
_NAMED: Schema = {
    "$ref": "#/$defs/Metadata",
    "type": "object",
    "if": {"required": ["generateName"]},
    "else": {"required": ["name"]},
}


def wrap(schema: Schema, group: str, version: str, kind: str, defs: dict[str, Schema]) -> Schema:
    """Returns the whole schema of a kind.

    Args:
        schema: The converted schema, whose apiVersion, kind, metadata and status are replaced.
        group: The API group; empty for the core group.
        version: The API version.
        kind: The kind.
        defs: What the schema refers to.
    """
    named = {
        "apiVersion": {"const": f"{group}/{version}" if group else version},
        "kind": {"const": kind},
        "metadata": _NAMED,
    }
    properties = {**schema.get("properties", {}), **named}
    if "status" in properties:
        properties["status"] = True
    required = set(schema.get("required", ())) - {"status"} | named.keys()
    return {
        **schema,
        "$schema": DIALECT,
        "type": "object",
        "properties": properties,
        "required": sorted(required),
        "$defs": {**defs, "Metadata": METADATA, "Texts": _TEXTS},
    }
