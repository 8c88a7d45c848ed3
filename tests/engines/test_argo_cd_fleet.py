"""A fleet on the real Argo CD and three API servers: what is for a cluster gets there, and nowhere else.

One is the management cluster, one stands for a physical cluster that exists already, one for the virtual cluster that
the vCluster chart would start. Argo CD finds both by the addresses of the repository and signs in as the repository
says. What is not real besides: harness/store.py says it for secrets, harness/controllers.py for health.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.engines.harness.api import called
from tests.engines.harness.cluster import administrator
from tests.engines.harness.processes import within
from tests.engines.harness.skips import had
from tests.engines.harness.store import Person, Store
from tests.engines.harness.world import ENGINES, FLEET, World, asked_for
from tests.template.questions import VALID
from tests.template.questions import answers as of_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Template
    from tests.engines.harness.api import Api

pytestmark = pytest.mark.proves("Argo CD, a fleet", answers="laptop-fleet")
ADDRESSES = {
    "kubernetes.datacentre.example.com:6443": "datacentre",
    "preview.vcluster-preview.svc:443": "preview",
}
CHARTS = "https://charts.example.dev/stable"
MANAGEMENT = "management"
# What every cluster has of its own.
NAMESPACES = {"default", "kube-node-lease", "kube-public", "kube-system"}


def answers(preview: str | None = "active", wiring: str = "static") -> dict[str, Any]:
    """A fleet of two clusters, each with an environment and an application; the virtual one in some state, or gone."""
    virtual = {"name": "preview", "kind": "virtual", "environment": "staging", "state": preview}
    physical = {
        "name": "datacentre",
        "kind": "physical",
        "environment": "production",
        "components": ["reloader"],
        "adopt": {"server": "https://kubernetes.datacentre.example.com:6443"},
    }
    # An environment that no cluster runs is the management cluster's.
    staging = {"staging": {"version": "1.3.0"}} if preview else {}
    source = {"repository": CHARTS, "chart": "shop"}
    return {
        **of_file(VALID / "laptop-fleet.yaml"),
        "components": ["vcluster-host"],
        "wiring": wiring,
        "rings": {},
        "clusters": [physical, virtual] if preview else [physical],
        "applications": [
            {
                "name": "shop",
                "team": "sellers",
                "source": source,
                "environments": {**staging, "production": {"version": "1.2.0"}},
            }
        ],
    }


@pytest.fixture(scope="module")
def fleet(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The fleet, once all of it is synced."""
    for name in ENGINES:
        had(name, "that Argo CD syncs a fleet")
    world = World(
        tmp_path_factory.mktemp("fleet"), sources.render(answers(), tmp_path_factory.mktemp("rendered")), ADDRESSES
    )
    authority = world.tls[0].read_text(encoding="utf-8")
    certificate, key = (path.read_text(encoding="utf-8") for path in administrator(world.folder, world.tls))
    world.loops.append(
        Store(
            world.api,
            {"clusters/datacentre/connection": {"ca": authority, "token": world.others["datacentre"].token}},
            {"clusters/preview/connection": {"ca": authority, "certificate": certificate, "key": key}},
        )
    )
    try:
        world.start()
        world.hand_over()
        world.settle()
        yield world
    finally:
        world.stop()


def apis(world: World) -> dict[str, Api]:
    """Every API server, by the name of its cluster."""
    return {MANAGEMENT: world.api, **{name: one.api for name, one in world.others.items()}}


def landed(api: Api) -> dict[tuple[str, str], str]:
    """What the stand-in charts made in a cluster: the id of each ConfigMap, by namespace and name."""
    found = [one["metadata"] for one in api.list("api/v1/configmaps")]
    return {(one["namespace"], one["name"]): one["uid"] for one in found if one["name"].endswith("-values")}


def wanted(world: World) -> dict[str, set[tuple[str, str]]]:
    """The same as the repository asks for it, by cluster."""
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in apis(world)}
    for application in asked_for(world.repository):
        destination = application["spec"]["destination"]
        for source in application["spec"].get("sources", []):
            if "chart" in source:
                release = source["helm"]["releaseName"]
                cluster = destination.get("name", MANAGEMENT)
                found[cluster].add((destination["namespace"], f"{release}-values"))
    return found


