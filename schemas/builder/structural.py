"""Converts the structural schema of a CRD.

What the API server would prune is refused; what it would fill in by default may be absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from .patterns import FORMATS, largest, readable

if TYPE_CHECKING:
    from .envelope import Schema

_COPIED = (
    "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum",
    "multipleOf", "uniqueItems",
)  # fmt: skip
_LOGIC = ("allOf", "anyOf", "oneOf")


class Converter:
    """Converts one schema and counts what had to be left out.

    Attributes:
        dropped_patterns: Regular expressions that the checker cannot read.
        rules: CEL rules, which JSON Schema cannot say.
    """

    def __init__(self) -> None:
        self.dropped_patterns = 0
        self.rules = 0

    def convert(self, node: Schema) -> Schema:
        """Returns the JSON Schema of a node that declares a value's structure."""
        result = self._limits(node)
        if node.get("x-kubernetes-int-or-string"):
            result["type"] = ["integer", "string"]
            branches = [branch for branch in node.get("allOf", ()) if not _is_int_or_string(branch.get("anyOf"))]
            node = {**node, "allOf": branches}
            if _is_int_or_string(node.get("anyOf")):
                del node["anyOf"]
        elif "type" in node:
            result["type"] = node["type"]
        if node.get("type") == "array":
            result["items"] = self.convert(node.get("items", {}))
            if node.get("x-kubernetes-list-type") == "set":
                result["uniqueItems"] = True
        if node.get("type") == "object":
            result |= self._object(node)
        result |= self._logic(node, node)
        return _nullable(result) if node.get("nullable") else result

    def _object(self, node: Schema) -> Schema:
        """Returns the fields that an object may and must have."""
        fields = node.get("properties", {})
        result: Schema = {}
        if fields:
            result["properties"] = {name: self._field(field) for name, field in sorted(fields.items())}
        required = sorted(name for name in node.get("required", ()) if "default" not in fields.get(name, {}))
        if node.get("x-kubernetes-embedded-resource"):
            for name in ("apiVersion", "kind"):
                result.setdefault("properties", {}).setdefault(name, {"type": "string", "minLength": 1})
            result["properties"].setdefault("metadata", {"type": "object"})
            required = sorted({*required, "apiVersion", "kind"})
        if required:
            result["required"] = required
        rest = node.get("additionalProperties", False)
        if isinstance(rest, dict):
            result["additionalProperties"] = self.convert(rest)
        elif not rest and not node.get("x-kubernetes-preserve-unknown-fields"):
            result["additionalProperties"] = False
        return result

    def _field(self, field: Schema) -> Schema:
        """Returns the schema of a field; null stands for the default, if there is one."""
        result = self.convert(field)
        return _nullable(result) if "default" in field else result

    def _limits(self, node: Schema) -> Schema:
        """Returns what bounds a value, whatever its type."""
        result = {**largest(node), **{name: node[name] for name in _COPIED if name in node}}
        for edge, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if node.get(edge) is True and limit in result:
                result[edge] = result.pop(limit)
        if "enum" in node:
            result["enum"] = list(node["enum"])
        if node.get("format") in FORMATS:
            result["pattern"] = FORMATS[node["format"]]
        if "pattern" in node:
            if readable(node["pattern"]):
                result["pattern"] = node["pattern"]
            else:
                self.dropped_patterns += 1
        self.rules += len(node.get("x-kubernetes-validations", ()))
        return result

    def _logic(self, node: Schema, declared: Schema) -> Schema:
        """Returns the alternatives, which bound values but never declare fields."""
        result: Schema = {}
        for name in _LOGIC:
            branches = [self._condition(branch, declared) for branch in node.get(name, ())]
            if branches:
                result[name] = branches
        if "not" in node:
            result["not"] = self._condition(node["not"], declared)
        return result

    def _condition(self, node: Schema, declared: Schema) -> Schema:
        """Returns a node inside an alternative, which closes nothing.

        The API server judges it after it has filled in the defaults: a field with a default is always there, and a
        condition that the default does not meet is only met by a field that is written out.

        Args:
            node: The condition.
            declared: The node that declares the structure of the same value.
        """
        result = {**self._limits(node), **self._logic(node, declared)}
        if "type" in node:
            result["type"] = node["type"]
        fields = declared.get("properties", {})
        required = {name for name in node.get("required", ()) if "default" not in fields.get(name, {})}
        conditions = {
            name: self._condition(condition, fields.get(name, {}))
            for name, condition in sorted(node.get("properties", {}).items())
        }
        for name, condition in conditions.items():
            field = fields.get(name, {})
            if "default" in field and not jsonschema_rs.is_valid(condition, field["default"]):
                required.add(name)
        if conditions:
            result["properties"] = conditions
        if required:
            result["required"] = sorted(required)
        for name in ("items", "additionalProperties"):
            if isinstance(node.get(name), dict):
                result[name] = self._condition(node[name], declared.get(name) or {})
        return result


def _nullable(schema: Schema) -> Schema:
    """Returns the schema with null allowed beside what it says."""
    result = dict(schema)
    types = result.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and "null" not in types:
        result["type"] = [*types, "null"]
    if "enum" in result and None not in result["enum"]:
        result["enum"] = [*result["enum"], None]
    return result


def _is_int_or_string(branches: Any) -> bool:  # noqa: ANN401 - upstream may write anything here
    """Tells whether alternatives only repeat what x-kubernetes-int-or-string says."""
    return isinstance(branches, list) and {branch.get("type") for branch in branches} == {"integer", "string"}
