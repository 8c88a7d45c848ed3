"""What a map knows of repositories in the layouts that other people use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.map.model import Place
from tests.map.conftest import URL, application, chart, cluster, manifest, surveyed

if TYPE_CHECKING:
    from tests.check.conftest import Write

SET = f"""apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: homelab, namespace: argocd}}
spec:
  generators:
    - git: {{repoURL: {URL}, revision: main, directories: [{{path: system/*}}]}}
  template:
    metadata: {{name: "{{{{path.basename}}}}"}}
    spec:
      project: default
      destination: {{name: in-cluster, namespace: "{{{{path.basename}}}}"}}
      source: {{repoURL: {URL}, targetRevision: main, path: "{{{{path}}}}"}}
"""
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one, namespace: apps}\n"
REMOTE = SET.replace("git:", "pullRequest: {github: {owner: x, repo: y}} #")


def test_the_folders_of_an_application_set_become_applications_that_it_makes(write: Write) -> None:
    shown = surveyed(write({"apps/set.yaml": SET, "system/dns/a.yaml": CONFIG, "system/mail/a.yaml": CONFIG}))
    assert [(one.id, one.kind, one.maker) for one in shown.applications] == [
        ("argocd/dns", "Application", "argocd/homelab"),
        ("argocd/homelab", "ApplicationSet", ""),
        ("argocd/mail", "Application", "argocd/homelab"),
    ]
    assert application(shown, "argocd/dns").place == Place("apps/set.yaml", 1)
    assert [(one.name, one.kind) for one in shown.clusters] == [("in-cluster", "management")]
    assert not application(shown, "argocd/homelab").delivers


def test_an_application_set_that_nobody_can_expand_offline_is_shown_itself(write: Write) -> None:
    (only,) = surveyed(write({"apps/set.yaml": REMOTE})).applications
    assert (only.id, only.delivers, only.cluster) == ("argocd/homelab", True, "in-cluster")


def test_overlays_tell_the_environment(write: Write) -> None:
    shown = surveyed(
        write(
            {
                "root.yaml": manifest("shop-production", path="apps/shop/overlays/production"),
                "apps/shop/overlays/production/a.yaml": CONFIG,
                "apps/shop/overlays/staging/a.yaml": CONFIG,
                "other.yaml": manifest("shop-staging", path="apps/shop/overlays/staging"),
            }
        )
    )
    assert {one.name: one.environment for one in shown.applications} == {
        "shop-production": "production",
        "shop-staging": "staging",
    }


def test_destinations_alone_name_clusters(write: Write) -> None:
    shown = surveyed(
        write(
            {
                "a.yaml": manifest("dns", destination="name: eu-1", **chart("dns")),
                "b.yaml": manifest("mail", destination='server: "https://10.0.0.1:6443/"', **chart("mail")),
                "c.yaml": manifest("lost", destination="namespace: x, server: ''", **chart("lost")),
            }
        )
    )
    assert [one.name for one in shown.clusters] == ["in-cluster", "eu-1", "https://10.0.0.1:6443", "unknown"]
    assert cluster(shown, "eu-1").place == Place()


def test_a_secret_tells_which_server_a_cluster_is(write: Write) -> None:
    declared = """apiVersion: v1
kind: Secret
metadata: {name: eu, namespace: argocd, labels: {argocd.argoproj.io/secret-type: cluster, ring: early}}
data: {name: ZXUtMQ==, server: aHR0cHM6Ly8xMC4wLjAuMTo2NDQz}
"""
    shown = surveyed(
        write(
            {
                "c.yaml": declared,
                "b.yaml": manifest("mail", destination='server: "https://10.0.0.1:6443"', **chart("m")),
            }
        )
    )
    assert application(shown, "argocd/mail").cluster == "eu-1"
    assert (cluster(shown, "eu-1").ring, cluster(shown, "eu-1").place) == ("early", Place("c.yaml", 1))


def test_a_cluster_that_an_operator_declares_is_called_after_what_can_be_read(write: Write) -> None:
    made = """apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: cluster-eu-1, namespace: argocd}
spec:
  target:
    template:
      metadata: {labels: {argocd.argoproj.io/secret-type: cluster, clusterwright.dev/cluster: eu-1}}
      data: {name: "{{ .name }}", server: "{{ .server }}"}
"""
    shown = surveyed(write({"c.yaml": made, "b.yaml": manifest("mail", destination="name: eu-1", **chart("m"))}))
    assert [(one.name, one.server) for one in shown.clusters] == [("in-cluster", ""), ("eu-1", "")]


def test_a_name_is_shown_without_that_of_its_cluster(write: Write) -> None:
    names = ("eu-1.dns", "mail.eu-1", "eu-1-shop", "chat-eu-1", "eu-1")
    files = {f"{name}.yaml": manifest(name, destination="name: eu-1", **chart("x")) for name in names}
    assert {one.title for one in surveyed(write(files)).applications} == {"dns", "mail", "shop", "chat", "eu-1"}


def test_the_chart_of_vcluster_makes_a_virtual_cluster_on_its_host(write: Write) -> None:
    shown = surveyed(
        write(
            {
                "v.yaml": manifest("preview", destination="name: eu-1", **chart("vcluster")),
                "m.yaml": manifest("mail", destination="name: preview", **chart("m")),
            }
        )
    )
    assert (cluster(shown, "preview").kind, cluster(shown, "preview").host) == ("virtual", "eu-1")
    assert application(shown, "argocd/preview").plane == "preview"


def test_a_root_without_atlantis_is_found_by_its_backend(write: Write) -> None:
    shown = surveyed(
        write(
            {
                "live/dns/main.tf": 'terraform {\n  required_version = ">= 1.9"\n  backend "s3" {}\n}\n',
                "live/cloud/main.tf": 'terraform {\n  cloud {\n    organization = "x"\n  }\n}\n',
                "modules/net/main.tf": '# no backend here\nresource "null_resource" "a" {}\n',
                "broken/main.tf": 'terraform {\n  backend "s3" {\n',
            }
        )
    )
    assert [(one.name, one.planned, one.place) for one in shown.roots] == [
        ("live/cloud", False, Place("live/cloud/main.tf", 2)),
        ("live/dns", False, Place("live/dns/main.tf", 3)),
    ]


def test_groups_of_atlantis_order_roots_that_name_no_others(write: Write) -> None:
    atlantis = """version: 3
projects:
  - {dir: ./b/, execution_order_group: 2}
  - {dir: a, execution_order_group: 1}
  - {name: c, dir: live/c, execution_order_group: 2, depends_on: [b, gone]}
"""
    roots = surveyed(write({"atlantis.yaml": atlantis})).roots
    assert [(one.name, one.folder, one.after) for one in roots] == [
        ("a", "a", ()),
        ("b", "b", ("a",)),
        ("c", "live/c", ("b", "gone")),
    ]


def test_roots_that_wait_for_each_other_are_all_shown(write: Write) -> None:
    atlantis = "version: 3\nprojects: [{name: a, dir: a, depends_on: [b]}, {name: b, dir: b, depends_on: [a]}, 7]\n"
    assert sorted(one.name for one in surveyed(write({"atlantis.yaml": atlantis})).roots) == ["a", "b"]


def test_lists_and_several_documents_are_found_at_their_lines(write: Write) -> None:
    listed = "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: argoproj.io/v1alpha1\n    kind: AppProject\n"
    shown = surveyed(
        write(
            {
                "p.yaml": f"# a comment\n---\n# another\n\n{CONFIG}---\n{listed}    metadata: {{name: second}}\n",
                "q.yaml": "%YAML 1.1\n---\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\n"
                "metadata: {name: first}\n",
            }
        )
    )
    assert {one.name: one.place for one in shown.projects} == {
        "second": Place("p.yaml", 12),
        "first": Place("q.yaml", 3),
    }
