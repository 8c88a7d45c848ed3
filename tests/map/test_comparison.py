"""What `--diff` marks: what two trees of git make of each thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.map.boxes import view
from clusterwright.map.comparison import compared
from clusterwright.map.svg import as_svg
from clusterwright.map.text import as_text
from tests.conftest import git
from tests.map.conftest import URL, chart, manifest
from tests.map.fleet import fleet
from tests.review.conftest import Workshop, workshop

if TYPE_CHECKING:
    from clusterwright.map.model import Map

__all__ = ["workshop"]

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one, namespace: apps}\n"
PROJECT = "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: platform}\nspec: {sourceRepos: [a]}\n"
VALUES = f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: dns, namespace: argocd}}
spec:
  project: platform
  destination: {{server: https://kubernetes.default.svc, namespace: dns}}
  sources:
    - repoURL: https://charts.example.com
      chart: dns
      targetRevision: 1.0.0
      helm: {{valueFiles: [$here/values/dns.yaml]}}
    - {{repoURL: {URL}, targetRevision: main, ref: here}}
"""
FILES = {
    ".clusterwright.yaml": f"repository: {URL}\n",
    "root.yaml": manifest("root", path="apps"),
    "apps/dns.yaml": VALUES,
    "apps/mail.yaml": manifest("mail", path="mail"),
    "apps/shop.yaml": manifest("shop", path="shop"),
    "apps/chat.yaml": manifest("chat", **chart("chat")),
    "values/dns.yaml": "replicas: 1\n",
    "mail/one.yaml": CONFIG,
    "shop/Chart.yaml": "name: shop\nversion: 0.1.0\n",
    "shop/templates/a.yaml": "{{ .Values }}\n",
    "project.yaml": PROJECT,
    "atlantis.yaml": "version: 3\nprojects: [{name: net, dir: net}, {name: dns, dir: dns, depends_on: [net]}]\n",
    "net/main.tf": 'module "vpc" {\n  source = "../modules/vpc"\n}\n',
    "dns/main.tf": 'resource "null_resource" "a" {}\n',
    "modules/vpc/main.tf": 'resource "null_resource" "b" {}\n',
}


@pytest.fixture
def platform(workshop: Workshop) -> Workshop:
    workshop.commit(FILES)
    return workshop


def marked(shown: Map) -> dict[str, str]:
    parts = (shown.clusters, shown.applications, shown.projects, shown.roots)
    return {one.name: one.status for part in parts for one in part if one.status}


def test_nothing_is_marked_where_nothing_changed(platform: Workshop) -> None:
    assert marked(compared(platform.root, "HEAD")) == {}


@pytest.mark.parametrize(
    ("path", "before", "after", "touched"),
    [
        ("apps/chat.yaml", "targetRevision: 1.0.0", "targetRevision: 2.0.0", "chat"),
        ("apps/chat.yaml", "name: chat, namespace: argocd", "namespace: argocd, name: chat", None),
        ("values/dns.yaml", "1", "2", "dns"),
        ("mail/one.yaml", "apps", "mail", "mail"),
        ("shop/Chart.yaml", "0.1.0", "0.2.0", "shop"),
        ("shop/templates/a.yaml", "Values", "Release", "shop"),
        ("project.yaml", "[a]", "[a, b]", "platform"),
        ("net/main.tf", "vpc", "vpc", None),
        ("modules/vpc/main.tf", '"b"', '"c"', "net"),
        ("atlantis.yaml", ", depends_on: [net]", "", "dns"),
    ],
)
def test_what_a_file_is_for_is_changed_with_it(
    platform: Workshop, path: str, before: str, after: str, touched: str | None
) -> None:
    text = (platform.root / path).read_text("utf-8")
    platform.write(path, text.replace(before, after))
    assert marked(compared(platform.root, "HEAD")) == ({touched: "changed"} if touched else {})


def test_what_comes_and_goes_is_marked_and_what_goes_is_still_shown(platform: Workshop) -> None:
    platform.remove("apps/mail.yaml")
    platform.write("apps/new.yaml", manifest("new", destination="name: eu-1", **chart("new")))
    shown = compared(platform.root, "HEAD")
    assert marked(shown) == {"mail": "removed", "new": "added", "eu-1": "added"}
    assert "- mail" in as_text(shown)


def test_a_version_that_moves_shows_where_from(platform: Workshop) -> None:
    platform.edit("apps/dns.yaml", "targetRevision: 1.0.0", "targetRevision: 1.2.0")
    shown = compared(platform.root, "HEAD")
    assert as_text(shown) == (
        "gitops: 1 cluster, 5 Applications, 1 project, 2 roots\n~ 1 changed\n\n"
        "in-cluster  (Argo CD runs here)\n  ~ dns 1.0.0 → 1.2.0"
    )
    assert "changed: dns 1.0.0 → 1.2.0" in as_svg(view(shown))


def test_what_happened_on_the_base_since_does_not_count(platform: Workshop) -> None:
    git(platform.root, "checkout", "-q", "-b", "work")
    platform.edit("apps/dns.yaml", "targetRevision: 1.0.0", "targetRevision: 1.2.0")
    git(platform.root, "commit", "-q", "-a", "-m", "Work")
    git(platform.root, "checkout", "-q", "main")
    platform.edit("mail/one.yaml", "one", "two")
    git(platform.root, "commit", "-q", "-a", "-m", "Elsewhere")
    git(platform.root, "checkout", "-q", "work")
    assert marked(compared(platform.root, "main")) == {"dns": "changed"}


def test_clusters_that_a_change_touches_are_a_box_of_their_own(workshop: Workshop) -> None:
    files = fleet(24, virtual=12)
    workshop.commit(files)
    for name, text in files.items():
        if name.startswith("registry/clusters/development"):
            workshop.write(
                name, text.replace("chart: metrics, targetRevision: 2.0.0", "chart: metrics, targetRevision: 2.1.0")
            )
    shown = compared(workshop.root, "HEAD")
    assert set(marked(shown).values()) == {"changed"}
    notes = "(development-003 … development-012 · development · ring canary)"
    assert f"4 physical clusters  {notes}\n  ~ metrics 2.0.0 → 2.1.0" in as_text(shown)
    assert "changed: metrics 2.0.0 → 2.1.0" in as_svg(view(shown)), "a tile, where the others are words"
