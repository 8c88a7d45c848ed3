"""Pages made from a JSON Schema: each key, what it means and what it takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reference.markdown import code, plain, table

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "schemas"
Schema = dict[str, Any]


def page(name: str) -> str:
    """The page of one schema: its keys, then those of each part that has keys of its own."""
    schema: Schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    lines = [f"# {schema['title']}", "", plain(schema["description"]), ""]
    lines += _keys(schema, schema)
    for title, part in _parts(schema, schema):
        lines += [f"## {title}", "", *([plain(part["description"]), ""] if "description" in part else [])]
        lines += _keys(part, schema)
    return "\n".join(lines)


def _resolved(part: Schema, schema: Schema) -> Schema:
    """A schema with what it refers to; its own words win."""
    name = str(part.get("$ref", "")).rpartition("/")[2]
    return {**_resolved(schema["$defs"][name], schema), **part} if name else part


def _inner(part: Schema, schema: Schema) -> Schema:
    """What a list or a map holds, as often as they are nested."""
    whole = _resolved(part, schema)
    for key in ("items", "additionalProperties"):
        if isinstance(whole.get(key), dict):
            return _inner(whole[key], schema)
    return whole


def _parts(part: Schema, schema: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Every key below a part that has keys of its own."""
    for key, value in part.get("properties", {}).items():
        inner = _inner(value, schema)
        for one in [inner, *(_inner(one, schema) for one in inner.get("oneOf", []))]:
            if "properties" in one:
                yield f"{path}{key}", one
                yield from _parts(one, schema, f"{path}{key}.")


def _keys(part: Schema, schema: Schema) -> list[str]:
    needed = part.get("required", [])
    rows = []
    for key, value in part.get("properties", {}).items():
        whole = _resolved(value, schema)
        told = plain(value.get("description") or whole.get("description", ""))
        rows.append([code(key), told, "yes" if key in needed else "", _takes(whole, schema)])
    return table(["Key", "What it says", "Needed", "Takes"], rows)


def _takes(part: Schema, schema: Schema) -> str:
    """What a key takes, in words."""
    if "enum" in part:
        return " or ".join(code(one) for one in part["enum"]) if len(part["enum"]) < 9 else "a name of the list"
    if "oneOf" in part:
        return "one of these shapes"
    kind = part.get("type", "anything")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return f"a list of: {_takes(_resolved(part.get('items', {}), schema), schema)}"
    if kind == "object":
        values = part.get("additionalProperties")
        return (
            f"a map to: {_takes(_resolved(values, schema), schema)}" if isinstance(values, dict) else "the keys below"
        )
    limit = f", {part['minimum']} to {part['maximum']}" if "maximum" in part and "minimum" in part else ""
    words = {"string": "text", "integer": "a number", "boolean": "true or false"}
    return words.get(kind, str(kind)) + limit
