"""What is taken without the engine, the engine takes: in every generated repository, and whatever is changed there."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from clusterwright.check import accepting
from clusterwright.check.accepting import takes
from clusterwright.check.repository import load
from clusterwright.check.schemas import installed
from tests.check.bounds import bounded
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = sorted(path.name for path in (ROOT / "tests" / "golden").iterdir())
CHANGES = 2
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    2**40,
    "",
    "x",
    "A_b",
    "-a",
    "a\n",
    "ü",
    "x" * 300,
    [],
    ["a", "a"],
    {},
    {"a": "b"},
)


def by_kind(root: Path) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """The schema and the manifests of each kind in a repository."""
    repository = load(str(root))
    kinds: dict[tuple[str, str, str], list[Any]] = {}
    for one in repository.resources:
        kinds.setdefault((one.group, one.version, one.kind), []).append(one.data)
    for kind, instances in kinds.items():
        schema = repository.schemas.schema(*kind)
        if schema:
            yield schema, instances


def places(data: object, within: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in some data."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*within, key)
        yield from places(value, (*within, key))


def changed(instance: object, random: Random) -> object:
    """The same with one value replaced, one field taken out, or one put in."""
    result = deepcopy(instance)
    *above, last = random.choice(list(places(result)))
    holder: Any = result
    for step in above:
        holder = holder[step]
    what = random.randrange(3)
    if what == 0 and isinstance(holder, dict):
        del holder[last]
    elif what == 1 and isinstance(holder, dict):
        holder[f"{last}s"] = holder[last]
    else:
        holder[last] = deepcopy(random.choice(ODD))
    return result


@pytest.mark.parametrize("name", GOLDEN)
def test_every_manifest_of_a_generated_repository_is_taken_without_the_engine(name: str) -> None:
    for schema, instances in by_kind(ROOT / "tests" / "golden" / name):
        assert takes(schema, instances), schema["properties"]["kind"]


@pytest.mark.parametrize("name", GOLDEN)
def test_nothing_is_taken_that_the_engine_refuses(name: str) -> None:
    random = Random(4)  # noqa: S311 - reproducible on purpose
    refused = taken = 0
    for schema, instances in by_kind(ROOT / "tests" / "golden" / name):
        engine = Draft202012Validator(schema)
        for instance in (changed(one, random) for one in instances for _ in range(CHANGES)):
            if engine.is_valid(instance):
                taken += takes(schema, [instance])
            else:
                refused += 1
                assert not takes(schema, [instance]), instance
    assert refused > 150
    assert taken > 50


LEAF = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.0, 1.0, 2.5]) | st.sampled_from("ab1-")
DATA = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner))
TYPE = st.sampled_from(["array", "boolean", "integer", "null", "number", "object", "string"])
SIMPLE = st.fixed_dictionaries(
    {},
    optional={
        "const": LEAF,
        "enum": st.lists(LEAF, min_size=1, max_size=3, unique_by=repr),
        "maxItems": st.integers(0, 2),
        "maxLength": st.integers(0, 2),
        "maximum": st.integers(-2, 2),
        "minProperties": st.integers(0, 2),
        "minimum": st.integers(-2, 2),
        "pattern": st.sampled_from(["^a$", "[a-c]", "^[0-9]*$", "(?!a)", "b|1"]),
        "required": st.lists(st.sampled_from("ab"), unique=True),
        "type": TYPE | st.lists(TYPE, min_size=1, max_size=2, unique=True),
        "uniqueItems": st.booleans(),
    },
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=1, max_size=2)
    parts = {
        "additionalProperties": inner | st.booleans(),
        "allOf": some,
        "anyOf": some,
        "else": inner,
        "if": inner,
        "items": inner | st.booleans(),
        "not": inner,
        "oneOf": some,
        "properties": st.dictionaries(st.sampled_from("ab"), inner | st.booleans()),
        "then": inner,
    }
    return st.builds(lambda one, more: {**one, **more}, inner, st.fixed_dictionaries({}, optional=parts))


@settings(max_examples=300, deadline=None)
@given(st.recursive(SIMPLE, nested, max_leaves=6), st.lists(DATA, min_size=1, max_size=3))
def test_whatever_is_taken_the_engine_takes(schema: dict[str, Any], instances: list[Any]) -> None:
    engine = Draft202012Validator(schema)
    if takes(schema, instances):
        assert all(engine.is_valid(one) for one in instances)


@pytest.mark.parametrize(
    ("schema", "instance"),
    [
        ({"type": "number"}, float("inf")),
        ({}, [float("nan")]),
        ({"patternProperties": {"a": True}}, {"a": 1}),
        ({"$ref": "https://example.com/x.json"}, 1),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}, 1),
        ({"pattern": "^(a+)+$"}, "a" * 300),
        ({"pattern": "\\p{L}"}, "a"),
        ({"pattern": "["}, "a"),
        ({"enum": [1.0]}, 1),
        ({"type": "integer"}, 1.0),
    ],
)
def test_what_engines_may_see_otherwise_is_left_to_the_engine(schema: dict[str, Any], instance: object) -> None:
    assert not takes(schema, [instance])


def test_every_schema_is_one_that_can_be_judged() -> None:
    used = {keyword for path in Path(installed()).glob("*/**/*_v*.json") for keyword in keywords(path)}
    assert "properties" in used
    assert used <= {*accepting._STRUCTURE, *accepting._Judge({})._checks}  # noqa: SLF001 - what it knows


def keywords(path: Path) -> Iterator[str]:
    """Every keyword of a schema."""
    pending: list[Any] = [json.loads(path.read_bytes())]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            yield from node
            for key in ("properties", "$defs"):
                pending.extend(node.get(key, {}).values())
            pending.extend(node.get(key) for key in ("items", "additionalProperties", "not", "if", "then", "else"))
            pending.extend(one for key in ("allOf", "anyOf", "oneOf") for one in node.get(key, ()))


def test_no_form_that_a_schema_asks_for_takes_long() -> None:
    """Whatever is repeated in it, and in what it is tried on."""
    written = {
        form
        for path in Path(installed()).rglob("*.json")
        for form in re.findall(r'"pattern": ?("(?:[^"\\]|\\.)*")', path.read_text("utf-8"))
    }
    assert len(written) > 50
    texts = [
        head + piece * (240 // len(piece)) + "!" for head in ("", "https://") for piece in ("a", "0", "-", "a.", "a/")
    ]
    with bounded():
        for form in sorted(written):
            for text in texts:
                takes({"type": "string", "pattern": json.loads(form)}, [text])
