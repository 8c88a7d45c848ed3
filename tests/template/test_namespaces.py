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
# What they call stays open: Prometheus reads everybody, and the steps of workflows are people's own.
OPEN_TO_CALL = {"monitoring"}
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


def selected(policy: Manifest, way: str) -> bool:
    """Whether a policy holds every pod of its namespace to what it says of this way."""
    spec = policy["spec"]
    return policy["kind"] == "NetworkPolicy" and not spec["podSelector"] and way in spec["policyTypes"]


def network_policies(repository: Path) -> list[Manifest]:
    found = read(repository, "platform/*/manifests/*.yaml")
    return [one for one in found if one["kind"] == "NetworkPolicy"]


def calls(repository: Path) -> dict[str, list[Manifest]]:
    """What each closed namespace may call: rules of egress, by namespace; External Secrets has them in its values."""
    found = {
        one["metadata"]["namespace"]: one["spec"]["egress"]
        for one in network_policies(repository)
        if one["metadata"]["name"] == "calls" and selected(one, "Egress")
    }
    (values,) = read(repository, "platform/external-secrets/values.yaml")
    return found | {"external-secrets": values["networkPolicy"]["egress"]} if found else {}


def named(peer: Manifest) -> list[str]:
    """The namespaces that a peer names."""
    selector = peer.get("namespaceSelector", {})
    (name,) = [selector.get("matchLabels", {}).get("kubernetes.io/metadata.name")]
    return (
        [name] if name else [value for one in selector.get("matchExpressions", []) for value in one.get("values", [])]
    )


def permits(rule: Manifest, namespace: str, port: int) -> bool:
    """Whether a rule of egress lets a pod call that port of any pod of a namespace."""
    there = rule.get("to", [{"namespaceSelector": {}}])
    somewhere = any(one == {"namespaceSelector": {}} or namespace in named(one) for one in there)
    return somewhere and ("ports" not in rule or port in [one["port"] for one in rule["ports"]])


def test_whoever_is_heard_by_name_may_also_call(repository: Path) -> None:
    may = calls(repository)
    heard = [
        (caller, one["metadata"]["namespace"], port["port"])
        for one in network_policies(repository)
        for rule in one["spec"].get("ingress", [])
        for peer in rule.get("from", [])
        for caller in named(peer)
        for port in rule.get("ports", [])
    ]
    assert ("external-secrets", "openbao", 8200) in heard or ("external-secrets", "vault", 8200) in heard
    missing = [
        (caller, called, port)
        for caller, called, port in heard
        if caller in may and caller != called and not any(permits(rule, called, port) for rule in may[caller])
    ]
    assert missing == []


def test_closed_egress_leaves_no_namespace_of_the_platform_open(repository: Path) -> None:
    if not calls(repository):
        assert "platform_egress: open" in (repository / ".copier-answers.yml").read_text(encoding="utf-8")
        return
    running = {one["spec"]["destination"]["namespace"] for one in applications(repository) if "sources" in one["spec"]}
    closed = {one["metadata"]["namespace"] for one in network_policies(repository) if selected(one, "Egress")}
    makes_no_pods = {"gateway-system"}
    assert running - closed - {"external-secrets"} - OPEN_TO_CALL - makes_no_pods == set()


def test_every_closed_namespace_reaches_dns_and_the_api_server(repository: Path) -> None:
    for namespace, rules in calls(repository).items():
        assert any(permits(rule, "kube-system", 53) for rule in rules), namespace
        anywhere = [[port["port"] for port in rule["ports"]] for rule in rules if "to" not in rule]
        assert {443, 6443} <= set(anywhere[0]), namespace


def dns_rules(repository: Path) -> list[Manifest]:
    """Every rule that lets pods ask a resolver, in whichever cluster."""
    policies = [one for one in read(repository, "platform/*/*/*.yaml") if one["kind"] == "NetworkPolicy"]
    found = [rule for one in policies for rule in one["spec"].get("egress", [])]
    return [rule for rule in found if any("kube-system" in named(peer) for peer in rule.get("to", []))]


@pytest.mark.parametrize(
    ("name", "namespaces", "ports"),
    [
        ("existing-cilium", ["kube-system", "openshift-dns"], {53, 5353}),
        ("aws-everything", ["kube-system"], {53}),
        ("aws-fleet", ["kube-system", "openshift-dns"], {53, 5353}),
    ],
)
def test_dns_is_where_the_clusters_may_have_it(
    name: str, namespaces: list[str], ports: set[int], sources: Template, tmp_path: Path
) -> None:
    rules = dns_rules(sources.render(answers(VALID / f"{name}.yaml"), tmp_path / "out"))
    assert rules
    for rule in rules:
        here, node = rule["to"]
        assert (named(here), node) == (namespaces, {"ipBlock": {"cidr": "169.254.0.0/16"}})
        assert {(one["protocol"], one["port"]) for one in rule["ports"]} == {
            (protocol, port) for protocol in ("TCP", "UDP") for port in ports
        }


def test_ports_that_answers_name_are_called_everywhere(sources: Template, tmp_path: Path) -> None:
    data = answers(VALID / "existing-cilium.yaml") | {
        "applications": [],
        "components": ["velero"],
        "backup_endpoint": "https://store.acme.dev:9000",
        "allowed_repositories": ["https://code.acme.dev:7999/shop", "charts.acme.dev:5000/charts"],
    }
    rules = calls(sources.render(data, tmp_path / "out"))["argocd"]
    anywhere = [[port["port"] for port in rule["ports"]] for rule in rules if "to" not in rule]
    assert anywhere == [[443, 5000, 6443, 7999, 8443, 9000, 16443]]


def test_open_egress_costs_nothing_in_the_output(sources: Template, tmp_path: Path) -> None:
    data = answers(VALID / "existing-github-traefik-vault.yaml")
    out = sources.render(data, tmp_path / "out")
    assert [one["metadata"]["name"] for one in network_policies(out) if one["metadata"]["name"] == "calls"] == []
    assert not (out / "platform/argo-cd/manifests/network-policy.yaml").exists()
