"""`clusterwright review` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clusterwright.cli import main
from tests.review.garden import FILES, LOKI

if TYPE_CHECKING:
    from tests.review.conftest import Workshop


@pytest.fixture
def changed(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    workshop.commit(FILES)
    workshop.edit(LOKI, "prune: true", "prune: false")
    monkeypatch.chdir(workshop.root)
    return workshop


@pytest.mark.usefixtures("changed")
def test_attention_fails_only_if_that_is_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "HEAD"]) == 0
    assert capfd.readouterr().out.startswith("Needs attention: 1 caution\n")
    assert main(["review", "HEAD", "--fail-on", "attention"]) == 1


def test_what_needs_no_attention_does_not_fail(changed: Workshop) -> None:
    changed.edit(LOKI, "prune: false", "prune: true")
    changed.edit(LOKI, "2.4.1", "2.4.2")
    assert main(["review", "HEAD", "--fail-on", "attention"]) == 0


def test_several_reports_are_written_at_once(changed: Workshop, capfd: pytest.CaptureFixture[str]) -> None:
    names = ["review.md", "review.html", "review.json", "review.txt"]
    folder = changed.root.parent
    assert main(["review", "HEAD", *(part for name in names for part in ("--output", str(folder / name)))]) == 0
    text = capfd.readouterr().out
    assert (folder / "review.txt").read_text("utf-8") == text
    assert (folder / "review.md").read_text("utf-8").startswith("<!-- clusterwright review -->\n")
    assert (folder / "review.html").read_text("utf-8").startswith("<!doctype html>\n")
    assert json.loads((folder / "review.json").read_text("utf-8"))["verdict"] == "attention"


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "BASE: say what to compare with, such as origin/main"),
        (
            ["HEAD", "--output", "x.pdf"],
            "--output: x.pdf has no ending that says what to write; use .txt, .md, .html, .json",
        ),
        (["nothing"], "nothing: there is no such commit here; fetch it first"),
        (["--explain", "prune-change"], "--explain: there is no rule 'prune-change': did you mean \"prune-changed\"?"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", *arguments]) == 2
    assert capfd.readouterr().err == f"clusterwright: {message}\n"


def test_a_rule_is_explained(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--explain", "state-address"]) == 0
    assert capfd.readouterr().out.startswith("# state-address\n\nA resource leaves a state without a word.\n")


def test_the_rules_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--rules"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "application-removed     danger   An Application is deleted"
    assert len(lines) == 29
