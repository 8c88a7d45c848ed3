from __future__ import annotations

import pytest

from clusterwright.check.globs import matches, permits


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
