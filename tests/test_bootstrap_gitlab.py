"""bootstrap/ and GitLab: whose token it takes, what it asks there, and how Argo CD gets a credential of its own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.bootstrap_harness.world import Run, World
from tests.marks import needs_jq

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

pytestmark = needs_jq

ANSWERS = {"git_host": "gitlab", "git_owner": "acme/engineering/platform", "git_bot": "acme-bot"}
PROJECT = "https://gitlab.com/api/v4/projects/acme%2Fengineering%2Fplatform%2Fgitops"
TOKEN = {"GITLAB_TOKEN": "CANARY-bot"}


@pytest.fixture(scope="module")
def rendered(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laptop whose repository is on gitlab.com, in a group of a group of a group."""
    return sources.render(ANSWERS, tmp_path_factory.mktemp("gitlab"))


@pytest.fixture(scope="module")
def first(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Run]:
    """A machine where nothing was made yet, and the first run there."""
    world = World(tmp_path_factory.mktemp("first") / "world", rendered)
    world.change(made={"scopes": ["api"], "groups": ["acme%2Fengineering%2Fplatform"]})
    return world, world.run("up", "--yes", **TOKEN)


@pytest.fixture
def world(first: tuple[World, Run], tmp_path: Path) -> World:
    """A machine after the first run."""
    return first[0].copy(tmp_path / "world")


def test_it_goes_from_nothing_to_a_platform(first: tuple[World, Run]) -> None:
    world, run = first
    assert run.code == 0, run.said
    assert world.state["applied"] == ["git bootstrapping", "secrets", "users", "git"]
    assert run.of("git", "push", "https://gitlab.com/acme/engineering/platform/gitops.git")
    assert world.state["made"]["store/platform/atlantis/git"] == {"token": "CANARY-bot"}


def test_the_token_is_in_no_argument_and_no_output(first: tuple[World, Run], world: World, tmp_path: Path) -> None:
    run = first[1]
    assert "CANARY" not in run.said and not run.of("CANARY")
    file = tmp_path / "token"
    file.write_text("CANARY-file\n")
    run = world.run("seed", "atlantis", "git", GITLAB_TOKEN_FILE=str(file))
    assert run.code == 0, run.said
    assert world.state["made"]["store/platform/atlantis/git"] == {"token": "CANARY-file"}
    assert "CANARY" not in run.said and not run.of("CANARY")


def test_argo_cd_gets_a_deploy_token_that_reads_this_project_for_less_than_a_year(first: tuple[World, Run]) -> None:
    world, run = first
    (asked,) = map(json.loads, world.state["made"]["deploy tokens"].values())
    assert (asked["name"], asked["scopes"]) == ("argo-cd", ["read_repository"])
    left = date.fromisoformat(asked["expires_at"]) - datetime.now(UTC).date()
    assert timedelta(days=362) < left < timedelta(days=365)
    assert f"ends on {asked['expires_at']}" in run.said
    assert len(run.of("POST", f"{PROJECT}/deploy_tokens")) == 1


def test_a_second_run_leaves_the_deploy_token_alone(world: World) -> None:
    before = world.state["made"]
    run = world.run("up", **TOKEN)
    assert run.code == 0, run.said
    assert world.state["made"] == before
    assert not run.of("deploy_tokens")


def test_a_new_deploy_token_takes_the_place_of_the_old_one(world: World) -> None:
    """The old one goes after the new one is there, and tokens of other names stay."""
    made = world.state["made"]
    made["deploy tokens"]["7"] = json.dumps({"name": "somebody"})
    del made["secret argocd/repository-platform"]
    world.change(made=made)
    run = world.run("up", "--from", "argo-cd", "--until", "argo-cd", **TOKEN)
    assert run.code == 0, run.said
    assert sorted(world.state["made"]["deploy tokens"]) == ["2", "7"]
    posted, deleted = run.first("POST --data @-", f"DELETE {PROJECT}/deploy_tokens/1")
    assert -1 < posted < deleted


@pytest.mark.parametrize(
    ("known", "variables", "complaint"),
    [
        ({}, {}, "GITLAB_TOKEN or GITLAB_TOKEN_FILE must hold the token of the bot"),
        ({}, TOKEN, "does not accept the token"),
        ({"scopes": ["read_api"]}, TOKEN, "lacks the scope api"),
        ({"scopes": ["api"]}, TOKEN, "the group acme/engineering/platform is not there"),
    ],
)
def test_preflight_says_what_the_token_lacks(
    rendered: Path, tmp_path: Path, known: dict[str, list[str]], variables: dict[str, str], complaint: str
) -> None:
    world = World(tmp_path / "world", rendered)
    world.change(made=known)
    run = world.run("preflight", **variables)
    assert run.code == 1
    assert complaint in run.said
    assert "CANARY" not in run.said and not run.of("CANARY")
