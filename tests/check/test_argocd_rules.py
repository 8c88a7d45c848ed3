"""What the rules on Applications leave alone: the cases in which a reader would not agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.registry import RULES
from clusterwright.check.repository import load
from clusterwright.check.run import find

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write

URL = "https://git.example.com/platform/gitops.git"
SETTINGS = {".clusterwright.yaml": f"repository: {URL}\nbranch: main\n"}
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: other}\n"
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n"


def application(name: str, path: str, project: str = "platform", extra: str = "") -> str:
    return f"""---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd}}
spec:
  project: {project}
  destination: {{server: https://kubernetes.default.svc, namespace: apps}}
  source: {{repoURL: {URL}, targetRevision: main, path: {path}}}
  syncPolicy: {{automated: {{prune: true}}{extra}}}
"""


def project(name: str, namespace: str) -> str:
    return f"""apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {{name: {name}, namespace: argocd}}
spec:
  sourceRepos: [{URL}]
  destinations: [{{server: https://kubernetes.default.svc, namespace: {namespace}}}]
"""


def application_set(name: str, app: str) -> str:
    return f"""apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: {name}, namespace: argocd}}
spec:
  generators: [{{list: {{elements: [{{app: {app}}}]}}}}]
  template:
    metadata: {{name: '{{{{app}}}}'}}
    spec:
      project: platform
      destination: {{server: https://kubernetes.default.svc, namespace: apps}}
      source: {{repoURL: {URL}, targetRevision: main, path: apps}}
"""


def found(root: Path, rule: str) -> list[str]:
    return [one.path for one in find(load(str(root)), RULES) if one.rule == rule]


@pytest.mark.parametrize(
    ("kustomization", "paths"),
    [
        ("", ["two/config.yaml"]),
        ("resources: [config.yaml]\n", ["two/config.yaml"]),
        ("resources: [config.yaml]\nnamePrefix: two-\n", []),
        ("resources: [config.yaml]\nnamespace: apps\n", []),
    ],
)
def test_what_kustomize_renames_or_moves_is_not_shared(write: Write, kustomization: str, paths: list[str]) -> None:
    files = {"apps.yaml": application("one", "one") + application("two", "two"), "one/config.yaml": CONFIG}
    files |= {"two/config.yaml": CONFIG} | ({"two/kustomization.yaml": kustomization} if kustomization else {})
    assert found(write({**SETTINGS, **files}), "shared-resource") == paths


@pytest.mark.parametrize(("kustomization", "paths"), [("", ["one/config.yaml"]), ("namespace: apps\n", [])])
def test_a_namespace_that_kustomize_replaces_needs_no_permission(
    write: Write, kustomization: str, paths: list[str]
) -> None:
    files = {"app.yaml": application("one", "one"), "project.yaml": project("platform", "apps")}
    files |= {"one/config.yaml": CONFIG, "one/kustomization.yaml": f"resources: [config.yaml]\n{kustomization}"}
    assert found(write({**SETTINGS, **files}), "project-destination") == paths


def test_of_projects_of_one_name_the_nearest_is_meant(write: Write) -> None:
    files = {
        "live/app.yaml": application("one", "one"),
        "live/project.yaml": project("platform", "apps"),
        "test/project.yaml": project("platform", "nothing"),
        "one/config.yaml": "a: b\n",
    }
    assert found(write({**SETTINGS, **files}), "project-destination") == []
    assert found(write({"live/project.yaml": project("platform", "nothing")}), "project-destination") == [
        "live/app.yaml"
    ]


def test_a_project_from_elsewhere_is_not_missed(write: Write) -> None:
    files = {"a.yaml": application("one", "one", "elsewhere"), "p.yaml": project("platform", "apps"), "one/a.yaml": ""}
    root = write(files)
    assert found(root, "project-exists") == []
    assert found(write(SETTINGS), "project-exists") == ["a.yaml"]


@pytest.mark.parametrize(("name", "paths"), [("teams", []), ("others", ["sets/two.yaml"])])
def test_applicationsets_of_one_name_are_alternatives(write: Write, name: str, paths: list[str]) -> None:
    files = {"sets/one.yaml": application_set("teams", "red"), "sets/two.yaml": application_set(name, "red")}
    assert found(write({**SETTINGS, **files}), "app-unique") == paths


@pytest.mark.parametrize("extra", ["", ", syncOptions: [Prune=confirm]", ", syncOptions: [Prune=false]"])
def test_an_application_can_brake_for_all_that_it_applies(write: Write, extra: str) -> None:
    files = {"app.yaml": application("one", "one", extra=extra), "one/namespace.yaml": NAMESPACE}
    assert found(write({**SETTINGS, **files}), "prune-brake") == ([] if extra else ["one/namespace.yaml"])


def test_a_name_with_a_gap_for_somebody_else_to_fill_is_not_measured(write: Write) -> None:
    long = "<" + "CLUSTER_NAME" * 5 + ">"
    chart = application(long, "x").replace("path: x", "chart: x")
    assert found(write({**SETTINGS, "app.yaml": chart}), "app-name") == []
    assert found(write({"app.yaml": chart.replace(long, "x" * 60)}), "app-name") == ["app.yaml"]


@pytest.mark.parametrize(("owned", "paths"), [("", ["shop.yaml"]), ("user_paths: [apps/**]\n", [])])
def test_values_that_are_their_users_to_write_may_be_missing(write: Write, owned: str, paths: list[str]) -> None:
    helm = "helm: {ignoreMissingValueFiles: true, valueFiles: [/apps/shop/values.yaml, /apps/shop/test.yaml]}"
    shop = application("shop", "charts").replace("path: charts", f"path: charts, {helm}")
    settings = {".clusterwright.yaml": SETTINGS[".clusterwright.yaml"] + owned}
    root = write({**settings, "shop.yaml": shop, "charts/Chart.yaml": "name: shop\nversion: 1.0.0\n"})
    assert found(root, "app-value-file") == paths