def test_clusters_register_and_all_that_is_for_them_is_synced(fleet: World) -> None:
    secrets = fleet.api.list("api/v1/namespaces/argocd/secrets?labelSelector=argocd.argoproj.io/secret-type%3Dcluster")
    assert {one["metadata"]["name"] for one in secrets} == {"cluster-datacentre", "cluster-preview"}
    assert {"argocd-staging/shop.preview", "argocd-production/shop.datacentre"} <= fleet.names
    assert fleet.api.applications().keys() == fleet.names


def test_each_chart_lands_in_its_own_cluster_and_nowhere_else(fleet: World) -> None:
    expected = wanted(fleet)
    assert {cluster: set(landed(api)) for cluster, api in apis(fleet).items()} == expected
    assert ("staging-shop", "shop-values") in expected["preview"]
    assert ("production-shop", "shop-values") in expected["datacentre"]


def test_a_workload_cluster_has_only_namespaces_that_something_in_it_is_for(fleet: World) -> None:
    for name, api in apis(fleet).items():
        if name != MANAGEMENT:
            resources = [
                resource
                for one in fleet.api.applications().values()
                if one["spec"]["destination"].get("name") == name
                for resource in one["status"].get("resources", [])
            ]
            homes = {one["namespace"] for one in resources if "namespace" in one}
            made = {one["name"] for one in resources if one["kind"] == "Namespace"}
            assert {one["metadata"]["name"] for one in api.list("api/v1/namespaces")} - NAMESPACES == homes | made


def test_switching_the_wiring_deletes_nothing(
    fleet: World, sources: Template, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As the runbook says: nobody is to confirm anything on the way there, and one thing on the way back."""
    before, things = fleet.uids, {cluster: landed(api) for cluster, api in apis(fleet).items()}
    rendered = sources.render(answers(wiring="applicationset"), tmp_path_factory.mktemp("rendered"))
    fleet.replace(rendered, {}, "Find clusters by their folders")
    roots = {f"cluster-{name}" for name in fleet.others}
    assert fleet.names == before.keys() - roots
    within(300, "the ApplicationSet owns the roots", lambda: roots <= owned(fleet), pause=1)
    fleet.settle(generated=roots)
    assert fleet.uids == before
    with Person(fleet.api) as person:
        rendered = sources.render(answers(), tmp_path_factory.mktemp("rendered"))
        fleet.replace(rendered, {}, "List the clusters again")
        fleet.settle()
    assert person.asked == [FLEET]
    assert owned(fleet) == set()
    assert fleet.uids == before
    assert {cluster: landed(api) for cluster, api in apis(fleet).items()} == things


def owned(world: World) -> set[str]:
    """The Applications that an ApplicationSet owns."""
    found = world.api.applications().items()
    kinds = {name: {owner["kind"] for owner in one["metadata"].get("ownerReferences", [])} for name, one in found}
    return {name for name, owners in kinds.items() if "ApplicationSet" in owners}


def test_removing_a_cluster_removes_only_its_own(
    fleet: World, sources: Template, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The three pull requests of the runbook; a person answers what Argo CD asks."""
    before, ids = {cluster: landed(api) for cluster, api in apis(fleet).items()}, fleet.uids
    own = {name for name in ids if "preview" in name}
    with Person(fleet.api):
        for state in ("draining", "destroying", None):
            rendered = sources.render(answers(state), tmp_path_factory.mktemp("rendered"))
            fleet.replace(rendered, {}, f"Let preview go: {state or 'delete it'}")
            fleet.settle()
            if state == "draining":
                assert ("staging-shop", "shop-values") not in landed(fleet.others["preview"].api)
    assert fleet.uids == {name: uid for name, uid in ids.items() if name not in own}
    after = {cluster: landed(api) for cluster, api in apis(fleet).items()}
    assert after["datacentre"] == before["datacentre"]
    assert after[MANAGEMENT] == {key: uid for key, uid in before[MANAGEMENT].items() if key[0] != "vcluster-preview"}
    assert fleet.api.get("api/v1/namespaces/vcluster-preview") is None
    assert fleet.api.get("api/v1/namespaces/argocd/secrets/cluster-preview") is None
    projects = {called(one) for one in fleet.api.list("apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects")}
    assert "cluster-preview" not in projects
    assert "cluster-datacentre" in projects
