"""The example reports are what the tool makes now, and each says what its story is on the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.review.examples import EXAMPLES, STORIES, page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", STORIES)
def test_an_example_is_current(tmp_path: Path, name: str) -> None:
    assert (EXAMPLES / f"review-{name}.md").read_text("utf-8") == page(name, tmp_path), (
        "write it anew with `nox -s golden`"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("routine", ["### ✅ Routine: ", "12 of 12 clusters touched"]),
        (
            "upgrade",
            ["Needs attention: 1 danger, 1 caution", "template v1.2.0 -> v1.4.0", "chart-major"],
        ),
        ("danger", ["application-renamed", "state-address", "version-backwards", "volume-claim-removed"]),
    ],
)
def test_the_first_screen_names_the_risk(name: str, words: list[str]) -> None:
    screen = (EXAMPLES / f"review-{name}.md").read_text("utf-8").partition("<details>")[0]
    assert [word for word in words if word not in screen] == []


def test_every_example_has_a_story() -> None:
    assert {path.stem for path in EXAMPLES.glob("review-*.md")} == {f"review-{name}" for name in STORIES}
