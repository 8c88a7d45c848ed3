"""Says what a schema refuses, in the words of the manifest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.model import mapping
from clusterwright.check.suggest import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema_rs import ValidationError

    from clusterwright.check.model import Fix
    from clusterwright.check.positions import Where


class Violation(NamedTuple):
    """What a schema refuses: a path in the data, the message, whether it is about the key there, what mends it."""

    where: Where
    message: str
    key: bool = False
    fix: Fix | None = None


_SUBSTITUTED = re.compile(r"\$\{[^}]+\}")
_SHOWN = 60
_FORMS = {
    "[KMGTPE]i": "is no quantity: write it as in 2, 500m or 64Mi",
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.": "is no name: use a-z, 0-9, `-` and `.`, with a letter or digit at both ends",
    r"^[a-z]([a-z0-9-]*[a-z0-9])?$": "is no name: use a-z, 0-9 and `-`, with a letter first and no `-` at the end",
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$": "is no name: use a-z, 0-9 and `-`, with a letter or digit at both ends",
}
"""Parts of the patterns that are met often, and what they ask for."""
_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text (quote it)",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def explain(
    errors: list[ValidationError], read: Callable[[], dict[str, Any]], *, partial: bool = False
) -> Iterator[Violation]:
    """What each error means.

    Args:
        errors: of the schema engine.
        read: reads the schema, for suggestions.
        partial: a patch was judged, so that nothing is required.
    """
    schema: dict[str, Any] = {}
    for error in errors:
        where = tuple(error.instance_path)
        keyword = error.kind.name
        if (keyword == "required" and partial) or (error.instance is None and where[:1] == ("metadata",)):
            continue
        if keyword == "additionalProperties":
            schema = schema or read()
            known = _properties(schema, error.schema_path)
            for name in error.kind.as_dict()["unexpected"]:
                yield Violation((*where, name), _unknown(where, name, known), key=True)
        elif keyword == "falseSchema":
            yield Violation(where, f"{dotted(where)}does not go with what else is said here: remove it", key=True)
        elif not (isinstance(error.instance, str) and _SUBSTITUTED.fullmatch(error.instance)):
            fix: Fix | None = "quote" if keyword == "type" and _wants_quotes(error) else None
            yield Violation(where, f"{dotted(where)}{_refusal(error, keyword)}", fix=fix)


def dotted(where: Where) -> str:
    """A path as people write it, followed by a colon; empty at the top."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return f"{steps.removeprefix('.')}: " if steps else ""


def _unknown(where: Where, name: str, known: list[str]) -> str:
    hint = did_you_mean(name, known) or (f"known here: {listed(known)}" if known else "remove it")
    return f"{dotted(where)}unknown field {name!r}: {hint}"


def _refusal(error: ValidationError, keyword: str) -> str:
    facts = error.kind.as_dict()
    if keyword == "required":
        return f"{facts['property']!r} is missing: add it"
    if keyword == "type" and error.instance is None:
        return "is empty: give it a value, or leave the field out"
    if keyword == "type":
        return f"expected {_wanted(facts['types'])}, found {_found(error.instance)}"
    if keyword == "enum":
        options = facts["options"]
        hint = did_you_mean(str(error.instance), [one for one in options if isinstance(one, str)])
        known = listed(str(one) for one in options if one is not None)
        return f"{_shown(error.instance)} is not allowed: {hint or f'use one of {known}'}"
    if keyword in _REFUSED:
        return f"{_shown(error.instance)} {_REFUSED[keyword](facts)}"
    return " ".join(error.message.split())


def _wants_quotes(error: ValidationError) -> bool:
    """Whether text is wanted, and nothing else, where a number or a boolean is."""
    return set(error.kind.as_dict()["types"]) - {"null"} == {"string"} and isinstance(error.instance, int | float)


def _form(pattern: str) -> str:
    """What is wrong with a text that does not match a pattern; the common ones in words."""
    return next((words for mark, words in _FORMS.items() if mark in pattern), f"does not match {pattern}")


_REFUSED: dict[str, Callable[[dict[str, Any]], str]] = {
    "anyOf": lambda _: "has none of the allowed forms",
    "maximum": lambda facts: f"is too large: the most is {facts['limit']}",
    "oneOf": lambda _: "has none of the allowed forms",
    "pattern": lambda facts: _form(facts["pattern"]),
}


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    import json

    shown = repr(value) if isinstance(value, str) else json.dumps(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."


def _found(value: object) -> str:
    if isinstance(value, bool):
        return f"the boolean {_shown(value)}"
    if isinstance(value, int | float):
        return f"the number {_shown(value)}"
    return f"the text {_shown(value)}" if isinstance(value, str) else _shown(value)


def _wanted(types: list[str]) -> str:
    return " or ".join(_TYPES[one] for one in types if one != "null")


def _properties(schema: object, path: list[str | int]) -> list[str]:
    """The fields that are known where a schema's keyword stands."""
    for step in path[:-1]:
        if isinstance(schema, dict):
            schema = schema.get(step)
        elif isinstance(schema, list) and isinstance(step, int):
            schema = schema[step]
    return list(mapping(schema, "properties"))
