from __future__ import annotations

import re

import pytest

from clusterwright.check.patterns import is_quick
from tests.check.bounds import bounded


@pytest.mark.parametrize("pattern", ["^prod-.*$", "^(a|b)-[0-9]+$", r"a\*b\+c", "", "^[a-z]{2}-[a-z]+-[0-9]{1,}$"])
def test_what_people_write_is_quick(pattern: str) -> None:
    assert is_quick(pattern, "a" * 63)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)*$", "(a*){9}$", "a*" * 30 + "$", "(?:a?){40}a{40}"])
def test_what_may_take_long_is_not(pattern: str) -> None:
    assert not is_quick(pattern, "a" * 63)


def test_what_is_quick_is_done_soon() -> None:
    with bounded():
        for repeated in range(1, 6):
            for length in (10, 60, 300, 3_000):
                pattern, text = "a*" * repeated + "$", "a" * length + "b"
                if is_quick(pattern, text):
                    re.search(pattern, text)
