"""What every resource has around its own fields: apiVersion, kind, metadata and status."""

from __future__ import annotations

from typing import Any, TypeAlias

from .patterns import LABEL, SUBDOMAIN

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

# What a person may write. The API server sets the rest; `creationTimestamp: null` is what its printers leave behind.
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

# Names of these may hold anything that a path may: `system:node`, `10.96.0.1`.
_FREE_NAMES = ("rbac.authorization.k8s.io", "certificates.k8s.io", "networking.k8s.io/IPAddress")


def _named(group: str, kind: str) -> Schema:
    """Returns the schema of a resource's own metadata: it has a name, or the beginning of one."""
    fields: Schema = {"namespace": {"pattern": LABEL, "maxLength": 63}}
    if not {group, f"{group}/{kind}"} & set(_FREE_NAMES):
        fields["name"] = {"pattern": SUBDOMAIN, "maxLength": 253}
    return {
        "$ref": "#/$defs/Metadata",
        "type": "object",
        "properties": fields,
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
        "metadata": _named(group, kind),
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
