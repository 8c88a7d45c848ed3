from __future__ import annotations

import pytest

from clusterwright.check.classify import is_workflow, role

MANIFEST = {"apiVersion": "v1", "kind": "ConfigMap"}


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("a.yaml", MANIFEST, "manifest"),
        (".argo/a.yaml", MANIFEST, "manifest"),
        ("a.yaml", {**MANIFEST, "sops": {}}, "encrypted"),
        ("a.yaml", {"apiVersion": "v1"}, "data"),
        ("a.yaml", {"apiVersion": 1, "kind": "A"}, "data"),
        ("a.yaml", [MANIFEST], "data"),
        ("a.yaml", None, "data"),
        ("x/kustomization.yaml", {"resources": []}, "tool"),
        ("x/Chart.yaml", {"apiVersion": "v2", "name": "x"}, "data"),
        ("x/values.yaml", MANIFEST, "tool"),
        ("x/values.yaml", {**MANIFEST, "metadata": {}}, "manifest"),
        ("registry/atlantis.yaml", MANIFEST, "manifest"),
        ("atlantis.yaml", {"version": 3, "projects": []}, "data"),
        (".github/workflows/a.yaml", {"on": "push"}, "tool"),
        ("kubeconfig.yaml", {"apiVersion": "v1", "kind": "Config"}, "tool"),
        ("cluster.yaml", {"apiVersion": "k3d.io/v1alpha5", "kind": "Simple"}, "tool"),
    ],
)
def test_a_document_is_what_its_path_and_its_data_say(path: str, data: object, expected: str) -> None:
    assert role(path, data) == expected


@pytest.mark.parametrize(
    "path", [".github/workflows/a.yml", "sub/.gitea/workflows/a.yaml", ".github/actions/x/action.yml"]
)
def test_workflows(path: str) -> None:
    assert is_workflow(path)
    assert not is_workflow("workflows/a.yaml")
