"""Commands of the documentation that reach beyond this machine, which run here against what stands in for the rest.

CONTRIBUTING.md lists them all, with what is missing here and what they are run against: the list is exact.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from clusterwright.update.run import PROPOSED
from tests.bootstrap_harness.world import World
from tests.conftest import ROOT, Template, commit, git
from tests.docs.conftest import run
from tests.docs.git_host import TOKEN, git_host
from tests.docs.pages import CLUSTER, GIT_HOST, STAND_INS, noted
from tests.marks import needs_jq
from tests.toolkit.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.docs.pages import Block

QUESTION = re.compile(r"Type (\S+) to go on: ")
SAVED = ("store.snapshot", "platform-ca.json", "states.json", "seal-key", "state-passphrase")


def parameters(found: Sequence[tuple[str, Block]]) -> list[Any]:
    """The text of each block, with its page and first command as the name of its test."""
    return [pytest.param(block.text, id=f"{page}: {next(block.lines)}") for page, block in found]


def typed(commands: str, world: World, shell: dict[str, str]) -> str:
    """Types commands at a machine with stand-ins for all tools, and what they ask for; returns what is seen."""
    found = world.variables
    found["PATH"] = f"{found['PATH']}:{shell['PATH']}"
    with Terminal(["bash", "-euo", "pipefail", "-c", commands], world.repository, found) as terminal:
        code = terminal.answer(QUESTION)
        assert code == 0, terminal.text
        return terminal.text


@pytest.fixture(scope="session")
def platform_of_stand_ins(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A machine on which the tutorial was followed up to `bootstrap/up`."""
    folder = tmp_path_factory.mktemp("beyond")
    world = World(folder / "world", sources.render({}, folder / "platform"))
    (text,) = {block.text for _, block in noted(STAND_INS) if "bootstrap/up" in block.text}
    assert "hand-over" in typed(text, world, {"PATH": ""})
    assert world.state["applied"] == ["git bootstrapping", "secrets", "users", "git"]
    return world


@needs_jq
@pytest.mark.parametrize("text", parameters(noted(STAND_INS)))
def test_what_starts_or_changes_a_cluster_runs_with_stand_ins(
    platform_of_stand_ins: World, shell: dict[str, str], tmp_path: Path, text: str
) -> None:
    repository = shutil.copytree(platform_of_stand_ins.repository, tmp_path / "platform")
    world = platform_of_stand_ins.copy(tmp_path / "world", repository)
    if "bootstrap/recover" in text:
        saved = tmp_path / "before-the-upgrade"
        saved.mkdir()
        for name in SAVED:
            (saved / name).write_text("saved")
        world.change(made={})
    assert typed(text, world, shell)


@pytest.mark.parametrize("text", parameters([one for one in noted(GIT_HOST) if "--propose" not in one[1].text]))
def test_a_report_becomes_a_comment_at_a_git_host(platform: Path, shell: dict[str, str], text: str) -> None:
    commit(platform, "Change nothing")
    with git_host() as host:
        pipeline = {
            "CLUSTERWRIGHT_TOKEN": TOKEN,
            "GITHUB_API_URL": host.url,
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_REPOSITORY": "acme/gitops",
        }
        run(text, platform, {**shell, **pipeline})
    ((path, comment),) = host.written
    assert path == "/repos/acme/gitops/issues/7/comments"
    assert comment["body"].startswith("<!-- clusterwright review -->\n")


@pytest.mark.parametrize("text", parameters([one for one in noted(GIT_HOST) if "--propose" in one[1].text]))
def test_an_update_becomes_a_pull_request_at_a_git_host(
    template: Template, shell: dict[str, str], tmp_path: Path, text: str
) -> None:
    mine = template.clone(tmp_path / "template")
    made = mine.render({}, tmp_path / "platform")
    commit(made, "Begin")
    git(tmp_path, "clone", "--quiet", "--bare", str(made), "origin.git")
    git(made, "remote", "add", "origin", str(tmp_path / "origin.git"))
    (mine.path / "template/docs/new.md").write_text("# New\n")
    commit(mine.path, "Release", "v999.1.0")
    with git_host() as host:
        run(text, made, {**shell, "CLUSTERWRIGHT_TOKEN": TOKEN, "GITHUB_API_URL": host.url})
    ((path, pull),) = host.written
    assert path.endswith("/pulls")
    assert (pull["head"], pull["base"]) == (PROPOSED, "main")
    assert "docs/new.md" in git(tmp_path / "origin.git", "ls-tree", "-r", "--name-only", PROPOSED).splitlines()


def test_contributing_lists_exactly_the_commands_that_reach_beyond_this_machine() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Commands in the documentation\n")[2]
    listed = re.findall(r"^\| `([^`]+)` \| \S[^|]* \| \S[^|]* \|$", section.partition("\n## ")[0], re.MULTILINE)
    there = {line for note in (STAND_INS, GIT_HOST, CLUSTER) for _, block in noted(note) for line in block.lines}
    assert sorted(listed) == sorted(there)
