"""Whole answers files: valid ones render clean repositories, invalid ones say why in one line and write nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.template.questions import INVALID, VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template


@pytest.mark.parametrize("path", sorted(INVALID.glob("*.yaml")), ids=lambda path: path.stem)
def test_invalid_answers_are_refused_with_the_expected_line(sources: Template, tmp_path: Path, path: Path) -> None:
    first, _, _ = path.read_text(encoding="utf-8").partition("\n")
    expected = first.removeprefix("# expects: ")
    assert expected != first, "an invalid file says what it expects in its first line"
    refusal = sources.refusal(answers(path), tmp_path / "out")
    assert refusal is not None
    assert refusal.startswith(expected)
    assert "\n" not in refusal
    assert list(tmp_path.iterdir()) == []


def test_there_are_enough_examples() -> None:
    assert len(list(VALID.glob("*.yaml"))) >= 8
    assert len(list(INVALID.glob("*.yaml"))) >= 25
