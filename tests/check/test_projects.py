"""What a project permits: the semantics of Argo CD's own AppProject."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.model import Document, File, Resource
from clusterwright.check.projects import project

if TYPE_CHECKING:
    from clusterwright.check.projects import Project


def resource(kind: str = "AppProject", group: str = "argoproj.io", name: str = "p", **data: object) -> Resource:
    manifest = {"apiVersion": f"{group}/v1", "kind": kind, "metadata": {"name": name, "namespace": "argocd"}, **data}
    document = Document(File("p.yaml", b""), 0, manifest, "manifest")
    return Resource(document, manifest)


def made(**spec: object) -> Project:
    return project(resource(spec=spec))


@pytest.mark.parametrize("odd", [None, 3, "a", ["a"], [["a"]], {"a": "b"}, [{"group": ["*"], "server": {"a": "b"}}]])
def test_entries_of_any_shape_are_read(odd: object) -> None:
    keys = ("sourceRepos", "destinations", "sourceNamespaces", "clusterResourceWhitelist", "namespaceResourceBlacklist")
    read = made(**dict.fromkeys(keys, odd))
    assert not read.permits_repository("https://git.example.com/a")
    assert not read.permits_destination(SERVER, "", "a")
    assert not read.permits_kind(resource("Namespace", ""), cluster=True)


SERVER = "https://kubernetes.default.svc"


@pytest.mark.parametrize(
    ("patterns", "url", "permitted"),
    [
        (["*"], "https://git.example.com/a/b", True),
        ([], "https://git.example.com/a/b", False),
        (["https://git.example.com/a/*"], "https://git.example.com/a/b.git", True),
        (["https://git.example.com/*"], "https://git.example.com/a/b", False),
        (["https://git.example.com/**"], "https://git.example.com/a/b", True),
        (["*", "!https://git.example.com/a/b"], "https://git.example.com/A/b.git", False),
        (["!https://git.example.com/a/c"], "https://git.example.com/a/b", True),
        (["git@git.example.com:a/*"], "ssh://git@git.example.com/a/b", True),
    ],
)
def test_repositories(patterns: list[str], url: str, permitted: object) -> None:
    assert made(sourceRepos=patterns).permits_repository(url) is permitted


@pytest.mark.parametrize(
    ("destinations", "namespace", "permitted"),
    [
        ([("*", "*")], "any", True),
        ([(SERVER, "team-*")], "team-a", True),
        ([(SERVER, "team-*")], "other", False),
        ([("https://elsewhere", "*")], "any", False),
        ([(SERVER, "*"), (SERVER, "!kube-system")], "kube-system", False),
        ([(SERVER, "kube-system"), (SERVER, "!kube-system")], "kube-system", False),
        ([(SERVER, "!kube-system"), (SERVER, "kube-system")], "kube-system", False),
        ([(SERVER, "!kube-system")], "apps", True),
        ([("*", "*"), (f"!{SERVER}", "*")], "any", False),
        ([("https://*", "a")], "a", True),
    ],
)
def test_destinations(destinations: list[tuple[str, str]], namespace: str, permitted: object) -> None:
    entries = [{"server": server, "namespace": one} for server, one in destinations]
    assert made(destinations=entries).permits_destination(SERVER, "in-cluster", namespace) is permitted


def test_a_destination_by_name() -> None:
    one = made(destinations=[{"name": "prod-*", "namespace": "*"}])
    assert one.permits_destination("", "prod-1", "x")
    assert not one.permits_destination("", "test-1", "x")


def test_cluster_kinds_must_be_listed_and_namespaced_ones_need_not() -> None:
    namespace, config = resource("Namespace", "", "apps"), resource("ConfigMap", "")
    assert not made().permits_kind(namespace, cluster=True)
    assert made().permits_kind(config, cluster=False)
    listed = made(clusterResourceWhitelist=[{"group": "", "kind": "Name*"}])
    assert listed.permits_kind(namespace, cluster=True)
    named = made(clusterResourceWhitelist=[{"group": "", "kind": "Namespace", "name": "team-*"}])
    assert not named.permits_kind(namespace, cluster=True)
    assert not made(namespaceResourceWhitelist=[]).permits_kind(config, cluster=False)
    denied = made(namespaceResourceBlacklist=[{"group": "*", "kind": "ConfigMap"}])
    assert not denied.permits_kind(config, cluster=False)


def test_an_application_lives_beside_the_project_or_where_it_says() -> None:
    one = made(sourceNamespaces=["argocd-*"])
    assert one.permits_home("argocd")
    assert one.permits_home("")
    assert one.permits_home("argocd-team")
    assert not one.permits_home("team")


def test_a_cluster_of_which_one_thing_is_not_known_may_be_meant_by_it() -> None:
    everywhere = made(destinations=[{"server": "*", "namespace": "*"}])
    assert everywhere.permits_destination("", "prod-1", "x")
    by_name = made(destinations=[{"name": "prod-1", "namespace": "x"}])
    assert by_name.permits_destination("https://prod.example.com", "", "x")
    assert not by_name.permits_destination("https://prod.example.com", "", "y")
    here = made(destinations=[{"server": SERVER, "namespace": "*"}])
    assert not here.permits_destination("", "prod-1", "x")
