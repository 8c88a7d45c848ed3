"""What `--fix` changes is what it says, and not a byte more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check.fixes import confirmed, fixed
from clusterwright.check.model import Finding, Fix


def at(line: int, col: int, fix: Fix | None, path: str = "a.yaml") -> Finding:
    return Finding(path, line, col, "rule", "error", "wrong", fix)


def mended(text: str, *findings: Finding, path: str = "a.yaml") -> str:
    return fixed(path, text.encode(), findings).text.decode()


@pytest.mark.parametrize(
    ("before", "col", "after"),
    [
        ("a: 1", 4, 'a: "1"'),
        ("a:   yes   # why", 6, 'a:   "yes"   # why'),
        ("a: {b: 1.10}", 8, 'a: {b: "1.10"}'),
        ("- 0x10\r\n", 3, '- "0x10"\r\n'),
        ('a: b"c\\d', 4, "a: 'b\"c\\d'"),
        ("größe: 1\n...", 8, 'größe: "1"\n...'),
    ],
)
def test_a_plain_scalar_gets_quotes_around_what_is_written(before: str, col: int, after: str) -> None:
    assert mended(before, at(1, col, "quote")) == after


@pytest.mark.parametrize(
    ("text", "line", "col"),
    [
        ("a: '1'\n", 1, 4),
        ("a: |\n  1\n", 1, 4),
        ("a: &x 1\n", 1, 4),
        ("a: !!int 1\n", 1, 4),
        ("a: &x 1\nb: *x\n", 2, 4),
        ("a: one\n  two\n", 1, 4),
        ("a:\n", 1, 3),
        ("a: [1]\n", 1, 4),
        ("a: 1\nb: [\n", 1, 4),
        ("a: 1\n", 7, 7),
    ],
)
def test_nothing_is_quoted_that_is_not_surely_a_plain_scalar(text: str, line: int, col: int) -> None:
    finding = at(line, col, "quote")
    assert mended(text, finding) == text
    assert confirmed([finding], {"a.yaml": text.encode()})[0].fix is None


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        ("a: 1\nb: 2\na: 1\nc: 3\n", (3, 1), "a: 1\nb: 2\nc: 3\n"),
        ("a: 1\na: 1", (2, 1), "a: 1\n"),
        ("a: 1\na: '1'\n", (2, 1), "a: 1\na: '1'\n"),
        ("x:\n  - a: {b: [1]}\n    a: {b: [1]}\n", (3, 5), "x:\n  - a: {b: [1]}\n"),
        ("a:\n  b: 1\n\na:\n  b: 1\n\n# c\nd: 1\n", (4, 1), "a:\n  b: 1\n\n\n# c\nd: 1\n"),
        ("a:\na:\nb: 1\n", (2, 1), "a:\nb: 1\n"),
        ("a: 1\r\na: 1\r\nb: 2\r\n", (2, 1), "a: 1\r\nb: 2\r\n"),
        ("a: |\n  x\na: |\n  x\nb: 1\n", (3, 1), "a: |\n  x\nb: 1\n"),
        ("a: 1\n---\nb: 1\nb: 1\n", (4, 1), "a: 1\n---\nb: 1\n"),
    ],
)
def test_an_entry_goes_that_says_what_one_before_it_says(before: str, place: tuple[int, int], after: str) -> None:
    assert mended(before, at(*place, "remove entry")) == after


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\na: 2\n", (2, 1)),
        ("a: 1\na: 1 # why\n", (2, 1)),
        ("a:\n  b: 1\na:\n  # why\n  b: 1\n", (3, 1)),
        ("{a: 1, a: 1}\n", (1, 8)),
        ("a: &x {b: 1}\nc: {}\na: *x\n", (3, 1)),
        ("a: [1]\na: {}\n", (2, 1)),
        ("a: [1, 2]\na: [1]\n", (2, 1)),
    ],
)
def test_an_entry_stays_that_says_something_else_or_holds_a_comment(text: str, place: tuple[int, int]) -> None:
    assert mended(text, at(*place, "remove entry")) == text


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        ("a: 1  # gone\nb: 2\n", (1, 7), "a: 1\nb: 2\n"),
        ("a: 1\n  # gone\nb: 2\n", (2, 3), "a: 1\nb: 2\n"),
        ("a: 1 # gone\r\nb: 2\r\n", (1, 6), "a: 1\r\nb: 2\r\n"),
        ("# gone", (1, 1), ""),
        ("a: [ # gone\n", (1, 6), "a: [\n"),
    ],
)
def test_a_comment_goes_with_its_line_if_it_is_alone(before: str, place: tuple[int, int], after: str) -> None:
    assert mended(before, at(*place, "remove comment")) == after
    assert mended(before, at(*place, "remove comment"), path="a.tf") == after


def test_what_is_mended_is_what_was_found_where_yaml_ends_lines_earlier() -> None:
    text = "a: 1 # \u2028\nb: no\nc: yes\n"
    assert mended(text, at(2, 4, "quote")) == text.replace("no", '"no"')
    text = "# \u2028\na: 1\nb: 2\na: 1\n"
    assert mended(text, at(4, 1, "remove entry")) == text.removesuffix("a: 1\n")


def test_the_mark_of_byte_order_stays() -> None:
    assert fixed("a.yaml", b"\xef\xbb\xbfa: 1\n", [at(1, 4, "quote")]).text == b'\xef\xbb\xbfa: "1"\n'


def test_several_findings_are_mended_at_once_and_each_is_named() -> None:
    findings = [at(1, 4, "quote"), at(2, 4, "quote"), at(2, 4, "quote"), at(3, 1, "remove entry"), at(1, 1, None)]
    result = fixed("a.yaml", b"a: 1\nb: 2\na: 1\n", findings)
    assert result.text == b'a: "1"\nb: "2"\n'
    assert result.findings == findings[:4]


def test_what_overlaps_waits_for_the_next_time() -> None:
    findings = [at(3, 4, "quote"), at(2, 1, "remove entry")]
    result = fixed("a.yaml", b"a: 1\na: 1\nb: 1\n", findings)
    assert (result.text, result.findings) == (b'a: 1\nb: "1"\n', [findings[1], findings[0]])
    inside = [at(2, 4, "quote"), at(2, 1, "remove entry")]
    assert fixed("a.yaml", b"a: 1\na: 1\n", inside).findings == inside[1:]


def test_what_is_not_text_is_left_alone() -> None:
    assert fixed("a.yaml", b"a: \xff\n", [at(1, 4, "quote")]).text == b"a: \xff\n"


@given(st.text(alphabet="ab:- 1\n#{}[],&*'\"|\r\t", max_size=40), st.integers(1, 5), st.integers(1, 9))
def test_whatever_a_file_holds_it_is_mended_twice_as_once(text: str, line: int, col: int) -> None:
    for fix in ("quote", "remove entry"):
        finding = at(line, col, fix)
        once = fixed("a.yaml", text.encode(), [finding])
        assert bool(once.findings) == (once.text != text.encode())
        if fix == "quote":
            assert fixed("a.yaml", once.text, [finding]).text == once.text
