"""What becomes of a change to the default repository on the real Argo CD: it reaches what it is for, and nothing else.

The faults that are planted here have to fail: what cannot fail proves nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import Template, copy_sources
from tests.engines.harness.api import APPLICATIONS
from tests.engines.harness.processes import within
from tests.engines.harness.world import ROOT_APPLICATION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.engines.harness.api import Object
    from tests.engines.harness.world import World

pytestmark = pytest.mark.proves("Argo CD, changes", answers="laptop")
CLUSTER_VALUES = "registry/clusters/management/values"
OVERRIDES = "registry/clusters/management/overrides"
LOCAL = "registry/clusters/management/local"
SERVER = "https://kubernetes.default.svc"


def application(name: str, project: str = "platform", namespace: str = "reloader", **source: str) -> str:
    """An Application that a team would write, which tries once and last of all."""
    return yaml.safe_dump(
        {
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": {
                "name": name,
                "namespace": "argocd",
                "annotations": {"argocd.argoproj.io/sync-wave": "20"},
                "finalizers": ["resources-finalizer.argocd.argoproj.io"],
            },
            "spec": {
                "project": project,
                "destination": {"server": SERVER, "namespace": namespace},
                "source": source,
                "syncPolicy": {"automated": {"prune": True}, "retry": {"limit": 0}},
            },
        }
    )


def complaint(world: World, name: str, seconds: float = 120) -> str:
    """Waits until an Application is in trouble, and gives what it says about it."""

    def trouble() -> str | None:
        world.api.refresh(name) if name in world.api.applications() else None
        status = world.api.applications().get(name, {}).get("status", {})
        told = [f"{one['type']}: {one['message']}" for one in status.get("conditions", [])]
        operation = status.get("operationState", {})
        if operation.get("phase") in {"Failed", "Error"}:
            told += [operation["message"], *(one.get("message", "") for one in resources(operation))]
        return " / ".join(told) or None

    return within(seconds, f"{name} is in trouble", trouble, pause=2)


def resources(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """What an operation did, resource by resource."""
    found: list[dict[str, Any]] = operation.get("syncResult", {}).get("resources", [])
    return found


def others_are_synced(world: World, *but: str) -> bool:
    """Waits until every Application but these is synced to what they know, and healthy."""

    def synced() -> bool:
        found = world.api.applications()
        states = {(one["status"]["sync"]["status"], one["status"]["health"]["status"]) for one in others(found)}
        return states == {("Synced", "Healthy")}

    def others(found: dict[str, Object]) -> list[Object]:
        return [one for name, one in found.items() if name not in but]

    return within(120, "all others are synced and healthy", synced)


def test_an_override_wins_over_base_and_changes_nothing_else(world: World) -> None:
    before = world.values("reloader", "reloader")
    assert before
    changed = {"reloader": {"logFormat": "chosen by an override"}}
    with world.change({f"{OVERRIDES}/reloader.yaml": yaml.safe_dump(changed)}, "Override"):
        world.settle()
        after = world.values("reloader", "reloader")
        assert after["reloader"].pop("logFormat") == "chosen by an override"
        before["reloader"].pop("logFormat", None)
        assert after == before


def test_overrides_win_over_cluster_values_and_those_over_base(world: World, tmp_path: Path) -> None:
    """No record of the catalogue has cluster values today: one is given some, and its Application rendered anew."""
    (tmp_path / "sources").mkdir()
    sources = copy_sources(tmp_path / "sources")
    catalogue = yaml.safe_load((sources / "catalogue.yaml").read_text(encoding="utf-8"))
    catalogue["reloader"]["cluster_values"] = True
    (sources / "catalogue.yaml").write_text(yaml.safe_dump(catalogue, sort_keys=False), encoding="utf-8")
    rendered = Template(sources, version=None).render({}, tmp_path / "platform")
    given = {
        "platform/reloader/values.yaml": ("base", ("base", "cluster", "override")),
        f"{CLUSTER_VALUES}/reloader.yaml": ("cluster", ("cluster", "override")),
        f"{OVERRIDES}/reloader.yaml": ("override", ("override",)),
    }
    files: dict[str, str | None] = {
        path: yaml.safe_dump({"rank": dict.fromkeys(keys, author)}) for path, (author, keys) in given.items()
    }
    own = "registry/clusters/management/reloader.yaml"
    files[own] = (rendered / own).read_text(encoding="utf-8")
    with world.change(files, "Three layers"):
        world.settle()
        rank = world.values("reloader", "reloader")["rank"]
        assert rank == {"base": "base", "cluster": "cluster", "override": "override"}


def test_a_broken_override_fails_only_its_own_application(world: World) -> None:
    with world.change({f"{OVERRIDES}/reloader.yaml": "reloader: [\n"}, "Break"):
        assert "ComparisonError" in complaint(world, "reloader")
        assert others_are_synced(world, "reloader")


def test_the_default_project_permits_nothing(world: World) -> None:
    address = yaml.safe_load(world.read("bootstrap/root.yaml"))["spec"]["sources"][0]["repoURL"]
    text = application("stray", "default", repoURL=address, targetRevision="main", path="docs")
    with world.change({f"{LOCAL}/stray.yaml": text}, "Stray"):
        assert "InvalidSpecError" in complaint(world, "stray")


def confirm(world: World, name: str, asked: Callable[[Object], object]) -> None:
    """Waits until Argo CD asks a person about an Application, and answers as the person does."""
    within(300, f"{name} waits for a person", lambda: asked(world.api.applications().get(name, {})), pause=2)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    approval = {"metadata": {"annotations": {"argocd.argoproj.io/deletion-approved": now}}}
    world.api.merge(f"{APPLICATIONS}/{name}", approval)


def is_going(application: Object) -> bool:
    """Whether an Application is being deleted."""
    return "deletionTimestamp" in application.get("metadata", {})


@pytest.fixture
def without_workflows(sources: Template, tmp_path: Path) -> Path:
    """The default platform, when Argo Workflows is switched off."""
    components = ["atlantis", "crossplane"]
    return sources.render({"components": components}, tmp_path / "platform")


def test_switching_a_component_off_prunes_it_and_nothing_else(world: World, without_workflows: Path) -> None:
    before = world.api.applications()
    kept = {name: one["metadata"]["uid"] for name, one in before.items() if name != "argo-workflows"}
    with world.change({}, "Nothing yet"):
        world.replace(without_workflows, "Switch Argo Workflows off")
        assert world.names == kept.keys()
        # Its namespace, with workflows in it, is kept until a person lets it go.
        confirm(world, "argo-workflows", is_going)
        after = world.settle()
        assert {name: one["metadata"]["uid"] for name, one in after.items()} == kept
        assert not world.values("argo-workflows", "argo")
        assert world.values("reloader", "reloader")


def test_planted_fault_wrong_project_fails(world: World) -> None:
    """An Application of an environment's project may not touch the platform's namespaces."""
    path = "registry/clusters/management/reloader.yaml"
    text = world.read(path)
    assert "project: platform" in text
    with world.change({path: text.replace("project: platform", "project: environment-staging")}, "Wrong project"):
        assert "InvalidSpecError" in complaint(world, "reloader")


def test_planted_fault_kind_after_its_user_fails(world: World) -> None:
    """Without retries, an object that is applied before another Application brings its kind fails the sync."""
    crd = {
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
    user = {"apiVersion": "example.dev/v1", "kind": "Widget", "metadata": {"name": "early"}}
    address = yaml.safe_load(world.read("bootstrap/root.yaml"))["spec"]["sources"][0]["repoURL"]
    late = application("late", repoURL=address, targetRevision="main", path="apps/late")
    assert "sync-wave: '20'" in late
    files = {
        f"{LOCAL}/early.yaml": application("early", repoURL=address, targetRevision="main", path="apps/early"),
        f"{LOCAL}/late.yaml": late.replace("sync-wave: '20'", "sync-wave: '21'"),
        "apps/late/kind.yaml": yaml.safe_dump(crd),
        "apps/early/user.yaml": yaml.safe_dump(user),
    }
    with world.change(files, "Use before definition"):
        assert "Widget" in complaint(world, "early")


def test_planted_fault_missing_value_file_fails(world: World) -> None:
    """Only overrides may be missing: an Application that insists on a file fails without it."""
    path = "registry/clusters/management/reloader.yaml"
    text = world.read(path)
    assert "ignoreMissingValueFiles: true" in text
    with world.change(
        {path: text.replace("ignoreMissingValueFiles: true", "ignoreMissingValueFiles: false")}, "Insist"
    ):
        assert "ComparisonError" in complaint(world, "reloader")
        assert others_are_synced(world, "reloader", ROOT_APPLICATION)
