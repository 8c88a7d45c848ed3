"""`clusterwright update`: a branch with the next version, checked, with a pull request's text; nothing else changes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterwright.cli import main
from clusterwright.propose import hosts, send
from clusterwright.update.run import PROPOSED
from tests.conftest import NOBODY, commit, git
from tests.update import tiny

if TYPE_CHECKING:
    from collections.abc import Iterator

BRANCH = "clusterwright/update-v1.1.0"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    folder = tmp_path / "template"
    folder.mkdir()
    tiny.release(folder, {**tiny.FILES}, "v1.0.0")
    return folder


@pytest.fixture
def platform(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A platform from v1.0.0, where v1.1.0 is there already."""
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)
    made = tiny.platform(template, tmp_path / "platform")
    tiny.release(template, {**tiny.RAISED}, "v1.1.0")
    return made


def show(platform: Path, path: str) -> str:
    return git(platform, "show", f"{BRANCH}:{path}")


def test_an_update_is_a_branch_and_nothing_else(platform: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tiny.state(platform)
    assert main(["update", str(platform)]) == 0
    said = capfd.readouterr().out
    assert tiny.state(platform) == before
    assert git(platform, "rev-list", "--count", f"HEAD..{BRANCH}") == "1"
    assert "targetRevision: 2.4.2" in show(platform, "registry/clusters/east/loki.yaml")
    assert "line three" in show(platform, "bootstrap/up")
    assert git(platform, "ls-tree", BRANCH, "bootstrap/up").startswith("100755 ")
    names = git(platform, "ls-tree", "-r", "--name-only", BRANCH).splitlines()
    assert "docs/new.md" in names
    assert "docs/old.md" not in names
    assert "_commit: v1.1.0" in show(platform, ".copier-answers.yml")
    assert git(platform, "log", "-1", "--format=%s|%an", BRANCH) == (
        "Update the platform from Clusterwright v1.0.0 to v1.1.0|Test"
    )
    assert said.splitlines()[0] == "Clusterwright v1.0.0 -> v1.1.0"
    assert "    - Loki reads its data anew: the first start takes an hour.\n" in said
    assert "Whose changes these are, by what the template renders\n  the template's: " in said
    assert "Conflicts (0)\n" in said
    assert f"Made the branch {BRANCH}; you are where you were." in said


def test_the_branch_is_what_copier_update_makes(platform: Path, tmp_path: Path) -> None:
    from copier import run_update

    git(tmp_path, "clone", "--quiet", str(platform), "theirs")
    run_update(tmp_path / "theirs", defaults=True, overwrite=True, quiet=True)
    commit(tmp_path / "theirs", "Theirs")
    assert main(["update", str(platform)]) == 0
    assert git(platform, "rev-parse", f"{BRANCH}^{{tree}}") == git(tmp_path / "theirs", "rev-parse", "HEAD^{tree}")


def test_the_pull_requests_text_is_written_where_git_does_not_see_it(platform: Path) -> None:
    assert main(["update", str(platform)]) == 0
    text = (platform / ".git/clusterwright-update.md").read_text("utf-8")
    assert text.startswith(
        "Updates the platform from Clusterwright v1.0.0 to v1.1.0.\n\n### Upgrade notes\n\n**1.1.0**\n"
    )
    assert "`clusterwright check`: 0 errors, " in text
    assert "`~ Application loki`" in text
    assert "<summary>What is new</summary>\n\n**1.1.0**\n\n- Loki is raised." in text
    assert "Unreleased" not in text


def test_a_preview_makes_no_branch(platform: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "--preview", str(platform)]) == 0
    assert "spec.source.targetRevision: 2.4.1 -> 2.4.2" in capfd.readouterr().out
    assert git(platform, "branch", "--format=%(refname:short)") == "main"
    assert not (platform / ".git/clusterwright-update.md").exists()


