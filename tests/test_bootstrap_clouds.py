"""bootstrap/ on clouds without a KMS: the passphrase before the cluster, the key of the states, locks that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.bootstrap_harness.world import World
from tests.marks import needs_jq
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Template

pytestmark = needs_jq

SPACES = {"SPACES_ACCESS_KEY_ID": "CANARY-id", "SPACES_SECRET_ACCESS_KEY": "CANARY-secret"}


class Cloud(NamedTuple):
    """A valid platform there, its name, and what a person brings."""

    answers: str
    platform: str
    brings: dict[str, str]


CLOUDS = {
    "digitalocean": Cloud("digitalocean-github-dns", "ocean", {"DIGITALOCEAN_ACCESS_TOKEN": "CANARY-token", **SPACES}),
    "civo": Cloud("civo-github-civodns", "navy", {"CIVO_TOKEN": "CANARY-token"}),
}


@pytest.fixture(scope="module", params=CLOUDS)
def rendered(
    request: pytest.FixtureRequest, sources: Template, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Cloud, Path]:
    cloud = CLOUDS[request.param]
    return cloud, sources.render(answers(VALID / f"{cloud.answers}.yaml"), tmp_path_factory.mktemp(request.param))


@pytest.fixture
def machine(rendered: tuple[Cloud, Path], tmp_path: Path) -> World:
    """A machine where nothing was made yet."""
    return World(tmp_path / "world", rendered[1])


@pytest.fixture
def up(rendered: tuple[Cloud, Path]) -> Callable[..., tuple[str, int]]:
    """Runs a part of bootstrap/up with what a person brings; gives what it said and its exit code."""

    def run(world: World, *words: str, **variables: str) -> tuple[str, int]:
        done = world.run("up", "--yes", "--from", "state", *words, **rendered[0].brings, **variables)
        assert "CANARY" not in done.said and not done.of("CANARY")
        return done.said, done.code

    return run


@pytest.fixture
def kept(rendered: tuple[Cloud, Path], machine: World) -> Path:
    """Where the passphrase is until there is a cluster."""
    return machine.folder / "home/.local/state/clusterwright" / rendered[0].platform / "state-passphrase"


def opened_by(world: World, root: str) -> tuple[str, str]:
    """The passphrase and the key that the tool was given, the last time, for the state of this root."""
    given: dict[str, str] = world.state["environment"][root]
    return given["TF_VAR_state_passphrase"], given["AWS_ACCESS_KEY_ID"]


def test_states_are_encrypted_before_there_is_a_cluster(
    machine: World, kept: Path, up: Callable[..., tuple[str, int]]
) -> None:
    said, code = up(machine, "--until", "cloud")
    assert code == 0, said
    assert machine.state["applied"] == ["state-root", "cloud"]
    passphrase = kept.read_text(encoding="utf-8")
    assert passphrase.startswith("CANARY-random")
    assert kept.stat().st_mode & 0o077 == 0
    for root in ("state", "cloud"):
        assert opened_by(machine, root) == (passphrase, "CANARY-id")


def test_the_cluster_keeps_the_passphrase_from_then_on(
    machine: World, kept: Path, up: Callable[..., tuple[str, int]]
) -> None:
    assert up(machine, "--until", "claim")[1] == 0
    assert machine.state["made"]["secret bootstrap/state-passphrase"]
    kept.write_text("stale", encoding="utf-8")
    said, code = up(machine, "--until", "claim")
    assert code == 0, said
    assert opened_by(machine, "state")[0] == "CANARY-k8s"
    assert machine.state["random"] == 1


def test_an_interrupted_run_goes_on_with_the_same_passphrase(
    machine: World, kept: Path, up: Callable[..., tuple[str, int]]
) -> None:
    machine.change(breaks="state push")
    assert up(machine, "--until", "state")[1] == 1
    passphrase = kept.read_text(encoding="utf-8")
    machine.change(breaks="")
    assert up(machine, "--until", "cloud")[1] == 0
    assert kept.read_text(encoding="utf-8") == passphrase == opened_by(machine, "cloud")[0]


def test_a_machine_that_does_not_know_the_passphrase_makes_no_other(
    machine: World, kept: Path, up: Callable[..., tuple[str, int]]
) -> None:
    machine.change(made={"states": True})
    said, code = up(machine, "--until", "state")
    assert code == 1
    assert f"put the passphrase into {kept}" in said
    assert not kept.exists() and machine.state["applied"] == []


def test_a_recovery_takes_the_passphrase_of_the_backup(
    machine: World, tmp_path: Path, up: Callable[..., tuple[str, int]]
) -> None:
    machine.change(made={"states": True})
    (tmp_path / "state-passphrase").write_text("CANARY-saved", encoding="utf-8")
    said, code = up(machine, "--until", "cloud", RECOVER_FROM=str(tmp_path))
    assert code == 0, said
    assert opened_by(machine, "cloud")[0] == "CANARY-saved"


def test_a_store_that_gives_a_lock_to_two_is_named(machine: World, up: Callable[..., tuple[str, int]]) -> None:
    warning = "does not hold locks of states"
    assert warning not in up(machine, "--until", "state")[0]
    machine.change(lax=True)
    assert warning in up(machine, "--until", "state")[0]


def test_preflight_asks_for_what_a_person_brings(machine: World, rendered: tuple[Cloud, Path]) -> None:
    said = machine.run("preflight").said
    for name in rendered[0].brings:
        assert f"{name} is not set" in said


def test_velero_gets_the_key_that_the_cloud_root_made(
    machine: World, rendered: tuple[Cloud, Path], up: Callable[..., tuple[str, int]]
) -> None:
    assert up(machine, "--until", "claim")[1] == 0
    run = machine.run("seed", "velero", "s3", **rendered[0].brings)
    assert run.code == 0, run.said
    made = {key: f"CANARY-velero_s3_{key}" for key in ("access_key_id", "secret_access_key")}
    assert machine.state["made"]["store/platform/velero/s3"] == made
    assert "CANARY" not in run.said and not run.of("CANARY")
