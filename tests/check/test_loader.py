from __future__ import annotations

import json
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check import loader
from clusterwright.check.aliases import EXPANDED
from clusterwright.check.loader import DEPTH, Parsed, parse
from clusterwright.check.model import Place
from clusterwright.check.scalars import go_yaml


def data(text: str) -> list[Any]:
    parsed = parse(text.encode(), go_yaml())
    assert parsed.problem is None
    return parsed.documents


def problem(text: str | bytes) -> tuple[Place, str]:
    parsed = parse(text.encode() if isinstance(text, str) else text, go_yaml())
    assert parsed.problem is not None
    return parsed.problem


def test_documents_keys_and_lists() -> None:
    assert data("a: 1\nb: [x, {c: z}]\n---\n- ''\n- \"1\"\n") == [{"a": 1, "b": ["x", {"c": "z"}]}, ["", "1"]]


@pytest.mark.parametrize(("text", "documents"), [("", []), ("# only\n", []), ("---\n---\n", [None, None])])
def test_empty_files_and_documents(text: str, documents: list[object]) -> None:
    assert data(text) == documents


def test_keys_are_text_as_in_json() -> None:
    assert data("1: a\ntrue: b\n~: c\n") == [{"1": "a", "true": "b", "null": "c"}]


def test_anchors_aliases_and_merges() -> None:
    text = "x: &x {a: 1, b: 2}\nu: {<<: *x, b: 3}\nz: {<<: [{a: 0}, *x], c: *x}\nv: &v 5\nw: *v\n"
    assert data(text) == [
        {"x": {"a": 1, "b": 2}, "u": {"a": 1, "b": 3}, "z": {"a": 0, "b": 2, "c": {"a": 1, "b": 2}}, "v": 5, "w": 5}
    ]


def test_an_anchor_ends_with_its_document() -> None:
    assert problem("a: &x 1\n---\nb: *x\n")[0] == Place(3, 4)


def test_tags_of_other_tools_leave_the_value() -> None:
    text = "a: !vault secret\nb: !!str 1\nc: !!int '3'\nd: !Ref {x: 1}\ne: !!null ''\n"
    assert data(text) == [{"a": "secret", "b": "1", "c": 3, "d": {"x": 1}, "e": None}]


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a: 1\nb: 2\n".encode("utf-16")])
def test_byte_order_marks_and_line_ends(text: bytes) -> None:
    assert parse(text, go_yaml()).documents == [{"a": 1, "b": 2}]


def test_a_key_given_twice_is_noted() -> None:
    assert parse(b"a: {x: 1, x: 2}\n", go_yaml()).duplicates
    assert not parse(b"a: {x: 1}\nb: {x: 1}\n", go_yaml()).duplicates


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: [1\nb: 2\n", Place(2, 2), "not YAML: did not find expected ',' or ']'"),
        ("a:\n\tb: 1\n", Place(2, 1), "a tab: indent with spaces"),
        ("{% if x %}\n", Place(1, 2), "quote the template's expression"),
        ("a: {{ b }}\n", Place(1, 12), "quote the value if it holds"),
        ("a: *b\n", Place(1, 4), "alias *b has no anchor before it"),
        ("a: &a [*a]\n", Place(1, 8), "or is inside it"),
        ("a: {<<: 1}\n", Place(1, 10), "merges a mapping or a list of mappings"),
        (b"a: \x00\n", Place(1, 4), "not text"),
        (b"a: \xe9t\xe9\n", Place(1, 4), "not text"),
        ("[" * (DEPTH + 1), Place(1, DEPTH + 1), f"nested more than {DEPTH} levels deep"),
    ],
)
def test_what_is_wrong_has_a_place_and_a_reason(text: str | bytes, place: Place, message: str) -> None:
    where, why = problem(text)
    assert message in why
    assert where.line == place.line


def test_documents_before_the_error_are_kept() -> None:
    parsed = parse(b"a: 1\n---\nb: [\n", go_yaml())
    assert parsed.documents == [{"a": 1}]
    assert parsed.problem is not None


def test_a_bomb_of_aliases_is_refused_and_modest_ones_are_not() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(9)
    )
    assert problem(bomb)[1] == f"aliases stand for more than {EXPANDED} values"
    assert len(data("a: &a [x,x]\n" + "".join(f"b{n}: *a\n" for n in range(1000)))[0]) == 1001


def test_pyyaml_alone_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"a: &x {b: [1, yes, 'no', 2001-01-01]}\nc: {<<: *x}\n---\nd: |\n  text\n"
    expected = parse(text, go_yaml())
    monkeypatch.setattr(loader, "Parser", yaml.SafeLoader)
    assert parse(text, go_yaml()).documents == expected.documents
    assert problem("a: [1\nb: 2\n")[0].line == 2
    assert "not text" in problem(b"a: \x00\n")[1]


def test_a_long_flat_file_takes_no_recursion() -> None:
    assert len(data("- a\n" * (sys.getrecursionlimit() * 3))[0]) == sys.getrecursionlimit() * 3


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x7E)).filter(lambda text: text != "<<")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_json_is_yaml(value: object) -> None:
    assert data(json.dumps(value)) == [value]


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_never_raise(text: bytes) -> None:
    assert isinstance(parse(text, go_yaml()), Parsed)


@given(st.text(alphabet="ab:-[]{}&*<!|>#'\"\n ,?%@`\t", max_size=80))
def test_yaml_of_any_kind_never_raises(text: str) -> None:
    assert isinstance(parse(text.encode(), go_yaml()), Parsed)
