"""What a map knows of repositories that the template generates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.map.model import Place, Source
from clusterwright.map.text import as_text
from tests.conftest import ROOT
from tests.map.conftest import application, chart, cluster, manifest, surveyed
from tests.map.fleet import fleet
from tests.template.golden import GOLDEN, NAMES

if TYPE_CHECKING:
    from clusterwright.map.model import Map
    from tests.check.conftest import Write


@pytest.fixture(scope="module")
def laptop() -> Map:
    return surveyed(GOLDEN / "laptop")


def test_the_management_cluster_has_the_name_that_its_applications_give_it(laptop: Map) -> None:
    assert [(one.name, one.kind) for one in laptop.clusters] == [("management", "management")]


def test_an_application_is_known_with_all_that_a_reader_asks_for(laptop: Map) -> None:
    openbao = application(laptop, "argocd/openbao")
    assert (openbao.title, openbao.cluster, openbao.namespace, openbao.project) == (
        "openbao",
        "management",
        "openbao",
        "platform",
    )
    assert (openbao.wave, openbao.delivers, openbao.environment, openbao.maker) == (5, True, "", "argocd/management")
    assert openbao.place == Place("registry/clusters/management/openbao.yaml", 2)
    assert openbao.sources[0].chart == "openbao"
    assert openbao.sources[1] == Source(
        "http://gitea-http.gitea.svc.cluster.local:3000/platform/gitops.git", "platform/openbao/manifests", "", "main"
    )


def test_needs_are_what_the_annotation_and_the_kinds_say(laptop: Map) -> None:
    assert "argocd/trust-bundle" in application(laptop, "argocd/openbao").needs
    assert "argocd/cert-manager" in application(laptop, "argocd/gateway").needs, "it applies Certificates"


def test_an_environment_without_applications_is_an_environment(laptop: Map) -> None:
    assert laptop.environments == ("development", "production", "staging")
    root = application(laptop, "argocd/environment-staging")
    assert (root.environment, root.delivers) == ("staging", False)


def test_a_root_that_has_nothing_to_make_yet_is_a_root(laptop: Map) -> None:
    assert not application(laptop, "argocd/fleet").delivers


def test_roots_come_in_the_order_of_atlantis(laptop: Map) -> None:
    assert [(one.name, one.after, one.planned) for one in laptop.roots] == [
        ("git", (), True),
        ("secrets", ("git",), True),
        ("users", ("secrets",), True),
    ]
    assert laptop.roots[0].folder == "infrastructure/git"
    assert laptop.roots[0].place.path == "atlantis.yaml"


def test_projects_know_the_clusters_that_they_permit(laptop: Map) -> None:
    assert {one.name: one.clusters for one in laptop.projects} == {
        "default": (),
        "environment-development": ("management",),
        "environment-production": ("management",),
        "environment-staging": ("management",),
        "fleet": ("management",),
        "platform": ("management",),
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_place_is_the_line_where_the_manifest_begins(name: str) -> None:
    shown = surveyed(GOLDEN / name)
    for place in [one.place for part in (shown.applications, shown.projects) for one in part]:
        lines = (GOLDEN / name / place.path).read_text("utf-8").splitlines()
        assert lines[place.line - 1] == "apiVersion: argoproj.io/v1alpha1", place
    for root in shown.roots:
        lines = (GOLDEN / name / root.place.path).read_text("utf-8").splitlines()
        assert lines[root.place.line - 1].strip() == f"- name: {root.name}", root.place


@pytest.mark.parametrize("name", NAMES)
def test_every_component_of_the_platform_is_there_once(name: str) -> None:
    titles = [one.title for one in surveyed(GOLDEN / name).applications]
    folder = ROOT / "tests/golden" / name / "registry/clusters/management"
    assert sorted(titles) == sorted([*(path.stem for path in folder.glob("*.yaml")), "fleet", "management"])


def test_a_fleet_has_its_clusters_with_host_environment_and_ring(write: Write) -> None:
    shown = surveyed(write(fleet(4, virtual=1)))
    assert [(one.name, one.kind, one.host, one.environment, one.ring) for one in shown.clusters] == [
        ("management", "management", "", "", ""),
        ("development-003", "physical", "", "development", "canary"),
        ("production-002", "physical", "", "production", "stable"),
        ("staging-001", "physical", "", "staging", "early"),
        ("staging-004", "virtual", "staging-001", "staging", "early"),
    ]
    assert cluster(shown, "production-002").server == "https://production-002.example.com"
    assert cluster(shown, "production-002").place == Place("registry/clusters/production-002/connection.yaml", 1)


def test_a_component_of_a_fleet_is_called_without_its_cluster(write: Write) -> None:
    shown = surveyed(write(fleet(1)))
    gateway = application(shown, "argocd/staging-001-gateway")
    assert (gateway.title, gateway.cluster) == ("gateway", "staging-001")
    assert gateway.needs == ("argocd/staging-001-envoy-gateway", "argocd/staging-001-issuers")
    assert gateway.place == Place("registry/clusters/staging-001/components.yaml", 74)


def test_a_delivery_belongs_to_its_environment_and_its_cluster(write: Write) -> None:
    shop = application(surveyed(write(fleet(1))), "argocd-staging/shop-staging-001")
    assert (shop.title, shop.environment, shop.cluster) == ("shop", "staging", "staging-001")
    assert shop.maker == "argocd/environment-staging"


def test_a_cluster_on_its_way_out_says_so(write: Write) -> None:
    files = fleet(2)
    path = "registry/clusters/staging-001/connection.yaml"
    files[path] = files[path].replace("  labels:\n", "  labels:\n    clusterwright.dev/state: draining\n")
    shown = surveyed(write(files))
    assert [(one.name, one.state) for one in shown.clusters[1:]] == [
        ("production-002", ""),
        ("staging-001", "draining"),
    ]
    assert "staging-001  (staging · draining · ring early)" in as_text(shown)


def test_the_root_of_a_cluster_is_known_by_its_name(write: Write) -> None:
    roots = surveyed(write(fleet(2))).roots
    assert [(one.name, one.after, one.cluster) for one in roots] == [
        ("state", (), ""),
        ("cloud", ("state",), ""),
        ("cluster-staging-001", ("cloud",), "staging-001"),
        ("cluster-production-002", ("cloud",), "production-002"),
    ]


def test_the_component_called_environments_is_no_environment(laptop: Map) -> None:
    assert application(laptop, "argocd/environments").environment == ""


def test_two_applications_of_one_name_stay_two(write: Write) -> None:
    root = write(
        {"a/one.yaml": manifest("metrics", **chart("metrics")), "b/one.yaml": manifest("metrics", **chart("x"))}
    )
    assert [one.id for one in surveyed(root).applications] == ["argocd/metrics", "argocd/metrics (b/one.yaml)"]


def test_an_empty_folder_has_an_empty_map(write: Write) -> None:
    shown = surveyed(write({"README.md": "# Nothing\n"}))
    assert (shown.name, shown.applications, shown.projects, shown.roots) == ("repository", (), (), ())
    assert [one.name for one in shown.clusters] == ["in-cluster"]
