"""What a picture shows: boxes, their entries and the arrows between them, with what is alike folded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterwright.map.boxes import view
from clusterwright.map.folding import MOST_ENTRIES, MOST_GROUPS, contents
from clusterwright.map.model import Application, Cluster, Map, Place, Root, Source
from clusterwright.map.view import Entry, Link
from tests.map.conftest import surveyed
from tests.map.fleet import fleet
from tests.template.golden import GOLDEN

if TYPE_CHECKING:
    from clusterwright.map.view import Box, View
    from tests.check.conftest import Write

MANAGEMENT = Cluster("management", "management", "", "", "", "", "", Place())


def app(title: str, cluster: str = "eu", version: str = "1.0.0", environment: str = "", **more: object) -> Application:
    name = f"{cluster}-{title}"
    made = Application(
        id=name,
        name=name,
        title=title,
        kind="Application",
        cluster=cluster,
        namespace=title,
        project="platform",
        environment=environment,
        wave=0,
        delivers=True,
        maker="",
        needs=(),
        plane="",
        sources=(Source("https://charts.example.com", "", title, version),),
        place=Place("a.yaml", 1),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def workload(name: str, ring: str = "", environment: str = "", host: str = "") -> Cluster:
    return Cluster(name, "virtual" if host else "physical", host, environment, ring, "", "", Place())


def drawn(clusters: list[Cluster], applications: list[Application], roots: tuple[Root, ...] = ()) -> View:
    return view(Map("gitops", (MANAGEMENT, *clusters), tuple(applications), (), roots))


def box(shown: View, title: str) -> Box:
    return next(one for one in shown.boxes if one.title == title)


def test_the_default_platform_is_a_repository_its_infrastructure_one_cluster_and_three_environments() -> None:
    shown = view(surveyed(GOLDEN / "laptop"))
    assert [(one.kind, one.title) for one in shown.boxes] == [
        ("repository", "gitops"),
        ("roots", "Infrastructure"),
        ("management", "management"),
        ("environment", "development"),
        ("environment", "production"),
        ("environment", "staging"),
    ]
    titles = [one.title for one in box(shown, "management").entries]
    assert "management" not in titles, "a root delivers nothing itself"
    assert titles[:3] == ["external-secrets", "gateway-api", "reloader"]
    assert shown.links[0] == Link("repository", "cluster management", "Argo CD")


def test_clusters_that_run_the_same_are_one_box() -> None:
    names = ["eu-1", "eu-2", "us-1"]
    shown = drawn([workload(one) for one in names], [app("dns", one) for one in names])
    same = box(shown, "3 physical clusters")
    assert (same.members, same.notes) == (("eu-1", "eu-2", "us-1"), ("eu-1 … us-1",))
    assert same.entries == (Entry("dns", "1.0.0", 0, ("eu-1-dns", "eu-2-dns", "us-1-dns")),)


@pytest.mark.parametrize(
    "different",
    [
        app("dns", "us-1", "2.0.0"),
        app("dns", "us-1", wave=3),
        app("mail", "us-1"),
        app("dns", "us-1", status="changed"),
    ],
    ids=["version", "wave", "name", "change"],
)
def test_one_that_runs_something_else_is_a_box_of_its_own(different: Application) -> None:
    shown = drawn(
        [workload(one) for one in ("eu-1", "eu-2", "us-1")], [app("dns", "eu-1"), app("dns", "eu-2"), different]
    )
    assert [one.title for one in shown.boxes if one.kind == "physical"] == ["2 physical clusters", "us-1"]


def test_rings_and_environments_tell_clusters_apart() -> None:
    shown = drawn(
        [
            workload("a", "early", "live"),
            workload("b", "early", "live"),
            workload("c", "late", "live"),
            workload("d", "late"),
        ],
        [],
    )
    assert [(one.title, one.notes) for one in shown.boxes if one.kind == "physical"] == [
        ("2 physical clusters", ("a, b", "live · ring early")),
        ("c", ("live · ring late",)),
        ("d", ("ring late",)),
    ]


def test_many_clusters_that_all_differ_are_told_apart_by_less() -> None:
    clusters = [workload(f"c{n:02}", "early" if n % 2 else "late") for n in range(40)]
    shown = drawn(clusters, [app("dns", one.name, f"1.0.{index}") for index, one in enumerate(clusters)])
    found = [one for one in shown.boxes if one.kind == "physical"]
    assert len(found) <= MOST_GROUPS
    assert [(one.title, one.entries[0].note) for one in found] == [("20 physical clusters", "20 versions")] * 2


def test_what_not_every_cluster_of_a_box_runs_says_on_how_many_it_is() -> None:
    clusters = [workload(f"c{n:02}") for n in range(14)]
    found = drawn(
        clusters, [app(f"own-{one.name}", one.name) for one in clusters] + [app("dns", one.name) for one in clusters]
    )
    (only,) = [one for one in found.boxes if one.kind == "physical"]
    assert {one.title: one.note for one in only.entries}["dns"] == "1.0.0"
    assert {one.title: one.note for one in only.entries}["own-c03"] == "on 1 of 14"


def test_virtual_clusters_are_inside_the_box_of_their_hosts() -> None:
    hosts = [workload("host-1"), workload("host-2")]
    virtual = [workload("v-1", host="host-1"), workload("v-2", host="host-2"), workload("v-3", host="host-2")]
    shown = drawn([*hosts, *virtual], [app("dns", one.name) for one in virtual])
    outer = box(shown, "2 physical clusters")
    assert [(one.title, one.kind, one.members) for one in outer.boxes] == [
        ("3 virtual clusters", "virtual", ("v-1", "v-2", "v-3"))
    ]


def test_the_chart_that_makes_a_virtual_cluster_is_no_entry_of_its_host() -> None:
    makes = app("vcluster", "host-1", plane="v-1")
    shown = drawn([workload("host-1"), workload("v-1", host="host-1")], [makes, app("dns", "host-1")])
    assert [one.title for one in box(shown, "host-1").entries] == ["dns"]


def test_a_virtual_cluster_on_an_unknown_host_is_a_box_of_its_own() -> None:
    assert box(drawn([workload("v-1", host="gone")], []), "v-1").kind == "virtual"


def test_arrows_leave_out_what_follows_from_others() -> None:
    first, second = app("crds"), app("gateway", needs=("eu-crds",))
    third = app("shop", needs=("eu-crds", "eu-gateway", "elsewhere"))
    found = contents([first, second, third])
    assert [one.title for one in found.entries] == ["crds", "gateway", "shop"]
    assert found.arrows == ((0, 1), (1, 2))


def test_applications_that_wait_for_each_other_end_the_search_for_arrows() -> None:
    circle = [app("a", needs=("eu-b",)), app("b", needs=("eu-a",)), app("c", needs=("eu-a", "eu-b"))]
    assert contents(circle).arrows == ((1, 0), (0, 1), (0, 2), (1, 2))


def test_more_entries_than_a_reader_counts_are_folded_by_namespace() -> None:
    found = contents([app(f"app-{n:03}", namespace=f"team-{n % 4}") for n in range(120)])
    assert [(one.title, one.note) for one in found.entries] == [(f"team-{n}", "30 Applications") for n in range(4)]
    many = contents([app(f"app-{n:03}", namespace=f"team-{n:03}") for n in range(120)])
    assert len(many.entries) == MOST_ENTRIES
    assert (many.entries[-1].title, many.entries[-1].note) == ("81 more", "81 Applications")


def test_an_environment_shows_its_applications_and_where_they_go() -> None:
    shown = drawn(
        [workload("eu-1"), workload("us-1", "late")],
        [app("shop", "eu-1", environment="live"), app("shop", "us-1", environment="live"), app("dns", "eu-1")],
    )
    assert box(shown, "live").entries == (Entry("shop", "1.0.0", 0, ("eu-1-shop", "us-1-shop")),)
    assert {(one.tail, one.head) for one in shown.links} == {
        ("repository", "cluster management"),
        ("cluster management", "environment live"),
        ("environment live", "cluster eu-1"),
        ("environment live", "cluster us-1"),
    }


def test_a_cluster_that_no_environment_reaches_is_linked_to_argo_cd() -> None:
    assert Link("cluster management", "cluster eu-1") in drawn([workload("eu-1")], [app("dns", "eu-1")]).links


def test_many_environments_that_deliver_the_same_are_one_box() -> None:
    names = [f"preview-{n:02}" for n in range(20)]
    shown = drawn(
        [],
        [app("shop", "management", environment=one) for one in names] + [app("blog", "management", environment="live")],
    )
    assert [one.title for one in shown.boxes if one.kind == "environment"] == ["live", "20 environments"]


def test_roots_of_many_clusters_are_one_entry() -> None:
    roots = (
        Root("state", "state", (), "", planned=False, place=Place()),
        Root("cloud", "cloud", ("state",), "", planned=True, place=Place()),
        *(Root(f"c{n}", f"clusters/c{n}", ("cloud",), f"c{n}", planned=True, place=Place()) for n in range(30)),
    )
    found = box(drawn([], [], roots), "Infrastructure")
    assert [(one.title, one.note) for one in found.entries] == [
        ("state", "by hand"),
        ("cloud", ""),
        ("30 cluster roots", ""),
    ]
    assert found.arrows == ((0, 1), (1, 2))


def test_roots_are_drawn_without_what_follows_from_the_rest() -> None:
    chain = [("a", ()), ("b", ("a",)), ("c", ("a", "b")), ("loop", ("loop", "c"))]
    roots = tuple(Root(name, name, after, "", planned=True, place=Place()) for name, after in chain)
    assert box(drawn([], [], roots), "Infrastructure").arrows == ((0, 1), (1, 2), (2, 3))


def test_a_fleet_of_a_hundred_is_as_few_boxes_as_one_of_twelve(write: Write) -> None:
    shown = view(surveyed(write(fleet(99, virtual=33))))
    assert len(shown.boxes) == 9
    assert sum(len(one.boxes) for one in shown.boxes) == 3
