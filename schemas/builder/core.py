"""Converts the definitions of an OpenAPI document of the API server.

The API server reads built-in kinds into Go structs: an unknown field is dropped (and refused by strict clients), null
and an empty text count as absent where a field is optional, and a quantity may be a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .envelope import wrap
from .patterns import largest

if TYPE_CHECKING:
    from .choices import Choices
    from .envelope import Schema

_PREFIX = "#/components/schemas/"
_COPIED = ("maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern")
_QUANTITY = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"

# Types with a reading of their own, by the end of their name.
_SPECIAL: dict[str, Schema] = {
    "api.resource.Quantity": {"type": ["string", "number"], "pattern": _QUANTITY},
    "util.intstr.IntOrString": {"type": ["integer", "string"]},
    "meta.v1.ObjectMeta": {"$ref": "#/$defs/Metadata", "type": "object"},
}
# The schema of a CRD is structural: one schema for all items, and a schema or a boolean for the other fields.
_NESTED = ("JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool")


class Definitions:
    """The definitions of one document, and the values that their fields may have."""

    def __init__(self, schemas: dict[str, Schema], choices: Choices) -> None:
        self._schemas = schemas
        for definition, schema in schemas.items():
            for field, values in choices.get(tuple(definition.split(".")[-3:]), {}).items():
                node = schema["properties"][field]
                node.get("items", node.get("additionalProperties", node))["enum"] = values

    def kind(self, group: str, version: str, name: str) -> Schema:
        """Returns the whole schema of a kind, with the definitions that it reaches and no others."""
        identity = {"group": group, "version": version, "kind": name}
        root = next(
            schema
            for schema in self._schemas.values()
            if identity in schema.get("x-kubernetes-group-version-kind", ()) and "properties" in schema
        )
        reached = _Reached(self._schemas)
        properties = {
            field: value for field, value in root["properties"].items() if field not in {"metadata", "status"}
        }
        schema = reached.object({**root, "properties": properties})
        if "status" in root["properties"]:
            schema["properties"]["status"] = True
        return wrap(schema, group, version, name, dict(sorted(reached.defs.items())))


class _Reached:
    """Collects the definitions that one kind reaches, under their short names."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self._schemas = schemas
        self._names: dict[str, str] = {}
        self.defs: dict[str, Schema] = {}

    def object(self, node: Schema) -> Schema:
        """Returns the schema of an object with known fields."""
        required = set(node.get("required", ()))
        properties = {
            name: self.value(field, optional=name not in required) for name, field in sorted(node["properties"].items())
        }
        result: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if required:
            result["required"] = sorted(required)
        return result

    def value(self, node: Schema, *, optional: bool = False) -> Schema:
        """Returns the schema of a value; an optional one may be null."""
        wrapped = node.get("allOf", ())
        if len(wrapped) == 1 and "$ref" in wrapped[0]:
            node = wrapped[0]
        if "$ref" in node:
            return self._reference(node["$ref"].removeprefix(_PREFIX), optional=optional)
        if "properties" in node:
            return _maybe(self.object(node), optional=optional)
        result = {**largest(node), **{name: node[name] for name in _COPIED if name in node}}
        if "type" in node:
            result["type"] = node["type"]
        if "enum" in node:
            result["enum"] = [*node["enum"], *([""] if optional and "" not in node["enum"] else [])]
        if "items" in node:
            result["items"] = self.value(node["items"])
        if isinstance(node.get("additionalProperties"), dict):
            result["additionalProperties"] = self.value(node["additionalProperties"], optional=True)
        return _maybe(result, optional=optional)

    def _reference(self, target: str, *, optional: bool) -> Schema:
        """Returns a reference to a definition, or what stands for it where it says little."""
        for ending, schema in _SPECIAL.items():
            if target.endswith(f".{ending}"):
                return {"$ref": schema["$ref"]} if optional and "$ref" in schema else _maybe(schema, optional=optional)
        package, _, name = target.rpartition(".")
        if name in _NESTED:
            nested = self._reference(f"{package}.JSONSchemaProps", optional=True)
            return nested if name == _NESTED[0] else {"if": {"type": "boolean"}, "else": nested}
        definition = self._schemas[target]
        if "properties" not in definition:
            return self.value(definition, optional=optional)
        if target not in self._names:
            self._names[target] = name = self._name(target)
            self.defs[name] = {}  # holds the name while the definition reaches itself
            self.defs[name] = _maybe(self.object(definition), optional=True)
        reference: Schema = {"$ref": f"#/$defs/{self._names[target]}"}
        return reference if optional else {**reference, "type": "object"}

    def _name(self, target: str) -> str:
        """Returns the last part of a definition's name, with its version's group before it where that is taken."""
        *_, group, version, name = target.split(".")
        return name if name not in {*self.defs, "Metadata", "Texts"} else f"{group}.{version}.{name}"


def _maybe(schema: Schema, *, optional: bool) -> Schema:
    """Returns the schema, with null allowed where the field is optional."""
    if not optional or "type" not in schema:
        return schema
    types = schema["type"]
    result = {**schema, "type": [*([types] if isinstance(types, str) else types), "null"]}
    if "enum" in result:
        result["enum"] = [*result["enum"], None]
    return result
