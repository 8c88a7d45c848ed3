"""Every rule has a valid and an invalid repository under fixtures/, and the very lines that the invalid one earns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.registry import RULES
from tests.check.conftest import FIXTURES, findings, fixture, lines

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.check.rule import Rule

EVERY = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@EVERY
def test_what_is_valid_has_no_finding_of_any_rule(rule: Rule, tmp_path: Path) -> None:
    assert lines(fixture(rule.id, "valid", tmp_path)) == []


@EVERY
def test_what_is_invalid_is_said_in_these_words(rule: Rule, tmp_path: Path) -> None:
    expected = (FIXTURES / rule.id / "expected.txt").read_text("utf-8").splitlines()
    assert lines(fixture(rule.id, "invalid", tmp_path)) == expected


@EVERY
def test_the_invalid_fixture_is_about_its_rule(rule: Rule, tmp_path: Path) -> None:
    found = [one for one in findings(fixture(rule.id, "invalid", tmp_path)) if one.rule == rule.id]
    assert found
    assert {one.severity for one in found} == {rule.severity}


def test_ids_are_unique_and_every_fixture_has_a_rule() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert {path.name for path in FIXTURES.iterdir()} == set(ids)


@EVERY
def test_a_title_is_one_line(rule: Rule) -> None:
    assert rule.title
    assert "\n" not in rule.title
    assert not rule.title.endswith(".")


@EVERY
def test_a_message_is_one_line_and_says_what_to_do(rule: Rule, tmp_path: Path) -> None:
    for one in findings(fixture(rule.id, "invalid", tmp_path)):
        assert one.message == " ".join(one.message.split())
        assert one.line >= 1
        assert one.col >= 1
