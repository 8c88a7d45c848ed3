"""Manifests with one fault each: an unknown field, a wrong type, a required field less, or a key twice."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from tests.engines.schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Place: TypeAlias = "tuple[str | int, ...]"
FREE = ("annotations", "labels", "data", "stringData", "matchLabels")


@dataclass(frozen=True)
class Mutant:
    """A faulty manifest.

    Attributes:
        fault: What is wrong with it, as `FAULTS` calls it.
        place: Where: the path of the field.
        text: The manifest.
    """

    fault: str
    place: str
    text: str


def mutants(documents: Sequence[dict[str, Any]], version: str, count: int, seed: int) -> list[Mutant]:
    """Makes faulty manifests.

    Args:
        documents: Sound ones.
        version: The minor version of Kubernetes whose schemas say what is required.
        count: How many; each fault has the same share.
        seed: What the draws begin with.

    Returns:
        The faulty ones.
    """
    draw = random.Random(seed)  # noqa: S311 - the same faults every time
    made: list[Mutant] = []
    while len(made) < count:
        fault = list(FAULTS)[len(made) % len(FAULTS)]
        document = copy.deepcopy(draw.choice(documents))
        if found := FAULTS[fault](document, version, draw):
            made.append(Mutant(fault, ".".join(map(str, found[0])), found[1]))
    return made


def unknown_field(document: dict[str, Any], _: str, draw: random.Random) -> tuple[Place, str] | None:
    """Adds a field that no kind has."""
    place = draw.choice([place for place, value in walk(document) if isinstance(value, dict)])
    at(document, place)["neverHeardOf"] = "value"
    return place, dump(document)


def wrong_type(document: dict[str, Any], _: str, draw: random.Random) -> tuple[Place, str] | None:
    """Puts a map where a text or number is, and a text where a map or list is."""
    place = draw.choice([place for place, _value in walk(document) if place])
    value = at(document, place)
    at(document, place[:-1])[place[-1]] = "text" if isinstance(value, dict | list) else {"of": "another type"}
    return place, dump(document)


def missing_required(document: dict[str, Any], version: str, draw: random.Random) -> tuple[Place, str] | None:
    """Removes a field that the schema requires."""
    group, _, api = document["apiVersion"].rpartition("/")
    name = f"{group or 'core'}/{document['kind'].lower()}_{api}.json"
    found = [SCHEMAS / folder / name for folder in (f"kubernetes/v{version}", "crds")]
    schema = json.loads(next(path for path in found if path.exists()).read_text(encoding="utf-8"))
    places = list(required(document, schema, schema.get("$defs", {}), ()))
    deep = [place for place in places if len(place) > 1]
    # Every kind requires the same few at the top, which would be drawn most.
    place = draw.choice(deep if deep and draw.random() < 0.8 else places)
    del at(document, place[:-1])[place[-1]]
    return place, dump(document)


def key_twice(document: dict[str, Any], _: str, draw: random.Random) -> tuple[Place, str] | None:
    """Writes a line with a key and a value twice."""
    lines = dump(document).splitlines()
    simple = [n for n, line in enumerate(lines) if ": " in line and not line.lstrip().startswith(("-", "|", "'", '"'))]
    simple = [n for n in simple if not lines[n].endswith(("|", "|-", ">", ">-")) and _ends(lines, n)]
    number = draw.choice(simple)
    lines.insert(number, lines[number])
    return (lines[number].strip(),), "\n".join(lines) + "\n"


FAULTS: dict[str, Callable[[dict[str, Any], str, random.Random], tuple[Place, str] | None]] = {
    "unknown field": unknown_field,
    "wrong type": wrong_type,
    "missing required": missing_required,
    "duplicate key": key_twice,
}


def walk(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:  # noqa: ANN401 - what YAML holds is of any type
    """Yields every value of a document that a schema has a word on, and its place."""
    yield place, value
    if isinstance(value, dict) and (not place or place[-1] not in FREE):
        for key, inner in value.items():
            yield from walk(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walk(inner, (*place, number))


def at(document: Any, place: Place) -> Any:  # noqa: ANN401
    """Returns what is at a place."""
    for step in place:
        document = document[step]
    return document


def required(value: Any, schema: dict[str, Any], known: dict[str, Any], place: Place) -> Iterator[Place]:  # noqa: ANN401
    """Yields the place of each field that is there and that the schema requires."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        yield from ((*place, key) for key in schema.get("required", ()) if key in value)
        for key, inner in value.items():
            yield from required(inner, schema.get("properties", {}).get(key, {}), known, (*place, key))
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for number, inner in enumerate(value):
            yield from required(inner, schema["items"], known, (*place, number))


def dump(document: dict[str, Any]) -> str:
    """Writes a document with a line for each scalar."""
    return yaml.safe_dump(document, sort_keys=False, width=10_000)


def _ends(lines: list[str], number: int) -> bool:
    """Tells whether a line's value ends with it."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return not following.strip() or len(following) - len(following.lstrip()) <= indent
