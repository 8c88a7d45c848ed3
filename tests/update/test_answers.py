"""What a release recorded is an answer today too: on an update, nothing falls back to a default without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.update.conftest import known_to, recorded, released

if TYPE_CHECKING:
    from tests.update.conftest import Ways


@pytest.mark.parametrize("commit", released())
def test_the_answers_of_a_release_mean_the_same_today(ways: Ways, commit: str) -> None:
    for name in sorted(known_to(commit)):
        way = ways.way(commit, name)
        then, now = recorded(way.old), recorded(way.new)
        assert then.keys() - now.keys() == set(), f"{name}: answers that nobody asks for any more"
        assert {key: now[key] for key in then} == then, name
