"""The generated pages of the documentation: they tell all that their sources do."""

from __future__ import annotations

import re

import pytest
import yaml

from clusterwright.cli import VERBS
from reference import catalogue, commands, questions
from reference.pages import pages
from tests.conftest import ROOT
from tests.template.questions import questions as every_question

DOCS = ROOT / "docs"


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml."""


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ (.*)$", text, re.MULTILINE)


def written() -> list[str]:
    """The pages that people wrote, by their paths below docs/."""
    return sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))


def test_every_question_that_is_asked_is_told_once() -> None:
    asked = [f"`{name}`" for name, one in every_question().items() if one.get("when") is not False]
    found = [title for title in headings(questions.page()) if title.startswith("`")]
    assert sorted(found) == sorted(asked)


def test_a_question_shows_its_choices_its_default_and_when_it_is_asked() -> None:
    page = questions.page()
    part = page[page.index("### `kyverno_mode`") : page.index("### `backup_bucket`")]
    assert "- Default: `audit`\n- Asked when `'kyverno' in components`\n- Choices: `audit`, `enforce`" in part
    assert "| `k3d` | on this machine, in containers; no account needed |" in page


def test_every_component_is_told_with_its_chart() -> None:
    page = catalogue.page()
    for name, one in catalogue.components().items():
        assert f"## {name}" in page
        if "chart" in one:
            assert f"`{one['chart']['name']}` `{one['chart']['version']}`" in page


def test_every_command_explains_itself_within_eighty_columns() -> None:
    told = dict(commands.explained())
    assert {f"clusterwright {verb}" for verb in VERBS} <= told.keys()
    assert "clusterwright app promote" in told
    assert max(len(line) for text in told.values() for line in text.splitlines()) <= 80


def test_every_key_of_the_fleet_has_a_row() -> None:
    page = pages()["reference/fleet.md"]
    for key in ("`environments`", "`adopt`", "`ca_certificate`", "`rings`"):
        assert f"| {key} |" in page
    assert "## clusters.adopt" in page


def test_every_page_is_found_from_the_navigation_or_an_index() -> None:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Settings)  # noqa: S506 - a SafeLoader
    reached = set(re.findall(r"[\w/-]+\.md", str(settings["nav"]))) | {
        str((DOCS / name).parent.relative_to(DOCS) / link)
        for name in written()
        for link in re.findall(r"\]\((?!https?:)([\w./-]+\.md)", (DOCS / name).read_text(encoding="utf-8"))
    }
    resolved = {str((DOCS / one).resolve().relative_to(DOCS.resolve())) for one in reached}
    assert set(written()) <= resolved
    assert resolved <= {*written(), *pages()}


@pytest.mark.parametrize("path", sorted(pages()))
def test_no_table_is_broken_by_what_it_tells(path: str) -> None:
    width = 0
    for line in pages()[path].splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not width or not cells or cells == width, line
        width = cells
