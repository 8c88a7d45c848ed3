"""bootstrap/: every script is clean, and against stand-ins for the tools each promise of the steps holds."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.bootstrap_harness.world import Run, World

if TYPE_CHECKING:
    from tests.conftest import Template

VALID = sorted((Path(__file__).parent / "valid").glob("*.yaml"))
STEPS = [
    *("preflight", "k3d", "claim", "gitea", "git", "seal", "argo-cd", "root", "store", "seed", "secrets", "users"),
    *("git-protection", "gitea-route", "settle", "hand-over"),
]

pytestmark = pytest.mark.skipif(not shutil.which("jq"), reason="bootstrap/ needs jq")


def scripts(repository: Path) -> list[Path]:
    """Every shell script of bootstrap/."""
    return [
        path
        for path in sorted((repository / "bootstrap").rglob("*"))
        if path.is_file() and (path.suffix == ".sh" or path.stat().st_mode & stat.S_IXUSR)
    ]


@pytest.fixture(scope="session")
def rendered(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default platform, on a laptop."""
    return sources.render({}, tmp_path_factory.mktemp("laptop"))


@pytest.fixture(scope="session")
def first(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Run]:
    """A machine where nothing was made yet, and the first run there."""
    world = World(tmp_path_factory.mktemp("first") / "world", rendered)
    return world, world.run("up", "--yes")


@pytest.fixture
def world(first: tuple[World, Run], tmp_path: Path) -> World:
    """A machine after the first run."""
    return first[0].copy(tmp_path / "world")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_scripts_are_clean_and_dry_runs_do_nothing(path: Path, sources: Template, tmp_path: Path) -> None:
    """Whatever the answers: bash and shellcheck accept every script, and a dry run calls no tool and writes nothing."""
    repository = sources.render(yaml.safe_load(path.read_text()) or {}, tmp_path / "platform")
    for script in scripts(repository):
        subprocess.run(["bash", "-n", script], check=True)
    if shellcheck := shutil.which("shellcheck"):
        subprocess.run([shellcheck, *scripts(repository)], check=True, cwd=repository / "bootstrap")
    world = World(tmp_path / "world", repository)
    for script in ("up", "down"):
        run = world.run(script, "--dry-run")
        assert (run.code, run.calls) == (0, []), run.said
        assert "kubectl" in run.said or "k3d cluster delete" in run.said
    assert not any((world.folder / "home").iterdir())


def test_it_goes_from_nothing_to_a_platform_in_order(first: tuple[World, Run]) -> None:
    """All steps run, each once, in the order that their needs ask for."""
    world, run = first
    assert run.code == 0, run.said
    assert [line.split()[1].rstrip(":") for line in run.said.splitlines() if line.startswith("== ")] == STEPS
    assert world.state["applied"] == ["git bootstrapping", "secrets", "users", "git"]
    lines = [" ".join(call) for call in run.calls]
    order = ["k3d cluster create", "gitea/gitea.yaml", "push --quiet", "openbao-seal --from", "helm template", "root.yaml"]
    found = [next(number for number, line in enumerate(lines) if words in line) for words in order]
    assert found == sorted(found)


def test_a_second_run_makes_nothing_again(world: World) -> None:
    """What is there is found, so nothing is created, pushed, generated or applied twice."""
    before = world.state
    run = world.run("up")
    assert run.code == 0, run.said
    for words in (["k3d cluster create"], ["git ", "push"], ["create namespace"], ["create secret"], ["openssl", "base64"]):
        assert not run.of(*words)
    assert not run.of("tofu", " apply ") and not run.of("helm", "template")
    assert world.state["made"] == before["made"]


def test_it_goes_on_where_it_stopped(rendered: Path, tmp_path: Path) -> None:
    """A step that fails ends the run with the command that goes on, and that command reaches the end."""
    world = World(tmp_path / "world", rendered)
    world.change(breaks="rollout status -n argocd")
    run = world.run("up", "--yes")
    assert run.code == 1
    assert "bootstrap/up --from argo-cd" in run.said
    world.change(breaks="")
    run = world.run("up", "--yes", "--from", "argo-cd")
    assert run.code == 0, run.said
    assert run.of("helm template") and not run.of("k3d cluster create")


def test_secrets_are_in_no_argument_and_no_output(first: tuple[World, Run]) -> None:
    """Everything that the stand-ins give out as secret stays in pipes and private files."""
    world, run = first
    assert "CANARY" not in run.said
    assert not run.of("CANARY")
    kept = [path for path in (world.folder / "home").rglob("*") if path.is_file()]
    assert any("CANARY-person" in path.read_text(errors="replace") for path in kept)
    assert not [path for path in kept if path.stat().st_mode & 0o077]


