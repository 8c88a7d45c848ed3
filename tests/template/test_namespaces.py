"""Every namespace of the platform holds its pods to a standard, and hears nobody unless a policy says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

ENFORCE = "pod-security.kubernetes.io/enforce"
# Closed by the policies of their own charts, as their values ask for.
CLOSED_BY_THE_CHART = {"argocd", "external-secrets"}
PLATFORMS = ("aws-everything", "existing-cilium", "existing-gitea-nginx", "existing-github-traefik-vault")
Manifest = dict[str, Any]


@pytest.fixture(scope="module", params=PLATFORMS)
def repository(request: pytest.FixtureRequest, sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform of many components."""
    return sources.render(answers(VALID / f"{request.param}.yaml"), tmp_path_factory.mktemp(request.param) / "out")


def read(folder: Path, pattern: str) -> list[Manifest]:
    files = sorted(folder.glob(pattern))
    return [one for path in files for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def applications(repository: Path) -> list[Manifest]:
    """The components' own, of which each makes its namespace."""
    found = read(repository, "registry/clusters/management/*.yaml")
    made = [one for one in found if "CreateNamespace=true" in one["spec"]["syncPolicy"]["syncOptions"]]
    return [one for one in made if one["spec"]["destination"]["namespace"] != "kube-system"]


def test_every_namespace_enforces_a_standard(repository: Path) -> None:
    for one in applications(repository):
        labels = one["spec"]["syncPolicy"]["managedNamespaceMetadata"]["labels"]
        assert labels[ENFORCE] in {"restricted", "baseline", "privileged"}, one["metadata"]["name"]
        assert labels[ENFORCE] == "privileged" or labels["pod-security.kubernetes.io/warn"] == "restricted"
    written = [one for one in read(repository, "platform/*/manifests/*.yaml") if one["kind"] == "Namespace"]
    assert all(ENFORCE in one["metadata"]["labels"] for one in written)


def test_nobody_is_heard_in_a_namespace_unless_a_policy_says_so(repository: Path) -> None:
    policies = [one for one in read(repository, "platform/*/manifests/*.yaml") if one["kind"].endswith("NetworkPolicy")]
    closed = {
        one["metadata"]["namespace"]
        for one in policies
        if not one["spec"].get("podSelector", one["spec"].get("endpointSelector"))
        and "Ingress" in one["spec"].get("policyTypes", ["Ingress"])
    }
    running = {one["spec"]["destination"]["namespace"] for one in applications(repository) if "sources" in one["spec"]}
    makes_no_pods = {"gateway-system"}
    assert running - closed - CLOSED_BY_THE_CHART - makes_no_pods == set()
