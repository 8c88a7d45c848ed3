"""Every rule on changes has a page of one shape, and every page has a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clusterwright.check.explain import INDEX, page
from clusterwright.check.registry import RULES as CHECKED
from clusterwright.review.registry import PAGES, RULES
from tests.conftest import ROOT

if TYPE_CHECKING:
    from clusterwright.review.rule import Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_says_why_shows_an_example_and_what_to_do(rule: Rule) -> None:
    text = page(rule.id, [rule.id], PAGES)
    title, holds, level, rest = text.split("\n\n", 3)
    assert title == f"# {rule.id}"
    assert holds == f"{rule.title}."
    assert level == f"Level: {rule.level}."
    assert re.findall(r"^## (.+)$", rest, re.MULTILINE) == ["Why", "Example", "What to do"]
    assert re.search(r"^```diff\n(?:.*\n)*?```$", rest, re.MULTILINE)
    assert all(len(line) <= 120 for line in text.splitlines())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_page_has_a_rule() -> None:
    assert {path.name for path in (ROOT / PAGES).glob("*.md")} - {INDEX} == {f"{rule.id}.md" for rule in RULES}


def test_names_are_unique_among_all_rules() -> None:
    names = [*(rule.id for rule in RULES), *(rule.id for rule in CHECKED)]
    assert len(set(names)) == len(names)
