"""Every rule has a page of one shape, every page has a rule, and what is made from the rules is current."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clusterwright.check.explain import INDEX, page, table, url
from clusterwright.check.registry import RULES
from clusterwright.errors import UserError
from tests.check.generated import PAGES, targets

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.check.rule import Rule

EVERY = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
SECTIONS = ["Why", "Wrong", "Right"]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@EVERY
def test_a_page_says_what_holds_why_and_how_it_is_done_right(rule: Rule) -> None:
    text = page(rule.id, [rule.id])
    title, holds, severity, rest = text.split("\n\n", 3)
    assert title == f"# {rule.id}"
    assert re.search(r"\.$", holds)
    assert severity == f"Severity: {rule.severity}."
    headings = re.findall(r"^## (.+)$", rest, re.MULTILINE)
    assert headings in (SECTIONS, [*SECTIONS, "When not to"])
    assert len(FENCE.findall(rest)) >= 2
    assert all(len(line) <= 120 for line in text.splitlines() if "](" not in line)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_page_has_a_rule() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {INDEX.removesuffix(".md")} == {rule.id for rule in RULES}


@pytest.mark.parametrize("path", targets(), ids=lambda path: path.name)
def test_what_is_made_from_the_rules_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == targets()[path], "write it anew with `nox -s rules`"


def test_a_rule_that_is_none_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UserError, match=r"^--explain: there is no rule 'app-pat': did you mean \"app-path\"\?$"):
        page("app-pat", ["app-path"])


def test_the_table_has_a_line_for_each_rule() -> None:
    lines = table(RULES).splitlines()
    assert len(lines) == len(RULES)
    assert "yaml-duplicate-key" in lines[1]
    assert lines[1].endswith("  error    No key is given twice in a mapping (fixable)")
    width = max(len(rule.id) for rule in RULES)
    assert [line[width : width + 2] for line in lines] == ["  "] * len(RULES)
    assert [line[width + 2 :].split()[0] for line in lines] == [rule.severity for rule in RULES]


def test_a_page_has_an_address() -> None:
    assert url("app-path").startswith("https://github.com/clusterwright/clusterwright/blob/v")
    assert url("app-path").endswith("/docs/rules/app-path.md")
