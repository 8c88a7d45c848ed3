"""A release is committed and tagged once all is green, and leaves nothing otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml

from clusterwright import git
from clusterwright.errors import Stop, Unfinished, UserError
from clusterwright.update.notes import notes
from release import text
from release.__main__ import main
from release.run import release
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2030, 1, 2)
FIRST = "a" * 40
FILES = {
    "hooks/clusterwright/__init__.py": '"""The toolkit."""\n\n__version__ = "1.0.0"\n',
    "questions/computed.yml": "cw_version:\n  type: str\n  when: false\n  default: 1.0.0\n",
    "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n- Faster.\n\n## 1.0.0 (2029-01-01)\n\n- The first one.\n",
    "docs/first-hour.md": "Made my-platform: 3 components, from Clusterwright v1.0.0.\n",
    "docs/tutorial.md": "You see:\n\nMade my-platform: 3 components, from Clusterwright v1.0.0.\n\nNext: 1.0.0\n",
    "releases.yaml": f'- version: 1.0.0\n  commit: {FIRST}\n  charts:\n    loki: "1.2.3"\n',
    "catalogue.yaml": 'openbao: {chart: {version: "0.30.0"}}\ngateway: {}\ncert-manager: {chart: {version: v2.0.0}}\n',
}
GREEN = (("compileall", "-q", "questions"),)
RED = (("json.tool", "CHANGELOG.md"),)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A template that was released once."""
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    git.first_commit(tmp_path, "main", "Begin")
    for key, value in git.NOBODY:
        git.tell(tmp_path, "config", key, value)
    return tmp_path


def state(root: Path) -> tuple[str, ...]:
    """All that a release may change."""
    asked = (("rev-parse", "HEAD"), ("tag",), ("status", "--porcelain"), ("worktree", "list"), ("branch", "--list"))
    return tuple(git.tell(root, *one) for one in asked)


def test_a_release_is_two_commits_and_a_tag_on_the_first(repository: Path) -> None:
    begin = git.tell(repository, "rev-parse", "HEAD").strip()
    release(repository, "1.1.0", DAY, GREEN, GREEN)
    assert git.tell(repository, "log", "--format=%s", f"{begin}..HEAD").split("\n")[:2] == [
        "Know 1.1.0",
        "Release 1.1.0",
    ]
    tagged = git.tell(repository, "rev-parse", "v1.1.0^{commit}").strip()
    assert tagged == git.tell(repository, "rev-parse", "HEAD^").strip()
    assert yaml.safe_load((repository / "releases.yaml").read_text("utf-8"))[1:] == [
        {"version": "1.1.0", "commit": tagged, "charts": {"cert-manager": "v2.0.0", "openbao": "0.30.0"}}
    ]
    _, tags, changed, places, branches = state(repository)
    assert (tags, changed, places.count("\n"), branches) == ("v1.1.0\n", "", 1, "* main\n")


def test_it_writes_the_version_wherever_it_stands(repository: Path) -> None:
    release(repository, "1.1.0", DAY, (), ())
    written = {name: (repository / name).read_text("utf-8") for name in FILES}
    assert '__version__ = "1.1.0"\n' in written["hooks/clusterwright/__init__.py"]
    assert "  default: 1.1.0\n" in written["questions/computed.yml"]
    assert written["docs/first-hour.md"].endswith(", from Clusterwright v1.1.0.\n")
    assert written["docs/tutorial.md"].endswith(", from Clusterwright v1.1.0.\n\nNext: 1.0.0\n")
    assert "\n## 1.1.0 (2030-01-02)\n\n- Faster.\n\n## 1.0.0 (2029-01-01)\n" in written["CHANGELOG.md"]


def test_update_finds_the_section_that_a_release_makes() -> None:
    dated = text.changelog(FILES["CHANGELOG.md"], "1.1.0", DAY)
    assert [(one.version, one.text) for one in notes(dated, [1, 0, 0], [1, 1, 0])] == [("1.1.0", "- Faster.")]


