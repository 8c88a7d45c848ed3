"""Any sequence of verbs leaves a repository that the check finds clean, and that is what its fleet.yaml renders to.

tests/fleet/test_edits.py walks through fleet.yaml alone, with many more steps; here each step renders a whole platform.
`nox -s fuzz` takes longer walks than the suite.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import Template, commit, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.toolkit.conftest import Run

ROUNDS = max(1, int(os.environ.get("CLUSTERWRIGHT_ROUNDS", "0")) // 50)
SEED = int(os.environ.get("CLUSTERWRIGHT_SEED", "11"))
ANSWERS: dict[str, Any] = {
    "components": ["atlantis", "vcluster-host"],
    "people": [
        {"name": "ada", "email": "ada@example.com", "teams": ["platform-admins"]},
        {"name": "grace", "email": "grace@example.com", "teams": ["developers"]},
    ],
    "applications": [{"name": "shop", "source": {"path": "apps/shop"}, "environments": {"development": {}}}],
    "clusters": [
        {"name": "preview", "kind": "virtual"},
        {"name": "gone", "kind": "virtual", "state": "destroying"},
    ],
}
# One that makes clusters of its own.
CLOUD: dict[str, Any] = {
    **ANSWERS,
    "email": "platform@meridian.dev",
    "cloud": "google",
    "google_project": "walk-platform",
    "git_host": "github",
    "git_owner": "example",
    "github_app_id": "1",
    "github_app_installation_id": "2",
    "base_domain": "run.meridian.dev",
    "dns": "cloudflare",
    "dns_zone": "meridian.dev",
    "certificates": "letsencrypt",
    "clusters": [
        *ANSWERS["clusters"],
        {"name": "made", "kind": "physical", "network": "10.1.0.0/16"},
        {"name": "ended", "kind": "physical", "network": "10.2.0.0/16", "state": "destroying"},
    ],
}
SETTINGS = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: green\n"
NEXT = {"active": "draining", "draining": "destroying"}

Verb = tuple[str, ...]
Fleet = dict[str, Any]


def environments(fleet: Fleet, new: str) -> Iterator[Verb]:
    yield "env", "add", new, "--after", fleet["environments"][0]
    used = {name for app in fleet["applications"] for name in app["environments"]}
    used |= {cluster.get("environment") for cluster in fleet["clusters"]}
    yield from (("env", "remove", name) for name in fleet["environments"][1:] if name not in used)


def people(fleet: Fleet, new: str) -> Iterator[Verb]:
    yield "user", "add", new, "--email", f"{new}@example.com"
    for person in fleet["people"][1:]:
        yield "user", "update", person["name"], "--email", f"{new}@example.com"
        yield "user", "remove", person["name"]


def applications(fleet: Fleet, new: str) -> Iterator[Verb]:
    yield "app", "add", new, "--chart", "ghcr.io/example/charts/shop", "--version", "1.0.0", "--host", new
    yield "app", "add", new, "--scaffold", "ghcr.io/example/shop", "--image", "1.0.0", "--secret", "database"
    for app in fleet["applications"]:
        yield "app", "remove", app["name"]
        following = fleet["environments"][len(app["environments"]) :]
        if following and list(app["environments"]) == fleet["environments"][: len(app["environments"])]:
            yield "app", "promote", app["name"], following[0]


def clusters(fleet: Fleet, new: str) -> Iterator[Verb]:
    yield "cluster", "add", new, "--kind", "virtual", "--environment", fleet["environments"][-1]
    yield "cluster", "add", new, "--kind", "virtual", "--component", "cert-manager"
    for cluster in fleet["clusters"]:
        name, state = cluster["name"], cluster.get("state", "active")
        if state in NEXT:
            yield "cluster", "update", name, "--state", NEXT[state]
        else:
            yield "cluster", "remove", name
        yield "cluster", "update", name, "--component", "reloader"


def made(fleet: Fleet, new: str) -> Iterator[Verb]:
    taken = {cluster.get("network") for cluster in fleet["clusters"]}
    network = next(each for each in (f"10.{number}.0.0/16" for number in range(10, 250)) if each not in taken)
    physical = "--kind", "physical", "--provisioner", "atlantis", "--network", network
    yield "cluster", "add", new, *physical, "--environment", fleet["environments"][-1]
    yield "cluster", "add", new, *physical, "--nodes", "1:4", "--component", "cert-manager"
    for cluster in fleet["clusters"]:
        if cluster["kind"] == "physical":
            yield "cluster", "update", cluster["name"], "--nodes", "2:5"


Noun = Callable[[Fleet, str], Iterator[Verb]]
NOUNS: tuple[Noun, ...] = (environments, people, applications, clusters)
PLATFORMS = {"laptop": (ANSWERS, NOUNS), "cloud": (CLOUD, (environments, made, clusters))}


@pytest.fixture
def begun(template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Fleet], Path]:
    """Renders a platform that hosts virtual clusters, as the current folder."""

    def begin(answers: Fleet) -> Path:
        repository = template.render(answers, tmp_path / "platform")
        (repository / "apps/shop").mkdir(parents=True)
        (repository / "apps/shop/settings.yaml").write_text(SETTINGS, encoding="utf-8")
        commit(repository, "Begin")
        monkeypatch.chdir(repository)
        return repository

    return begin


def said(repository: Path) -> Fleet:
    """What fleet.yaml says."""
    found: Fleet = yaml.safe_load((repository / "fleet.yaml").read_text(encoding="utf-8"))
    return {"applications": [], "clusters": [], **found}


def rendered(folder: Path) -> dict[str, bytes]:
    """What the template has to say of a repository: all but what is its people's."""
    return {path: found for path, found in tree(folder).items() if not path.startswith(("apps/", "fleet.yaml"))}