def test_no_administrator_stays_in_gitea(first: tuple[World, Run]) -> None:
    """Each administrator that a step makes in Gitea is removed by that step, and every store session ends."""
    run = first[1]
    assert len(run.of("admin user create --admin")) == len(run.of("admin user delete")) > 0
    assert len(run.of("auth/kubernetes/login")) == len(run.of("auth/token/revoke-self"))


def test_the_cluster_of_another_platform_is_refused(world: World) -> None:
    """A context that leads to somebody else's cluster is left alone, by every command."""
    world.change(owner="another")
    for command in (["up", "--from", "claim"], ["seed"], ["backup", str(world.folder / "saved")]):
        run = world.run(*command)
        assert run.code != 0
        assert "belongs to the platform another" in run.said
        assert not run.of(" apply ") and not run.of(" create ")


def test_every_cluster_call_is_pinned(first: tuple[World, Run]) -> None:
    """No call follows kubectl's current context."""
    run = first[1]
    for call in run.calls:
        if call[0] == "kubectl" and call[1] != "version":
            assert call[1] == "--kubeconfig" and call[3:5] == ["--context", "k3d-platform"]


def test_seed_asks_nobody_and_rotates_one(first: tuple[World, Run], sources: Template, tmp_path: Path) -> None:
    """A person's value comes from the environment or a file; without one the run says which; one can be rotated."""
    answers = yaml.safe_load((Path(__file__).parent / "valid/laptop-everything.yaml").read_text())
    world = first[0].copy(tmp_path / "world", sources.render(answers, tmp_path / "platform"))
    key = tmp_path / "key"
    key.write_text("CANARY-key")
    run = world.run("seed")
    assert run.code == 1
    assert "SEED_VELERO_S3_ACCESS_KEY_ID" in run.said
    person = {"SEED_VELERO_S3_ACCESS_KEY_ID": "CANARY-id", "SEED_VELERO_S3_SECRET_ACCESS_KEY_FILE": str(key)}
    run = world.run("seed", **person)
    assert run.code == 0, run.said
    made = world.state["made"]
    assert made["store/platform/velero/s3"] == {"access_key_id": "CANARY-id", "secret_access_key": "CANARY-key"}
    assert made["store/platform/atlantis/state"] == {"passphrase": "CANARY-k8s"}
    assert world.run("seed", "oauth2-proxy", "cookie").code == 0
    changed = {name for name, value in world.state["made"].items() if made.get(name) != value}
    assert changed == {"store/platform/oauth2-proxy/cookie"}
    assert world.run("seed", "argo-cd", "oidc").code == 1


def test_words_that_are_not_known_are_refused(world: World) -> None:
    """A wrong option or step is exit code 2, before anything runs."""
    for words in (["--from", "nowhere"], ["--until", "nowhere"], ["--force"], ["--from"]):
        run = world.run("up", *words)
        assert (run.code, run.calls) == (2, [])


def test_down_wants_the_name(world: World) -> None:
    """Nothing goes away unless the platform's name was given."""
    for words in ([], ["--confirm", "other"]):
        run = world.run("down", *words)
        assert run.code == 1
        assert not run.of("delete")
    run = world.run("down", "--confirm", "platform")
    assert run.code == 0, run.said
    assert run.of("k3d cluster delete platform")


def test_recover_leaves_a_healthy_store_alone(world: World, tmp_path: Path) -> None:
    """A backup holds all that recover asks for; recover refuses while the store answers."""
    saved = tmp_path / "saved"
    run = world.run("backup", str(saved))
    assert run.code == 0, run.said
    for name in ("store.snapshot", "states.json", "platform-ca.json"):
        (saved / name).write_text(json.dumps({}))
    run = world.run("recover", str(saved))
    assert run.code == 1
    assert "is healthy; nothing was touched" in run.said
    assert not run.of(" apply ") and not run.of("snapshot-force")


def test_recover_rebuilds_what_is_lost(rendered: Path, tmp_path: Path) -> None:
    """On an empty machine: cluster, CA and states first, then an empty store, the snapshot, and all that is left."""
    world = World(tmp_path / "world", rendered)
    saved = tmp_path / "saved"
    saved.mkdir()
    for name in ("store.snapshot", "platform-ca.json", "states.json", "seal-key", "state-passphrase"):
        (saved / name).write_text("CANARY-saved")
    run = world.run("recover", str(saved), "--yes")
    assert run.code == 0, run.said
    lines = [" ".join(call) for call in run.calls]
    order = ["k3d cluster create", "platform-ca.json", "states.json", "root.yaml", "snapshot-force", "users init"]
    found = [next(number for number, line in enumerate(lines) if words in line) for words in order]
    assert found == sorted(found)
    assert "CANARY" not in run.said and not run.of("CANARY")
    assert "configmap bootstrap/recovery" not in world.state["made"]
