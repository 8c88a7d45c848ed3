"""`clusterwright map` as people see it."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from clusterwright import cli
from clusterwright.map import graphviz
from clusterwright.map.insertion import BEGIN, END
from tests.conftest import commit
from tests.map.fleet import fleet
from tests.order.conftest import SETTINGS, application

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write

FILES = {
    **SETTINGS,
    "root.yaml": application("root", "apps"),
    "apps/a.yaml": application("metrics", "a", chart="metrics"),
}
OUTLINE = """\
gitops: 1 cluster, 2 Applications

in-cluster  (Argo CD runs here)
  metrics 1.0.0
"""


def said(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main(["map", *map(str, arguments)])
    return (code, *capfd.readouterr())


def test_it_prints_an_outline_of_the_current_folder(
    write: Write, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(FILES))
    assert said(capfd) == (0, OUTLINE, "")


def test_each_output_is_what_its_ending_says(write: Write, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    names = [tmp_path / f"map.{ending}" for ending in ("html", "svg", "mmd", "json", "txt")]
    assert said(capfd, write(FILES), *(part for one in names for part in ("--output", one))) == (0, "", "")
    begins = ["<!doctype html>", "<svg ", "flowchart LR", '{\n  "version": 1,', "gitops: 1 cluster"]
    for name, begin in zip(names, begins, strict=True):
        assert name.read_text("utf-8").startswith(begin)


def test_json_holds_it_all(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capfd, "--format", "json", write(fleet(2)))
    found = json.loads(out)
    assert (code, found["version"], found["name"]) == (0, 1, "gitops")
    assert [one["name"] for one in found["clusters"]] == ["management", "production-002", "staging-001"]


def test_wrong_use_is_2_one_line_and_writes_nothing(
    write: Write, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(FILES)
    assert said(capfd, "/nowhere") == (2, "", "clusterwright: /nowhere: no such folder\n")
    wrong = (
        "clusterwright: --output: map.pdf has no ending that says what to write; use .txt, .mmd, .svg, .html, .json\n"
    )
    assert said(capfd, root, "--output", "map.pdf") == (2, "", wrong)
    graphviz._engine.cache_clear()  # noqa: SLF001 - what is found is kept for the whole run
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    code, _, error = said(capfd, root, "--output", tmp_path / "map.mmd", "--output", tmp_path / "map.svg")
    assert (code, error.count("\n")) == (2, 1)
    assert "install clusterwright[map]" in error
    assert not [*tmp_path.glob("map.*")]
    assert said(capfd, root) == (0, OUTLINE, "")


def test_a_change_is_marked_since_its_base(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    root = write(FILES)
    commit(root)
    (root / "apps/a.yaml").write_text(application("metrics", "a", chart="other"), "utf-8")
    assert said(capfd, root, "--diff", "HEAD") == (
        0, "gitops: 1 cluster, 2 Applications\n~ 1 changed\n\nin-cluster  (Argo CD runs here)\n  ~ metrics 1.0.0\n", ""
    )  # fmt: skip
    assert said(capfd, root, "--diff", "gone") == (
        2, "", "clusterwright: gone: there is no such commit here; fetch it first\n"
    )  # fmt: skip


def test_the_map_in_a_markdown_file_is_drawn_and_checked_and_nothing_else_in_it_is_touched(
    write: Write, capfd: pytest.CaptureFixture[str]
) -> None:
    root = write(
        {**FILES, "README.md": "# Shop\r\n<!-- clusterwright map -->\r\nold\r\n<!-- end of map -->\r\nEnd\r\n"}
    )
    readme = root / "README.md"
    stale = f"{readme}: another map than the repository; run `clusterwright map --insert {readme}`\n"
    assert said(capfd, root, "--insert", readme, "--check") == (1, stale, "")
    assert said(capfd, root, "--insert", readme) == (0, "", "")
    assert said(capfd, root, "--insert", readme, "--check") == (0, "", "")
    drawn = readme.read_bytes().decode()
    assert drawn.startswith("# Shop\r\n<!-- clusterwright map -->\r\n```mermaid\r\nflowchart LR\r\n")
    assert drawn.endswith("\r\n```\r\n<!-- end of map -->\r\nEnd\r\n")
    assert "metrics<br>1.0.0" in drawn


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--insert", "gone.md"], "--insert: gone.md: no such file"),
        (
            ["--insert", "plain.md"],
            f"--insert: plain.md has no place for the map; write these two lines there: {BEGIN} and {END}",
        ),
        (
            ["--insert", "plain.md", "--diff", "main"],
            "--insert: keeps the map in one file; leave out --output and --diff",
        ),
        (["--check"], "--check: looks at the map in a file; say which with --insert FILE"),
    ],
)
def test_a_file_without_a_place_for_the_map_is_one_line(
    write: Write, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(write({**FILES, "plain.md": "# Shop\n"}))
    assert said(capfd, *arguments) == (2, "", f"clusterwright: {message}\n")