@pytest.mark.parametrize("name", PLATFORMS)
def test_any_walk_through_the_verbs_stays_clean_and_true(
    begun: Callable[[Fleet], Path], run: Run, template: Template, tmp_path: Path, name: str
) -> None:
    answers, nouns = PLATFORMS[name]
    at = begun(answers)
    random = Random(SEED)  # noqa: S311 - a walk that can be taken again
    walked: list[Verb] = []
    for turn in range(ROUNDS):
        for place, noun in enumerate(random.sample(nouns, len(nouns))):
            walked.append(random.choice(list(noun(said(at), f"x{turn}-{place}"))))
            done = run(*walked[-1])
            assert done.code == 0, (walked, done)
            commit(at, " ".join(walked[-1]))
        checked = run("check", at)
        assert checked.code == 0, (walked, checked)
        fresh = template.render({**answers, **said(at)}, tmp_path / f"fresh-{turn}")
        assert rendered(at) == rendered(fresh), walked


def test_a_made_cluster_goes_in_steps_and_leaves_the_bytes_that_were_there_before(
    begun: Callable[[Fleet], Path], run: Run
) -> None:
    at = begun(CLOUD)
    before = tree(at)
    root = at / "infrastructure/clusters/eu/main.tf"
    made = "cluster", "add", "eu", "--kind", "physical", "--provisioner", "atlantis", "--network", "10.3.0.0/16"
    add = *made, "--api-allowed-cidr", "203.0.113.0/24", "--api-allowed-cidr", "198.51.100.7/32"
    for verb, makes in {
        add: True,
        ("cluster", "update", "eu", "--state", "draining"): True,
        ("cluster", "update", "eu", "--state", "destroying"): False,
    }.items():
        done = run(*verb)
        assert done.code == 0, done
        text = root.read_text(encoding="utf-8")
        assert ('module "cluster"' in text) == ('["203.0.113.0/24", "198.51.100.7/32"]' in text) == makes
        commit(at, " ".join(verb))
        assert run("check", at).code == 0
    removed = run("cluster", "remove", "eu", "--yes")
    assert removed.code == 0, removed
    assert tree(at) == before


@pytest.mark.parametrize("way", [("--dry-run",), ("--yes",)], ids=["a dry run", "the change itself"])
def test_the_verb_that_takes_the_last_cluster_of_an_environment_warns(
    begun: Callable[[Fleet], Path], run: Run, way: Verb
) -> None:
    last = {"name": "preview", "kind": "virtual", "environment": "staging", "state": "destroying"}
    begun({**ANSWERS, "clusters": [last]})
    removed = run("cluster", "remove", "preview", *way)
    warning = "warning: cluster preview: the last one of staging, whose applications move to the management cluster"
    assert (removed.code, removed.line) == (0, warning)