def test_conflicts_are_on_the_branch_and_in_one_list_at_the_end(
    platform: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    script = platform / "bootstrap/up"
    script.write_text(script.read_text("utf-8").replace("line 3\n", "line 3!\n").replace("line 15\n", "line 15!\n"))
    (platform / "docs/old.md").write_text("# Old, and mine\n")
    commit(platform, "Mine")
    assert main(["update", str(platform)]) == 1
    said = capfd.readouterr().out
    listed = (
        "Conflicts (2)\n"
        "  bootstrap/up: you and the template changed the same lines; both are between marks\n"
        "  docs/old.md: you changed it and the template removed it; yours is kept\n"
    )
    assert listed in said
    assert said.index(listed) > said.index("Not checked")
    assert "<<<<<<< before updating\necho line 3!\n=======\necho line three\n>>>>>>> after" in show(
        platform, "bootstrap/up"
    )
    assert "line 15!" in show(platform, "bootstrap/up")
    assert show(platform, "docs/old.md") == "# Old, and mine"
    text = (platform / ".git/clusterwright-update.md").read_text("utf-8")
    assert "- [ ] `bootstrap/up`: you and the template changed the same lines" in text


def test_edits_that_merge_are_named(platform: Path, capfd: pytest.CaptureFixture[str]) -> None:
    script = platform / "bootstrap/up"
    script.write_text(script.read_text("utf-8").replace("line 15\n", "line 15!\n"))
    commit(platform, "Mine")
    assert main(["update", str(platform)]) == 0
    assert "Edited by you, and kept, in files of the template (1)\n  bootstrap/up\n" in capfd.readouterr().out


def test_files_of_the_user_move_along_with_what_they_are_for(
    template: Path, platform: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mine = platform / "infrastructure/git/local_mine.tf"
    mine.parent.mkdir(parents=True)
    mine.write_text("# mine\n")
    commit(platform, "Mine")
    moved = 'moved:\n  "infrastructure/git/local_*.tf": "infrastructure/host/local_*.tf"\n'
    tiny.release(template, {"template/.clusterwright.yaml.jinja": tiny.SETTINGS + moved}, "v1.2.0")
    assert main(["update", "--branch", "next", str(platform)]) == 0
    names = git(platform, "ls-tree", "-r", "--name-only", "next", "infrastructure").splitlines()
    assert names == ["infrastructure/host/local_mine.tf"]
    assert "  infrastructure/git/local_mine.tf -> infrastructure/host/local_mine.tf\n" in capfd.readouterr().out


def test_a_version_can_be_named(template: Path, platform: Path) -> None:
    tiny.release(template, {"template/docs/more.md": "# More\n"}, "v1.2.0")
    assert main(["update", "--to", "1.1.0", str(platform)]) == 0
    assert "_commit: v1.1.0" in show(platform, ".copier-answers.yml")


def test_without_a_newer_version_there_is_nothing_to_do(
    template: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tiny.release(template, {**tiny.RAISED}, "v1.1.0")
    newest = tiny.platform(template, tmp_path / "newest", "v1.1.0")
    assert main(["update", str(newest)]) == 0
    assert capfd.readouterr().out == "Up to date.\n"
    assert main(["update", "--to", "v1.0.0", str(newest)]) == 2
    assert capfd.readouterr().err == (
        "clusterwright: --to: v1.0.0 is older than v1.1.0, which this is; an update does not go back\n"
    )


def test_a_platform_inside_a_larger_repository_is_updated_alone(template: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    made = tiny.platform(template, tmp_path / "made")
    (made / ".git").rename(tmp_path / "gone")
    made.rename(whole / "platform")
    (whole / "elsewhere.txt").write_text("mine\n")
    commit(whole, "Begin")
    tiny.release(template, {**tiny.RAISED}, "v1.1.0")
    assert main(["update", str(whole / "platform")]) == 0
    changed = git(whole, "diff", "--name-only", "HEAD", BRANCH).splitlines()
    assert "platform/bootstrap/up" in changed
    assert all(path.startswith("platform/") for path in changed)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda path: (path / "new.txt").write_text("x"),
            "new.txt: not committed; commit or remove it first, an update starts from a clean tree",
        ),
        (
            lambda path: (path / "fleet.yaml").write_text("x: 1\n"),
            "fleet.yaml: not committed; commit or remove it first, an update starts from a clean tree",
        ),
        (
            lambda path: git(path, "branch", BRANCH),
            f"branch {BRANCH}: it is there already; delete it, or name another with --branch",
        ),
    ],
)
def test_what_could_be_lost_is_refused(
    platform: Path, capfd: pytest.CaptureFixture[str], spoil: object, message: str
) -> None:
    assert callable(spoil)
    spoil(platform)
    before = tiny.state(platform)
    assert main(["update", str(platform)]) == 2
    assert capfd.readouterr().err == f"clusterwright: {message}\n"
    assert tiny.state(platform) == before


def test_an_unknown_version_is_refused_with_those_that_there_are(
    platform: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["update", "--to", "3.0.0", str(platform)]) == 2
    assert capfd.readouterr().err == (
        "clusterwright: --to: the template has no version 3.0.0; the newest releases: v1.0.0, v1.1.0\n"
    )


def test_a_folder_that_is_no_platform_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["update", str(tmp_path)]) == 2
    assert ".copier-answers.yml with a template and a version is missing" in capfd.readouterr().err


