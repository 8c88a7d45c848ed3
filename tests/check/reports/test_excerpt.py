from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check.reports.excerpt import WIDTH, Excerpts
from clusterwright.records import replace
from tests.check.reports.conftest import ERROR


def below(source: str, col: int, line: int = 1) -> list[str]:
    return list(Excerpts({"a.yaml": source.encode()}, colour=False).below(replace(ERROR, line=line, col=col)))


@pytest.mark.parametrize(
    ("source", "col", "marked"),
    [
        ("image: nginx:latest # why", 8, "nginx:latest"),
        ("image: nginx", 1, "image"),
        ("image: nginx", 13, "^"),
        ("a: {b: 'c d', e: 1}", 8, "'c d'"),
        ('a: "c \\" d" x', 4, '"c \\" d"'),
        ("a: [1, 2]", 4, "["),
        ("\tb: 1", 2, "b"),
        ("größe: 日本 x", 8, "日本"),
    ],
)
def test_the_mark_is_under_what_the_finding_is_about(source: str, col: int, marked: str) -> None:
    shown, mark = below(source, col)
    width = sum(2 if char in "日本" else 1 for char in marked)
    assert mark.strip(" |") == "^" * width
    columns = "".join(char * (2 if char in "日本" else 1) for char in shown)
    assert columns[mark.index("^") :][:width] == "".join(c * (2 if c in "日本" else 1) for c in marked).replace("^", "")


def test_a_long_line_is_cut_around_the_mark() -> None:
    shown, mark = below("a" * 500 + " here " + "b" * 500, 502)
    assert len(shown) <= WIDTH + 9
    assert shown[mark.index("^") :].startswith("here ")


def test_a_place_that_is_not_there_has_no_excerpt() -> None:
    assert below("a: 1", 1, line=2) == []
    assert below("a: 1\n\n", 1, line=2) == []


def test_a_mark_of_byte_order_is_no_column() -> None:
    assert below("\ufeffa: 1", 4)[1].endswith("|    ^")


@given(st.text(), st.integers(1, 50), st.integers(1, 3))
def test_whatever_a_line_holds_it_is_shown_on_one_with_a_mark_within_reach(source: str, col: int, line: int) -> None:
    shown = below(source, col, line)
    assert len(shown) in {0, 2}
    assert all(one.isprintable() for one in shown)
    if shown:
        assert set(shown[1].partition("|")[2].strip()) == {"^"}
