"""Moves what a schema says more than once into `$defs`."""

from __future__ import annotations

import json
from collections import Counter
from copy import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .envelope import Schema

_LEAST = 160  # characters: below, a reference saves nothing worth its indirection
_MAPS = ("properties", "$defs")
_ONE = ("additionalProperties", "items", "not", "if", "then", "else")
_MANY = ("allOf", "anyOf", "oneOf")


def share(schema: Schema) -> Schema:
    """Returns an equal schema in which each larger part occurs once."""
    counts: Counter[str] = Counter()
    _count(schema, counts)
    sharer = _Sharer({text for text, times in counts.items() if times > 1})
    own = schema.get("$defs", {})
    sharer.taken |= own.keys()
    result = sharer.rewrite({name: value for name, value in schema.items() if name != "$defs"}, "root", top=True)
    return _inline({**result, "$defs": {**own, **sharer.defs}}, set(own))


class _Sharer:
    """Rewrites a schema while it collects the definitions."""

    def __init__(self, repeated: set[str]) -> None:
        self.repeated = repeated
        self.names: dict[str, str] = {}
        self.taken: set[str] = set()
        self.defs: dict[str, Schema] = {}

    def rewrite(self, schema: Schema, name: str, *, top: bool = False) -> Schema:
        """Returns a reference for what is repeated, else the schema with its parts rewritten."""
        text = _text(schema)
        if top or text not in self.repeated:
            return _map(schema, name, self.rewrite)
        if text not in self.names:
            self.names[text] = chosen = self._name(name)
            self.defs[chosen] = _map(schema, name, self.rewrite)
        return {"$ref": f"#/$defs/{self.names[text]}"}

    def _name(self, wish: str) -> str:
        """Returns a free name: the field's own where the definition was first met, with a number if need be."""
        name, number = wish, 1
        while name in self.taken:
            number += 1
            name = f"{wish}{number}"
        self.taken.add(name)
        return name


def parts(schema: Schema, name: str) -> Iterator[tuple[tuple[str, Any], str, Schema]]:
    """Yields (place, field name, schema) of each schema directly inside a schema."""
    for key in (*_MAPS, *_MANY):
        group = schema.get(key, {})
        for place, value in group.items() if isinstance(group, dict) else enumerate(group):
            if isinstance(value, dict):
                yield (key, place), place if isinstance(place, str) else name, value
    for key in _ONE:
        if isinstance(schema.get(key), dict):
            yield (key, None), name, schema[key]


def _map(schema: Schema, name: str, change: Any) -> Schema:  # noqa: ANN401 - a callable with a keyword of its own
    """Returns a copy of a schema, with each schema directly inside it changed."""
    result: Schema = {key: copy(value) for key, value in schema.items()}
    for (key, place), field, value in parts(schema, name):
        if place is None:
            result[key] = change(value, field)
        else:
            result[key][place] = change(value, field)
    return result


def _count(schema: Schema, counts: Counter[str]) -> None:
    """Counts each part that is large enough to be shared."""
    for _, _, value in parts(schema, ""):
        text = _text(value)
        if len(text) >= _LEAST:
            counts[text] += 1
        _count(value, counts)


def _inline(schema: Schema, keep: set[str]) -> Schema:
    """Returns the schema with the definitions put back that only one place refers to."""
    uses: Counter[str] = Counter()
    _references(schema, uses)
    defs: dict[str, Schema] = schema["$defs"]
    once = {name for name in defs.keys() - keep if uses[name] == 1}

    def change(part: Schema, name: str) -> Schema:
        target = str(part.get("$ref", "")).removeprefix("#/$defs/")
        return change(defs[target], name) if target in once else _map(part, name, change)

    return _map({**schema, "$defs": {name: value for name, value in defs.items() if name not in once}}, "", change)


def _references(schema: Schema, uses: Counter[str]) -> None:
    """Counts the references to each definition."""
    if isinstance(schema.get("$ref"), str):
        uses[schema["$ref"].removeprefix("#/$defs/")] += 1
    for _, _, value in parts(schema, ""):
        _references(value, uses)


def _text(schema: Schema) -> str:
    """Returns a schema as text that is equal for equal schemas."""
    return json.dumps(schema, sort_keys=True, separators=(",", ":"))
