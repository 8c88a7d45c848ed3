"""What a release recorded is an answer today too: on an update, nothing falls back to a default without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.update.conftest import known_to, recorded, released

if TYPE_CHECKING:
    from tests.update.conftest import Ways

# An API server that everybody may reach is what `api_access` calls public since 0.2.0; it has no ranges then.
EVERYBODY = {"aws_api_allowed_cidrs": ["0.0.0.0/0"]}


@pytest.mark.parametrize("commit", released())
def test_the_answers_of_a_release_mean_the_same_today(ways: Ways, commit: str) -> None:
    for name in sorted(known_to(commit)):
        way = ways.way(commit, name)
        then, now = recorded(way.old), recorded(way.new)
        gone = {key: then[key] for key in then.keys() - now.keys()}
        assert gone in ({}, EVERYBODY), f"{name}: answers that nobody asks for any more"
        assert not gone or now["api_access"] == "public", name
        kept = then.keys() - gone.keys()
        assert {key: now[key] for key in kept} == {key: then[key] for key in kept}, name
