"""bootstrap/ and states that are neither in the platform's own bucket nor in the cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bootstrap_harness.world import World
from tests.marks import needs_jq
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

pytestmark = needs_jq

BUCKET = {"AWS_ACCESS_KEY_ID": "CANARY-id", "AWS_SECRET_ACCESS_KEY": "CANARY-secret", "GITHUB_TOKEN": "CANARY-bot"}
GITLAB = {
    "platform_name": "zebra",
    "cloud": "existing",
    "git_host": "gitlab",
    "git_owner": "acme",
    "base_domain": "acme.dev",
    "certificates": "self-signed",
    "state_storage": "gitlab",
    "components": ["atlantis"],
}
TOKEN = {"GITLAB_TOKEN": "CANARY-bot"}


@pytest.fixture(scope="module")
def bucket(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform on a cluster that exists, whose states are in a bucket that exists."""
    return sources.render(answers(VALID / "existing-states-outside.yaml"), tmp_path_factory.mktemp("bucket"))


@pytest.fixture(scope="module")
def gitlab(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its states in GitLab."""
    return sources.render(GITLAB, tmp_path_factory.mktemp("gitlab"))


def machine(folder: Path, repository: Path, **world: object) -> World:
    made = {"scopes": ["api"], "groups": ["acme"], "namespace kube-system": True}
    one = World(folder / "world", repository)
    one.change(made=made, **world)
    return one


def opened_by(world: World, root: str) -> dict[str, str | None]:
    """What the tool was given, the last time, for the state of this root."""
    given: dict[str, str | None] = world.state["environment"][root]
    return given


def test_the_key_of_an_existing_bucket_opens_every_state(bucket: Path, tmp_path: Path) -> None:
    world = machine(tmp_path, bucket)
    run = world.run("up", "--yes", "--until", "git", **BUCKET)
    assert run.code == 0, run.said
    assert world.state["applied"] == ["git bootstrapping"]
    assert opened_by(world, "git")["AWS_ACCESS_KEY_ID"] == "CANARY-id"
    assert "CANARY" not in run.said and not run.of("CANARY")


def test_the_passphrase_of_states_outside_is_there_before_the_first_state(bucket: Path, tmp_path: Path) -> None:
    world = machine(tmp_path, bucket)
    run = world.run("up", "--yes", "--until", "state", **BUCKET)
    assert run.code == 0, run.said
    kept = world.folder / "home/.local/state/clusterwright/rooted/state-passphrase"
    assert kept.read_text(encoding="utf-8").startswith("CANARY-random")


def test_an_existing_bucket_is_looked_at_and_not_changed(bucket: Path, tmp_path: Path) -> None:
    run = machine(tmp_path, bucket, lax=True).run("up", "--yes", "--until", "state", **BUCKET)
    assert run.code == 0, run.said
    assert "rooted-states keeps no old versions" in run.said
    assert "does not hold locks of states" in run.said
    assert not run.of("put-bucket-versioning")


def test_a_bucket_that_the_key_does_not_open_is_named(bucket: Path, tmp_path: Path) -> None:
    run = machine(tmp_path, bucket, closed=True).run("up", "--yes", "--until", "state", **BUCKET)
    assert run.code == 1
    assert "the bucket rooted-states is not there, or closed to this key" in run.said


def test_preflight_asks_for_the_key_of_the_bucket(bucket: Path, tmp_path: Path) -> None:
    said = machine(tmp_path, bucket).run("preflight").said
    assert "AWS_ACCESS_KEY_ID is not set; it is the key of the bucket that holds the states" in said


def test_a_project_for_the_states_is_made_once_and_closed_to_everybody(gitlab: Path, tmp_path: Path) -> None:
    world = machine(tmp_path, gitlab)
    run = world.run("up", "--yes", "--until", "git", **TOKEN)
    assert run.code == 0, run.said
    asked = world.state["made"]["asked for"]
    assert (asked["path"], asked["namespace_id"], asked["visibility"]) == ("zebra-states", 7, "private")
    assert "acme/zebra-states is there already" in world.run("up", "--yes", "--until", "state", **TOKEN).said


def test_the_bot_opens_the_states_in_gitlab(gitlab: Path, tmp_path: Path) -> None:
    world = machine(tmp_path, gitlab)
    run = world.run("up", "--yes", "--until", "git", **TOKEN)
    given = opened_by(world, "git")
    assert (given["TF_HTTP_USERNAME"], given["TF_HTTP_PASSWORD"]) == ("zebra-bot", "CANARY-bot")
    assert "CANARY" not in run.said and not run.of("CANARY")


def test_states_in_gitlab_stay_until_their_end_is_asked_for(gitlab: Path, tmp_path: Path) -> None:
    world = machine(tmp_path, gitlab)
    assert world.run("up", "--yes", "--until", "git", **TOKEN).code == 0
    kept = world.copy(tmp_path / "kept").run("down", "--confirm", "zebra", **TOKEN)
    assert "the states are still there; bootstrap/down --state removes them" in kept.said
    gone = world.run("down", "--confirm", "zebra", "--state", ASSUME_YES="acme/zebra-states", **TOKEN)
    assert gone.code == 0, gone.said
    assert world.state["made"]["deleted"] == [f"acme%2Fzebra-states {root}" for root in ("git", "secrets", "users")]
