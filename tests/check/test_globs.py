from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check.globs import matches, permits
from tests.check.bounds import bounded


@pytest.mark.parametrize(
    ("pattern", "value", "separator", "expected"),
    [
        ("*", "a/b", "/", True), ("a*", "ab", "", True), ("a*", "a/b", "", True), ("a*", "a/b", "/", False),
        ("a/**", "a/b/c", "/", True), ("a?", "ab", "", True), ("a?", "a/", "/", False), ("[ab]c", "bc", "", True),
        ("[!ab]c", "bc", "", False), ("[a-c]", "b", "", True), ("{a,b}c", "bc", "", True), ("{a,b}c", "cc", "", False),
        ("a.b", "axb", "", False), ("a[", "a[", "", True), ("a{", "a{", "", True), ("", "", "", True),
        ("", "a", "", False), ("a}", "a}", "", True), ("x,y", "x,y", "", True),
    ],
)  # fmt: skip
def test_globs_of_argo_cd(pattern: str, value: str, separator: str, expected: object) -> None:
    assert matches(pattern, value, separator) is expected


def test_a_deny_permits_all_but_what_it_names() -> None:
    assert not permits("!kube-*", "kube-system")
    assert permits("!kube-*", "apps")
    assert permits("kube-*", "kube-system")


@pytest.mark.parametrize(
    ("pattern", "separator"), [("*a" * 40 + "b", ""), ("*a" * 40 + "b", "/"), ("**/*a" * 40, "/"), ("{a,*}" * 40, "")]
)
def test_no_glob_takes_long(pattern: str, separator: str) -> None:
    with bounded():
        assert not matches(pattern, "a" * 200 + "c", separator)


@given(st.text("ab/*", max_size=8), st.text("ab/", max_size=8))
def test_stars_take_what_they_may(pattern: str, value: str) -> None:
    """As a plain regular expression would, which may try everything."""
    plain = re.sub(r"\*+", lambda stars: "[^/]*" if len(stars[0]) == 1 else ".*", pattern)
    single = re.sub(r"\*\*+", "**", pattern)
    assert matches(single, value, "/") is (pattern == "*" or re.fullmatch(plain, value) is not None)


def test_a_range_that_is_none_matches_nothing() -> None:
    assert not matches("[z-a]", "b")
