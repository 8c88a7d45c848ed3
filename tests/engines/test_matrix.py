"""The rows of the matrix become the platforms that the matrix promised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.engines.platforms import recorded

if TYPE_CHECKING:
    import pytest

    from tests.engines.platforms import Platforms

RESIDUE = re.compile(r"#\{|#%|%#|#\||\b(TODO|FIXME|CHANGEME)\b")


def test_copier_records_what_each_row_says(platforms: Platforms, pytestconfig: pytest.Config) -> None:
    """So the matrix asks as Copier does, and the pairs that it counts are there."""
    rows = {one.name: one for one in platforms if one.name.startswith("matrix-")}
    assert rows or pytestconfig.getoption("--no-matrix")
    kept = {name: recorded(one) for name, one in rows.items()}
    wrong = {
        f"{name}: {question}"
        for name, found in kept.items()
        for question, answer in platforms.asked[name].items()
        if found.get(question, answer) != answer
    }
    assert wrong == set()
    asked_less = {name: platforms.asked[name].keys() ^ _questions(found) for name, found in kept.items()}
    assert {name: sorted(names) for name, names in asked_less.items() if names} == {}


def _questions(found: dict[str, object]) -> set[str]:
    """The questions that were asked, without what Copier keeps about itself."""
    return {name for name in found if not name.startswith("_")}


def test_nothing_of_the_template_is_left(platforms: Platforms) -> None:
    found = {
        str(path.relative_to(platforms.folder))
        for path in platforms.files("**/*")
        if RESIDUE.search(path.read_text(encoding="utf-8"))
    }
    assert found == set()
