"""What differs is said path by path, whatever the order of keys and entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.review.fields import ABSENT, at, fields, leaves

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

JSON: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abn.", min_size=1, max_size=3), inner),
    max_leaves=20,
)


def said(before: object, after: object) -> list[str]:
    return [f"{one.name}: {one.before!r} -> {one.after!r}" for one in fields(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, ["a.b: 1 -> 2"]),
        ({"a": 1}, {"a": True}, ["a: 1 -> True"]),
        ({"a": 1}, {"a": "1"}, ["a: 1 -> '1'"]),
        ({}, {"a": {"b": 1}}, ["a: ABSENT -> {'b': 1}"]),
        ({"x.y/z": 1}, {"x.y/z": 2}, ['"x.y/z": 1 -> 2']),
        ({"verbs": ["get", "list"]}, {"verbs": ["list", "get"]}, []),
        ({"args": ["-a", "-b"]}, {"args": ["-b", "-a"]}, ["args.(order): ['-a', '-b'] -> ['-b', '-a']"]),
        ({"a": ["x", "y"]}, {"a": ["y", "z"]}, ["a[]: 'x' -> ABSENT", "a[]: ABSENT -> 'z'"]),
        ({"a": ["x", "x"]}, {"a": ["x"]}, ["a[]: 'x' -> ABSENT"]),
        (
            {"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]},
            {"env": [{"name": "B", "value": "3"}, {"name": "A", "value": "1"}]},
            ["env[name=B].value: '2' -> '3'"],
        ),
        (
            {"sources": [{"chart": "loki", "targetRevision": "1"}, {"ref": "own"}]},
            {"sources": [{"chart": "loki", "targetRevision": "2"}, {"ref": "own"}]},
            ["sources[chart=loki].targetRevision: '1' -> '2'"],
        ),
        ({"a": [{"x": 1}, {"x": 2}]}, {"a": [{"x": 2}, {"x": 3}]}, ["a[].x: 1 -> 3"]),
        ({"a": [{"name": "b"}]}, {"a": {"name": "b"}}, ["a: [{'name': 'b'}] -> {'name': 'b'}"]),
    ],
)
def test_a_difference_has_a_path_and_two_sides(before: object, after: object, expected: list[str]) -> None:
    assert said(before, after) == expected


@given(JSON, JSON)
def test_two_values_differ_exactly_if_their_types_or_contents_do(one: object, other: object) -> None:
    assert list(fields(one, one)) == []
    differs = bool(list(fields(one, other)))
    assert differs or frozen(one) == frozen(other)
    if frozen(one, keep_order=True) == frozen(other, keep_order=True):
        assert not differs


@given(JSON, JSON)
def test_every_side_of_a_difference_is_where_its_path_says(one: object, other: object) -> None:
    for field in fields({"a": one}, {"a": other}):
        if not field.path[-1].startswith(("[", "(")) and not any(step[1:-1].isdigit() for step in field.path):
            assert at({"a": one}, field.path) in (field.before, ABSENT)


def test_what_comes_whole_is_looked_into() -> None:
    (field,) = fields({}, {"server": {"replicas": 0, "ports": [80, 443]}})
    assert [one.name for one in leaves(field)] == ["server.replicas", "server.ports[0]", "server.ports[1]"]


def frozen(value: object, *, keep_order: bool = False) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{frozen(value[key], keep_order=keep_order)}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        parts = [frozen(one, keep_order=keep_order) for one in value]
        return "[" + ",".join(parts if keep_order else sorted(parts)) + "]"
    return f"{type(value).__name__}:{value!r}"