def test_a_red_check_leaves_nothing_behind(repository: Path) -> None:
    before = state(repository)
    for prepare, checks in ((RED, GREEN), (GREEN, RED)):
        with pytest.raises(Unfinished, match=r"^json.tool: ended with 1; nothing is released$"):
            release(repository, "1.1.0", DAY, prepare, checks)
        assert state(repository) == before


def test_a_check_that_changes_files_is_red(repository: Path) -> None:
    before = state(repository)
    with pytest.raises(Unfinished, match=r"^a.zip: the checks changed it; nothing is released$"):
        release(repository, "1.1.0", DAY, (), (("zipfile", "-c", "a.zip", "CHANGELOG.md"),))
    assert state(repository) == before


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("1.0.0", "1.0.0: not newer than 1.0.0, which this is; give a higher one"),
        ("0.9.9", "0.9.9: not newer than 1.0.0, which this is; give a higher one"),
        ("1.1", "1.1: no version; give three numbers, such as 1.2.3"),
        ("v1.1.0", "v1.1.0: no version; give three numbers, such as 1.2.3"),
        ("2.0.0", "v2.0.0: this tag exists; give another version"),
    ],
)
def test_a_version_that_cannot_be_next_is_refused(repository: Path, version: str, line: str) -> None:
    git.tell(repository, "tag", "v2.0.0")
    assert refusal(repository, version) == line


def test_a_tree_with_changes_is_refused(repository: Path) -> None:
    (repository / "notes.txt").write_text("mine\n", "utf-8")
    assert refusal(repository) == "notes.txt: not committed; commit or remove what changed"


def test_another_branch_is_refused(repository: Path) -> None:
    git.tell(repository, "switch", "--quiet", "--create", "next")
    assert refusal(repository) == "next: releases are made on main; switch to it"


def test_a_changelog_that_says_nothing_is_refused(repository: Path) -> None:
    (repository / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n## 1.0.0 (2029-01-01)\n", "utf-8")
    git.commit(repository, "Say nothing")
    assert refusal(repository) == (
        "CHANGELOG.md: nothing is under `## Unreleased`; say there what is new, and commit it"
    )


def test_a_branch_that_moved_during_the_checks_keeps_what_it_got(repository: Path) -> None:
    commit = ("-C", str(repository), "commit", "--quiet", "--allow-empty", "--message=Meanwhile")
    (repository / "meanwhile.py").write_text(
        f"import subprocess\nsubprocess.run(['git', *{commit}], check=True)\n", "utf-8"
    )
    git.commit(repository, "Add what somebody else does")
    with pytest.raises(Unfinished, match=r"^main: it moved or changed meanwhile; nothing is released, begin again$"):
        release(repository, "1.1.0", DAY, (), (("meanwhile",),))
    assert git.tell(repository, "log", "-1", "--format=%s") == "Meanwhile\n"
    assert state(repository)[1:3] == ("", "")


def test_the_command_says_what_is_wrong_on_one_line(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository)
    assert main(["1.0.0"]) == UserError.code
    assert capfd.readouterr().err == "release: 1.0.0: not newer than 1.0.0, which this is; give a higher one\n"


def test_it_knows_where_this_repository_names_its_version() -> None:
    version = text.current((ROOT / "hooks/clusterwright/__init__.py").read_text("utf-8"))
    computed = (ROOT / "questions/computed.yml").read_text("utf-8")
    assert text.template(computed, version) == computed


def test_entries_look_as_those_that_are_there() -> None:
    kept = (ROOT / "releases.yaml").read_text("utf-8")
    last = yaml.safe_load(kept)[-1]
    catalogue = {name: {"chart": {"version": version}} for name, version in last["charts"].items()}
    assert kept.endswith(text.entry(last["version"], last["commit"], catalogue))


def refusal(root: Path, version: str = "1.1.0") -> str:
    """What a release is refused with; it changes nothing."""
    before = state(root)
    with pytest.raises(Stop) as stopped:
        release(root, version, DAY, GREEN, GREEN)
    assert state(root) == before
    return str(stopped.value)
