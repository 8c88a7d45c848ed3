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


def test_every_report_links_the_map_that_is_named(changed: Workshop, capfd: pytest.CaptureFixture[str]) -> None:
    page, folder = "https://git.example.com/acme/-/jobs/7/artifacts/file/map.html", changed.root.parent
    names = [str(folder / name) for name in ("review.md", "review.html", "review.json")]
    assert main(["review", "HEAD", "--map", page, *(part for name in names for part in ("--output", name))]) == 0
    assert capfd.readouterr().out.splitlines()[2] == f"This change on the map: {page}"
    assert f"\n\n[This change on the map]({page})\n\n" in (folder / "review.md").read_text("utf-8")
    assert f'<a href="{page}">This change on the map</a>' in (folder / "review.html").read_text("utf-8")
    assert json.loads((folder / "review.json").read_text("utf-8"))["map"] == page


@pytest.mark.usefixtures("changed")
def test_without_a_map_nothing_is_linked(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "HEAD", "--map", ""]) == 0
    assert "map" not in capfd.readouterr().out


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("link", ["javascript:alert(1)", "map).html", 'map.html"', "a map.html", "https://", "a\nb"])
def test_what_is_no_link_is_refused(link: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "HEAD", "--map", link]) == 2
    assert capfd.readouterr().err.endswith("is no link; give a path, or an address that begins with https://\n")


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
