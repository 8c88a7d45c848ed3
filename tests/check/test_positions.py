from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check import placing
from clusterwright.check.loader import parse
from clusterwright.check.model import Place
from clusterwright.check.placing import DUPLICATES
from clusterwright.check.positions import positions
from clusterwright.check.scalars import go_yaml

TEXT = b"""\
a: 1
b:
  - x: yes
    on: 2
  - z
---
c: &c {d: e}
f: *c
g:
  <<: *c
"""


def test_every_key_and_value_has_a_place() -> None:
    first, second = positions(TEXT, go_yaml())
    assert first.key(("b",)) == Place(2, 1)
    assert first.value(("b",)) == Place(3, 3)
    assert first.value(("b", 0, "x")) == Place(3, 8)
    assert first.key(("b", 0, "true")) == Place(4, 5)
    assert first.value(("b", 1)) == Place(5, 5)
    assert second.value(("c", "d")) == Place(7, 11)


def test_what_an_alias_or_a_merge_brings_is_where_it_is_brought_in() -> None:
    second = positions(TEXT, go_yaml())[1]
    assert second.value(("f", "d")) == Place(8, 4)
    assert second.value(("g", "d")) == Place(10, 3)


def test_what_is_not_there_is_at_the_nearest_thing_above() -> None:
    first = positions(TEXT, go_yaml())[0]
    assert first.value(("b", 0, "nothing", "at", "all")) == Place(3, 5)
    assert first.value(("nowhere",)) == Place(1, 1)
    assert first.key(("nowhere",)) == Place(1, 1)


def test_a_key_given_twice_is_told_with_its_path() -> None:
    document = positions(b"a: 1\nb: {c: 1, 'c': 2}\na: 2\n", go_yaml())[0]
    assert document.duplicates == [(("b", "c"), Place(2, 11)), (("a",), Place(3, 1))]
    assert document.value(("a",)) == Place(3, 4)


def test_a_broken_file_has_places_up_to_the_error() -> None:
    document = positions(b"a: 1\nb: [\n", go_yaml())[0]
    assert document.value(("a",)) == Place(1, 4)


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_never_raise(text: bytes) -> None:
    assert isinstance(positions(text, go_yaml()), list)


def test_many_keys_that_are_given_twice_are_named_up_to_a_number() -> None:
    (document,) = positions(b"a:\n" * 2000, go_yaml())
    assert len(document.duplicates) == DUPLICATES


def test_what_comes_after_many_values_stands_where_the_nearest_of_them_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "PLACES", 6)
    (document,) = positions(b"a: 1\nb: 2\n", go_yaml())
    assert document.value(("b",)) == document.value(())


ODD = ("\r", "\x85", "\u2028", "\u2029")


@pytest.mark.parametrize("end", ODD, ids=ascii)
def test_lines_are_those_that_git_counts_where_yaml_ends_them_earlier(end: str) -> None:
    text = f'a: "one{end}two"\nb: # {end}\n  c: 1\nb: 2\n'.encode()
    (found,) = positions(text, go_yaml())
    assert found.key(("b",)) == Place(2, 1)
    assert found.value(("b", "c")) == Place(3, 6)
    assert found.duplicates == [(("b",), Place(4, 1))]


@pytest.mark.parametrize("end", ODD, ids=ascii)
def test_what_is_no_yaml_is_in_a_line_that_git_counts(end: str) -> None:
    problem = parse(f"a: 1 # {end}\nb: 1\nc: d: e\n".encode(), go_yaml()).problem
    assert problem is not None
    assert problem[0] == Place(3, 5)
