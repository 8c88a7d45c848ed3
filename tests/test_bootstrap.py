"""bootstrap/: every script is clean, and against stand-ins for the tools each promise of the steps holds."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.bootstrap_harness.world import Run, World, scripts
from tests.marks import needs_jq

if TYPE_CHECKING:
    from tests.conftest import Template

VALID = sorted((Path(__file__).parent / "valid").glob("*.yaml"))
STEPS = [
    *("preflight", "k3d", "claim", "gitea", "git", "seal", "argo-cd", "root", "store", "seed", "secrets", "users"),
    *("git-protection", "gitea-route", "settle", "hand-over"),
]

pytest_plugins = ["tests.bootstrap_harness.fixtures"]
pytestmark = needs_jq


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_scripts_are_clean_and_dry_runs_do_nothing(path: Path, sources: Template, tmp_path: Path) -> None:
    """Whatever the answers: bash and shellcheck accept every script, and a dry run calls no tool and writes nothing."""
    repository = sources.render(yaml.safe_load(path.read_text()) or {}, tmp_path / "platform")
    for script in scripts(repository):
        subprocess.run(["bash", "-n", script], check=True)
    if shellcheck := shutil.which("shellcheck"):
        subprocess.run([shellcheck, *scripts(repository)], check=True, cwd=repository / "bootstrap")
    world = World(tmp_path / "world", repository)
    for command in ("up", "down"):
        run = world.run(command, "--dry-run")
        assert (run.code, run.calls) == (0, []), run.said
        assert "kubectl" in run.said or "k3d cluster delete" in run.said
    assert not any((world.folder / "home").iterdir())


def test_no_credential_but_the_git_hosts_own_is_taken_for_it(sources: Template, tmp_path: Path) -> None:
    """Atlantis' token for the cloud is asked for, though its key for the git host is there already."""
    answers = next(path for path in VALID if path.stem == "akamai-github-dns")
    repository = sources.render(yaml.safe_load(answers.read_text()), tmp_path / "platform")
    run = World(tmp_path / "world", repository).run("up", "--dry-run", "--until", "preflight")
    asked = [line.split(" later asks for ")[1].split(",")[0] for line in run.said.splitlines() if "later asks" in line]
    assert asked == [
        "acme akamai token",
        *(f"atlantis akamai {key}" for key in ("token", "access_key_id", "secret_access_key")),
        "external-dns akamai token",
    ]


def test_it_goes_from_nothing_to_a_platform_in_order(first: tuple[World, Run]) -> None:
    """All steps run, each once, in the order that their needs ask for."""
    world, run = first
    assert run.code == 0, run.said
    assert [line.split()[1].rstrip(":") for line in run.said.splitlines() if line.startswith("== ")] == STEPS
    assert world.state["applied"] == ["git bootstrapping", "secrets", "users", "git"]
    found = run.first(
        *("k3d cluster create", "gitea/gitea.yaml", "push --quiet", "openbao-seal --from", "helm template", "root.yaml")
    )
    assert found[0] > -1 and found == sorted(found)


def test_a_second_run_makes_nothing_again(world: World) -> None:
    """What is there is found, so nothing is created, pushed, generated or applied twice."""
    before = world.state
    run = world.run("up")
    assert run.code == 0, run.said
    for words in (
        "k3d cluster create",
        "push --quiet",
        "create namespace",
        "create secret",
        "-base64",
        "helm template",
    ):
        assert not run.of(words)
    assert not run.of("tofu", " apply ")
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
    calls = [call for call in first[1].calls if call[0] == "kubectl" and call[1] != "version"]
    assert {(call[1], *call[3:5]) for call in calls} == {("--kubeconfig", "--context", "k3d-platform")}


def test_words_that_are_not_known_are_refused(world: World) -> None:
    """A wrong option or step is exit code 2, before anything runs."""
    for words in (["--from", "nowhere"], ["--until", "nowhere"], ["--force"], ["--from"]):
        run = world.run("up", *words)
        assert (run.code, run.calls) == (2, [])


def test_down_waits_for_the_clusters_that_the_platform_makes(sources: Template, tmp_path: Path) -> None:
    """What they are made of would outlive all that knows how to destroy it."""
    answers = next(path for path in VALID if path.stem == "azure-fleet")
    repository = sources.render(yaml.safe_load(answers.read_text()), tmp_path / "platform")
    run = World(tmp_path / "world", repository).run("down", "--confirm", "orchard")
    assert (run.code, run.calls) == (1, [])
    assert run.said.splitlines()[-1] == (
        "bootstrap: fleet.yaml still makes clusters: cork, oslo, leaving; "
        "remove them first (docs/runbooks/remove-a-cluster.md)"
    )


def test_down_wants_the_name(world: World) -> None:
    """Nothing goes away unless the platform's name was given."""
    for words in ([], ["--confirm", "other"]):
        run = world.run("down", *words)
        assert run.code == 1
        assert not run.of("delete")
    run = world.run("down", "--confirm", "platform")
    assert run.code == 0, run.said
    assert run.of("k3d cluster delete platform")
