"""What becomes of changes to the default repository on the real Argo CD: each reaches what it is for, and nothing else.

Three commits, one after the other: one with all that is to work, one with every planted fault, and one that takes both
back. The faults have to fail: what cannot fail proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import Template, copy_sources
from tests.engines.harness.processes import within
from tests.engines.harness.world import ROOT_APPLICATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.engines.harness.api import Object
    from tests.engines.harness.world import World

pytestmark = pytest.mark.proves("Argo CD, changes", answers="laptop")
REGISTRY = "registry/clusters/management"
SERVER = "https://kubernetes.default.svc"
# Who has which fault in the commit that breaks things, and what Argo CD says of it.
FAULTS = {
    "reloader": "ComparisonError",
    "oauth2-proxy": "InvalidSpecError",
    "trust-manager": "ComparisonError",
    "stray": "InvalidSpecError",
    "early": "Widget",
}
# Who suffers from that: the root, whose parts they are, and what comes after one of them.
SUFFERING = {ROOT_APPLICATION, "late"}
KIND = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "widgets.example.dev"},
    "spec": {
        "group": "example.dev",
        "names": {"kind": "Widget", "plural": "widgets"},
        "scope": "Namespaced",
        "versions": [
            {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {"type": "object"}}}
        ],
    },
}
USER = {"apiVersion": "example.dev/v1", "kind": "Widget", "metadata": {"name": "early"}}


@dataclass(frozen=True)
class Before:
    """How things were.

    Attributes:
        uids: Every Application, by name.
        values: What Reloader's chart was given.
    """

    uids: dict[str, str]
    values: dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def _last(world: World) -> Iterator[None]:
    """Nobody looks at this cluster any more: what comes next in this process needs the cores."""
    yield
    world.stop()


@pytest.fixture(scope="module")
def improved(world: World, tmp_path_factory: pytest.TempPathFactory) -> Before:
    """A commit with an override, with three layers of values, and without Argo Workflows; how things were before it."""
    before = Before(world.uids, world.values("reloader", "reloader"))
    given = {
        "platform/trust-manager/values.yaml": ("base", ("base", "cluster", "override")),
        f"{REGISTRY}/values/trust-manager.yaml": ("cluster", ("cluster", "override")),
        f"{REGISTRY}/overrides/trust-manager.yaml": ("override", ("override",)),
    }
    layers = {path: yaml.safe_dump({"rank": dict.fromkeys(keys, author)}) for path, (author, keys) in given.items()}
    override = yaml.safe_dump({"reloader": {"logFormat": "chosen by an override"}})
    # No record of the catalogue has cluster values today: one is given some, and its Application rendered anew.
    folder = tmp_path_factory.mktemp("improved")
    (folder / "sources").mkdir()
    changed = copy_sources(folder / "sources")
    catalogue = yaml.safe_load((changed / "catalogue.yaml").read_text(encoding="utf-8"))
    catalogue["trust-manager"]["cluster_values"] = True
    (changed / "catalogue.yaml").write_text(yaml.safe_dump(catalogue, sort_keys=False), encoding="utf-8")
    components = {"components": ["atlantis", "crossplane"]}
    rendered = Template(changed, version=None).render(components, folder / "platform")
    world.replace(rendered, {**layers, f"{REGISTRY}/overrides/reloader.yaml": override}, "Improve")
    assert world.names == before.uids.keys() - {"argo-workflows"}
    # Its namespace, with workflows in it, is kept until a person lets it go.
    confirm(world, "argo-workflows", is_going)
    world.settle()
    return before


@pytest.fixture(scope="module")
def broken(improved: Before, world: World) -> None:
    """A commit with every fault, each with an Application of its own."""
    assert improved.uids
    world.push(faults(world), "Break")


def faults(world: World) -> dict[str, str | None]:
    """The files of that commit."""
    address = yaml.safe_load(world.read("bootstrap/root.yaml"))["spec"]["sources"][0]["repoURL"]
    proxy, trust = (world.read(f"{REGISTRY}/{name}.yaml") for name in ("oauth2-proxy", "trust-manager"))
    assert "project: platform" in proxy
    assert "ignoreMissingValueFiles: true" in trust
    return {
        f"{REGISTRY}/overrides/reloader.yaml": "reloader: [\n",
        # An Application of an environment's project may not touch the platform's namespaces.
        f"{REGISTRY}/oauth2-proxy.yaml": proxy.replace("project: platform", "project: environment-staging"),
        # Only overrides may be missing: who insists on each file fails without it.
        f"{REGISTRY}/trust-manager.yaml": trust.replace("MissingValueFiles: true", "MissingValueFiles: false"),
        f"{REGISTRY}/overrides/trust-manager.yaml": None,
        f"{REGISTRY}/local/stray.yaml": application("stray", 20, repoURL=address, path="docs", project="default"),
        # What uses a kind comes before what brings it.
        f"{REGISTRY}/local/early.yaml": application("early", 20, repoURL=address, path="apps/early"),
        f"{REGISTRY}/local/late.yaml": application("late", 21, repoURL=address, path="apps/late"),
        "apps/early/user.yaml": yaml.safe_dump(USER),
        "apps/late/kind.yaml": yaml.safe_dump(KIND),
    }


def application(name: str, wave: int, *, repoURL: str, path: str, project: str = "platform") -> str:  # noqa: N803
    """An Application that a team would write, which tries once."""
    return yaml.safe_dump(
        {
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": {
                "name": name,
                "namespace": "argocd",
                "annotations": {"argocd.argoproj.io/sync-wave": str(wave)},
                "finalizers": ["resources-finalizer.argocd.argoproj.io"],
            },
            "spec": {
                "project": project,
                "destination": {"server": SERVER, "namespace": "reloader"},
                "source": {"repoURL": repoURL, "path": path, "targetRevision": "main"},
                "syncPolicy": {"automated": {"prune": True}, "retry": {"limit": 0}},
            },
        }
    )


def confirm(world: World, name: str, asked: Callable[[Object], object]) -> None:
    """Waits until Argo CD asks a person about an Application, and answers as the person does."""
    within(300, f"{name} waits for a person", lambda: asked(world.api.applications().get(name, {})), pause=1)
    world.api.approve(name)


def is_going(application: Object) -> bool:
    """Whether an Application is about to go."""
    return "deletionTimestamp" in application.get("metadata", {})


def complaint(world: World, name: str) -> str:
    """Waits until an Application is in trouble, and gives what it says about it."""

    def trouble() -> str | None:
        found = world.api.applications()
        if name in found:
            world.api.refresh(name)
        status = found.get(name, {}).get("status", {})
        told = [f"{one['type']}: {one['message']}" for one in status.get("conditions", [])]
        operation = status.get("operationState", {})
        if operation.get("phase") in {"Failed", "Error"}:
            resources = operation.get("syncResult", {}).get("resources", [])
            told += [operation["message"], *(one.get("message", "") for one in resources)]
        return " / ".join(told) or None

    return within(300, f"{name} is in trouble", trouble, pause=1)


def test_an_override_wins_over_base_and_changes_nothing_else(world: World, improved: Before) -> None:
    changed = world.values("reloader", "reloader")
    assert changed["reloader"].pop("logFormat") == "chosen by an override"
    assert improved.values["reloader"].pop("logFormat", None) != "chosen by an override"
    assert changed == improved.values


@pytest.mark.usefixtures("improved")
def test_overrides_win_over_cluster_values_and_those_over_base(world: World) -> None:
    rank = world.values("trust-manager", "cert-manager")["rank"]
    assert rank == {"base": "base", "cluster": "cluster", "override": "override"}


def test_switching_a_component_off_prunes_it_and_nothing_else(world: World, improved: Before) -> None:
    assert world.uids == {name: uid for name, uid in improved.uids.items() if name != "argo-workflows"}
    assert not world.values("argo-workflows", "argo")
    assert world.values("reloader", "reloader")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("name", FAULTS)
def test_planted_faults_fail(world: World, name: str) -> None:
    """A broken override, a wrong project, a missing file, the project that permits nothing, a kind after its user."""
    assert FAULTS[name] in complaint(world, name)


@pytest.mark.usefixtures("broken")
def test_each_fault_fails_its_own_application_only(world: World) -> None:
    def others() -> bool:
        found = world.api.applications()
        spared = [one["status"] for name, one in found.items() if name not in {*FAULTS, *SUFFERING}]
        states = {(one["sync"]["status"], one["health"]["status"]) for one in spared}
        return len(spared) > 10 and states == {("Synced", "Healthy")}

    assert within(120, "all others are synced and healthy", others, pause=1)


@pytest.mark.usefixtures("broken")
def test_the_root_takes_the_next_commit_while_it_waits_for_what_is_broken(world: World) -> None:
    """It waits for an Application that will never be healthy. Once that is taken back, everything is as it was."""
    assert "late" not in world.api.applications()
    root = world.api.applications()[ROOT_APPLICATION]["status"]["operationState"]
    assert root["phase"] == "Running"
    world.go_back()
    found = world.settle()
    assert found.keys() == world.names
    assert {"argo-workflows", "reloader"} <= found.keys()
