"""The default repository on the real Argo CD and a real API server: it converges, in order, and keeps to its rights.

What is real: the repository and its addresses, Argo CD with the repository's own configuration, Helm, the API server
with its validation, the CRDs. What is not: harness/charts.py says it for charts, harness/controllers.py for health.
"""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.engines.harness.processes import listeners
from tests.engines.harness.world import FLEET

if TYPE_CHECKING:
    from tests.engines.harness.api import Object
    from tests.engines.harness.world import World

pytestmark = pytest.mark.proves("Argo CD", answers="laptop")
SERVER = "https://kubernetes.default.svc"


def projects(world: World) -> dict[str, Object]:
    """Every AppProject, by name."""
    return {
        one["metadata"]["name"]: one
        for one in world.api.list("apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects")
    }


def permitted(resource: dict[str, Any], project: dict[str, Any]) -> bool:
    """Whether a project lets its Applications have a resource."""
    if "namespace" in resource:
        return any(
            one["server"] == SERVER and fnmatchcase(resource["namespace"], one["namespace"])
            for one in project["destinations"]
        ) and not any(_is(resource, one) for one in project.get("namespaceResourceBlacklist", []))
    return any(_is(resource, one) for one in project.get("clusterResourceWhitelist", []))


def _is(resource: dict[str, Any], rule: dict[str, str]) -> bool:
    return fnmatchcase(resource.get("group", ""), rule["group"]) and fnmatchcase(resource["kind"], rule["kind"])


def test_every_application_converges(world: World) -> None:
    found = world.settle()
    assert found.keys() == world.names
    empty = {name for name, one in found.items() if not one["status"].get("resources")}
    assert empty == {FLEET, *(name for name in found if name.startswith("environment-"))}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who listens where: that was not proven")
def test_everything_listens_on_loopback_only(world: World) -> None:
    found = {name: listeners(pid) for name, pid in world.processes.pids.items()}
    assert {name for name, addresses in found.items() if addresses} >= found.keys() - {"controllers"}
    assert all(ip_address(one).is_loopback for addresses in found.values() for one in addresses), found
    assert world.outside.url.startswith("http://127.0.0.1:")


def test_the_first_sync_follows_needs(world: World) -> None:
    """Nothing was made before all that it needs had been synced once."""
    found = world.api.applications()
    histories = {name: one["status"].get("history", []) for name, one in found.items()}
    first = {name: history[0]["deployedAt"] for name, history in histories.items() if history}
    needs = {name: one["metadata"].get("annotations", {}).get("clusterwright.dev/needs") for name, one in found.items()}
    early = [
        (name, need)
        for name, text in needs.items()
        for need in (text or "").split(",")
        if need and first[need] > found[name]["metadata"]["creationTimestamp"]
    ]
    assert sum(bool(text) for text in needs.values()) > 10
    assert early == []


def test_nothing_is_outside_its_project(world: World) -> None:
    known = projects(world)
    outside = [
        (name, resource)
        for name, one in world.api.applications().items()
        for resource in one["status"].get("resources", [])
        if not permitted(resource, known[one["spec"]["project"]]["spec"])
    ]
    assert outside == []


def test_argo_cd_runs_with_the_configuration_of_the_repository(world: World) -> None:
    """Its ConfigMap is rendered from platform/argo-cd/values.yaml, and it keeps the ConfigMap so."""
    wanted = yaml.safe_load(world.read("platform/argo-cd/values.yaml"))["configs"]["cm"]
    found = world.api.get("api/v1/namespaces/argocd/configmaps/argocd-cm")
    assert found is not None
    assert found["data"]["oidc.config"] == wanted["oidc.config"]


def test_nothing_was_asked_for_that_the_repository_does_not_name(world: World) -> None:
    assert world.outside.refused == set()
