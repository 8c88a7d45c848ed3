"""Whether a schema takes some instances, told without the schema engine where it surely does.

Nearly every manifest is right, and a pod's schema has five hundred fields where a manifest has thirty: to compile the
schemas of a small repository takes longer than to go through its manifests beside them. So this goes through all
instances of a kind at once, and the engine is only asked about kinds of which some instance is refused, or not surely
taken. What is wrong is for the engine to say.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Schema = dict[str, Any]
Values = list[Any]

_DEFINITIONS = "#/$defs/"
_TYPES: dict[str, frozenset[type]] = {
    "array": frozenset((list,)),
    "boolean": frozenset((bool,)),
    "integer": frozenset((int,)),
    "null": frozenset((type(None),)),
    "number": frozenset((int, float)),
    "object": frozenset((dict,)),
    "string": frozenset((str,)),
}
_STRUCTURE = frozenset(
    (
        "$defs", "$ref", "$schema", "additionalProperties", "description", "else", "items", "properties", "required",
        "then", "title", "type",
    )
)  # fmt: skip
"""Keywords that nearly every part of a schema has; and those that say nothing by themselves."""
_NONE: dict[str, Any] = {}
_LONGEST = 256
_STRANGE = re.compile(r"\[\[|&&|--|~~|\(\?(?!:)|\\[pPzZAGQEhRKX]")
"""What engines of regular expressions do not agree on."""

_SLOW = re.compile(r"\((?:\?:)?(?:\[[^\]]+\]|\\\w)[+*](?:(?:\[[^\]]*\]|\([^()]*\)|\\.|[^()\\])[?*])*\)[+*]")
"""A repetition of what is a repetition already, which Python may try for ever; the engine does not."""


class Refused(Exception):
    """A value is surely not what the schema asks for."""


class Unsure(Exception):
    """The schema, or a value, is none that this module can judge."""


def takes(schema: Schema, instances: Sequence[object]) -> bool:
    """Whether a schema surely takes every instance; False if it does not, or that is not sure.

    Args:
        schema: one whose references lead to its own `$defs`.
        instances: plain data.
    """
    judge = _Judge(schema.get("$defs", {}))
    try:
        _finite(instances)
        judge.all(schema, list(instances))
    except (Refused, Unsure, RecursionError):
        return False
    return True


class _Judge:
    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        self._checks: dict[str, Callable[[Any, Schema, Values], None]] = {
            "allOf": self._every,
            "anyOf": self._some,
            "const": lambda said, _, values: _among([said], values),
            "enum": lambda said, _, values: _among(said, values),
            "if": self._conditional,
            "maxItems": lambda said, _, values: _hold(len(one) <= said for one in _of(list, values)),
            "maxLength": lambda said, _, values: _hold(len(one) <= said for one in _of(str, values)),
            "maxProperties": lambda said, _, values: _hold(len(one) <= said for one in _of(dict, values)),
            "maximum": lambda said, _, values: _hold(one <= said for one in _numbers(values)),
            "minItems": lambda said, _, values: _hold(len(one) >= said for one in _of(list, values)),
            "minLength": lambda said, _, values: _hold(len(one) >= said for one in _of(str, values)),
            "minProperties": lambda said, _, values: _hold(len(one) >= said for one in _of(dict, values)),
            "minimum": lambda said, _, values: _hold(one >= said for one in _numbers(values)),
            "not": lambda said, _, values: _hold(not self._takes(said, one) for one in values),
            "oneOf": lambda said, _, values: _hold(sum(self._takes(p, one) for p in said) == 1 for one in values),
            "pattern": lambda said, _, values: _hold(_fits(said, one) for one in _of(str, values)),
            "uniqueItems": lambda said, _, values: _unique(said, _of(list, values)),
        }

    def all(self, node: object, values: Values) -> None:
        """Judges values by a part of the schema.

        Raises:
            Refused: it surely does not take all of them.
            Unsure: that cannot be told.
        """
        if not values or node is True:
            return
        if not isinstance(node, dict):
            raise Refused if node is False else Unsure
        kinds = {value.__class__ for value in values}
        if "type" in node:
            _typed(node["type"], kinds)
        for keyword in node.keys() - _STRUCTURE:
            self._checks.get(keyword, _unknown)(node[keyword], node, values)
        if "$ref" in node:
            self.all(self._definition(node["$ref"]), values)
        if dict in kinds:
            self._fields(node, _of(dict, values))
        if list in kinds and "items" in node:
            self.all(node["items"], [one for value in _of(list, values) for one in value])

    def _fields(self, node: Schema, values: Values) -> None:
        """Judges what is in mappings."""
        for name in node.get("required", ()):
            _hold([name in value for value in values])
        fields, more = node.get("properties", _NONE), node.get("additionalProperties", True)
        if not fields and more is True:
            return
        names = {name for value in values for name in value}
        for name in names & fields.keys():
            self.all(fields[name], [value[name] for value in values if name in value])
        rest = names - fields.keys() if more is not True else ()
        if rest:
            self.all(more, [value[name] for value in values for name in value if name in rest])

    def _definition(self, reference: str) -> object:
        name = reference.removeprefix(_DEFINITIONS)
        if name == reference or name not in self._definitions:
            raise Unsure
        return self._definitions[name]

    def _takes(self, node: object, value: object) -> bool:
        """Whether a part of the schema takes a value; raises Unsure if that cannot be told."""
        try:
            self.all(node, [value])
        except Refused:
            return False
        return True

    def _every(self, said: list[Any], _node: Schema, values: Values) -> None:
        for part in said:
            self.all(part, values)

    def _some(self, said: list[Any], _node: Schema, values: Values) -> None:
        for value in values:
            _hold([any(self._takes(part, value) for part in said)])

    def _conditional(self, said: object, node: Schema, values: Values) -> None:
        taken = [self._takes(said, value) for value in values]
        self.all(node.get("then", True), [value for value, is_taken in zip(values, taken, strict=True) if is_taken])
        self.all(node.get("else", True), [value for value, is_taken in zip(values, taken, strict=True) if not is_taken])


def _unknown(_said: object, _node: Schema, _values: Values) -> None:
    raise Unsure


def _of(kind: type, values: Values) -> Values:
    """The values of a type: keywords about others do not concern them."""
    return [value for value in values if value.__class__ is kind]


def _numbers(values: Values) -> Iterator[float]:
    return (value for value in values if value.__class__ is int or value.__class__ is float)


def _hold(facts: Any) -> None:  # noqa: ANN401 - any booleans
    if not all(facts):
        raise Refused


def _typed(said: str | list[str], kinds: set[type]) -> None:
    wanted = _wanted(said if isinstance(said, str) else tuple(said))
    if not kinds <= wanted:
        raise Unsure if float in kinds - wanted else Refused  # 1.0 is an integer to some


@cache
def _wanted(said: str | tuple[str, ...]) -> frozenset[type]:
    return _TYPES[said] if isinstance(said, str) else frozenset().union(*(_TYPES[one] for one in said))


def _among(said: list[Any], values: Values) -> None:
    """Judges by a list of what is allowed; 1 and 1.0 are equal to some, and collections are left to the engine."""
    if any(isinstance(one, dict | list | float) for one in (*said, *values)):
        raise Unsure
    allowed = {(one.__class__, one) for one in said}
    for value in values:
        _hold([(value.__class__, value) in allowed])


def _fits(pattern: str, value: str) -> bool:
    """Whether a text has a form: only told where every engine says the same, and soon."""
    if (
        _STRANGE.search(pattern)
        or _SLOW.search(pattern)
        or len(value) > _LONGEST
        or not value.isascii()
        or "\n" in value
    ):
        raise Unsure
    return _compiled(pattern).search(value) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise Unsure from error


def _unique(said: object, values: Values) -> None:
    for value in values if said else ():
        if any(one.__class__ is not str for one in value):
            raise Unsure
        _hold([len(set(value)) == len(value)])


def _finite(values: Sequence[object]) -> None:
    """Raises Unsure where a number is none of JSON's."""
    pending = list(values)
    while pending:
        value = pending.pop()
        if value.__class__ is dict:
            pending.extend(value.values())
        elif value.__class__ is list:
            pending.extend(value)
        elif value.__class__ is float and value - value != 0:
            raise Unsure