def delays() -> Iterator[float]:
    yield from (0.2, 0.6, 1.0, 1.5, 2.2, 3.0)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_whenever_it_is_ended_the_branch_is_as_it_was(platform: Path, number: signal.Signals) -> None:
    before = tiny.state(platform)
    command = [str(Path(sys.executable).with_name("clusterwright")), "update", str(platform)]
    for delay in delays():
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(number)
        process.wait()
        assert tiny.state(platform) == before
        made = git(platform, "for-each-ref", "--format=%(refname:short)", "refs/heads/clusterwright")
        if made:
            assert "_commit: v1.1.0" in show(platform, ".copier-answers.yml")
            git(platform, "fsck", "--connectivity-only", "--no-dangling")
            git(platform, "branch", "--delete", "--force", BRANCH)
    assert main(["update", str(platform)]) == 0


@pytest.fixture
def origin(platform: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[hosts.Request]]:
    """The repository behind the platform, and what its git host is asked."""
    git(tmp_path, "clone", "--quiet", "--bare", str(platform), "origin.git")
    git(platform, "remote", "add", "origin", str(tmp_path / "origin.git"))
    asked: list[hosts.Request] = []

    def call(request: hosts.Request, _: str) -> object:
        asked.append(request)
        opened = any(one.method == "POST" for one in asked[:-1])
        pull = {"number": 9, "head": {"ref": PROPOSED}, "html_url": "https://git.acme.dev/pulls/9"}
        return pull if request.method != "GET" else [pull] if opened else []

    monkeypatch.setenv("CLUSTERWRIGHT_TOKEN", "a-token")
    monkeypatch.setattr(send, "call", call)
    to = hosts.Host("github", "https://git.acme.dev/api", "acme", "gitops", "main")
    monkeypatch.setattr(hosts, "host", lambda *_: to)
    return tmp_path / "origin.git", asked


def test_a_pipeline_opens_one_pull_request_and_renews_it(
    template: Path,
    platform: Path,
    origin: tuple[Path, list[hosts.Request]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    remote, asked = origin
    before = tiny.state(platform)
    assert main(["update", "--propose", str(platform)]) == 0
    assert capfd.readouterr().out.endswith("\n\nhttps://git.acme.dev/pulls/9\n")
    assert tiny.state(platform) == before
    assert [one.method for one in asked] == ["GET", "POST"]
    assert asked[-1].body["title"] == "Update the platform from Clusterwright v1.0.0 to v1.1.0"
    assert "### Upgrade notes" in asked[-1].body["body"]

    assert main(["update", "--propose", str(platform)]) == 0
    assert capfd.readouterr().out.endswith("\n\nIts pull request is as it should be.\n")
    assert len(asked) == 2

    tiny.release(template, {"template/docs/more.md": "# More\n"}, "v1.2.0")
    assert main(["update", "--propose", str(platform)]) == 0
    assert [one.method for one in asked[2:]] == ["GET", "PATCH"]
    assert git(remote, "rev-list", "--count", f"main..{PROPOSED}") == "1"
    assert git(remote, "show", f"{PROPOSED}:docs/more.md") == "# More"


def test_a_pull_request_that_people_have_committed_to_is_theirs(
    template: Path,
    platform: Path,
    tmp_path: Path,
    origin: tuple[Path, list[hosts.Request]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    remote, _ = origin
    assert main(["update", "--propose", str(platform)]) == 0
    git(tmp_path, "clone", "--quiet", "--branch", PROPOSED, str(remote), "theirs")
    (tmp_path / "theirs/docs/new.md").write_text("# Mine\n")
    commit(tmp_path / "theirs", "Settle it")
    git(tmp_path / "theirs", "push", "--quiet", "origin", PROPOSED)
    held = git(remote, "rev-parse", PROPOSED)
    tiny.release(template, {"template/docs/more.md": "# More\n"}, "v1.2.0")
    capfd.readouterr()
    assert main(["update", "--propose", str(platform)]) == 2
    assert capfd.readouterr().err == (
        f"clusterwright: branch {PROPOSED}: people have committed to it; merge or delete it, and it is made anew\n"
    )
    assert git(remote, "rev-parse", PROPOSED) == held
