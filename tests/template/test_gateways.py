"""Every UI is reachable through whichever gateway was chosen, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.template.questions import VALID, answers, questions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

DOMAIN = "run.mesh.dev"
UIS = {"argocd", "atlantis", "charts", "grafana", "headlamp", "openbao", "workflows"}
HOSTS = {DOMAIN, *(f"{name}.{DOMAIN}" for name in UIS)}
"""The portal is at the domain itself."""
GATEWAYS = sorted(questions()["gateway"]["choices"].values())
Manifest = dict[str, Any]


@pytest.fixture(scope="module", params=GATEWAYS)
def manifests(
    request: pytest.FixtureRequest, sources: Template, tmp_path_factory: pytest.TempPathFactory
) -> list[Manifest]:
    """What is applied to one cluster with every UI, by each gateway."""
    given = answers(VALID / "existing-cilium.yaml") | {"gateway": request.param, "applications": []}
    return read(sources.render(given, tmp_path_factory.mktemp(request.param) / "out") / "platform")


def read(folder: Path) -> list[Manifest]:
    files = sorted(folder.glob("*/manifests/*.yaml"))
    return [one for path in files for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def of(manifests: list[Manifest], *kinds: str) -> list[Manifest]:
    return [one for one in manifests if one["kind"] in kinds]


def routes(manifests: list[Manifest]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """{(host, path): services} of all that the gateway forwards."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in of(manifests, "HTTPRoute"):
        for rule in one["spec"]["rules"]:
            for match in rule["matches"]:
                key = (one["spec"]["hostnames"][0], match["path"]["value"])
                names = {(one["metadata"]["namespace"], ref["name"]) for ref in rule.get("backendRefs", [])}
                found.setdefault(key, set()).update(names)
    for one in of(manifests, "Ingress"):
        for rule in one["spec"]["rules"]:
            for path in rule["http"]["paths"]:
                service = (one["metadata"]["namespace"], path["backend"]["service"]["name"])
                found.setdefault((rule["host"], path["path"]), set()).add(service)
    return {key: names for key, names in found.items() if names}


def test_every_ui_has_one_name_and_one_service_for_each_path(manifests: list[Manifest]) -> None:
    found = routes(manifests)
    assert {host for host, _ in found} == HOSTS
    assert all(len(services) == 1 for services in found.values())
    assert all((host, "/") in found for host in HOSTS)


def test_every_ui_has_a_certificate(manifests: list[Manifest]) -> None:
    named = {host for one in of(manifests, "Certificate") for host in one["spec"].get("dnsNames", [])}
    for one in of(manifests, "Ingress"):
        if "cert-manager.io/cluster-issuer" in one["metadata"].get("annotations", {}):
            named |= {host for tls in one["spec"]["tls"] for host in tls["hosts"]}
    assert named >= HOSTS


def test_the_gateway_may_call_every_ui(manifests: list[Manifest]) -> None:
    """Argo CD's own policies are its chart's."""
    for namespace in {namespace for services in routes(manifests).values() for namespace, _ in services} - {"argocd"}:
        policies = [one["spec"] for one in of(manifests, "NetworkPolicy") if one["metadata"]["namespace"] == namespace]
        heard = [rule for one in policies for rule in one.get("ingress", [])]
        proxies = {"envoy-gateway-system", "traefik", "ingress-nginx"}
        lets_in = any(f"'{proxy}'" in str(rule.get("from")) for rule in heard for proxy in proxies)
        entities = [
            entity
            for one in of(manifests, "CiliumNetworkPolicy")
            if one["metadata"]["namespace"] == namespace
            for rule in one["spec"].get("ingress", [])
            for entity in rule["fromEntities"]
        ]
        anybody = any("from" not in rule for rule in heard)
        assert lets_in or entities == ["ingress"] or anybody, namespace


def test_plain_http_is_redirected_wherever_no_challenge_is_answered(manifests: list[Manifest]) -> None:
    """An exact path wins over a prefix, and challenges have exact paths; ingress-nginx is told by its settings."""
    redirects = [one for one in of(manifests, "HTTPRoute") if one["metadata"]["name"].startswith("redirect")]
    if of(manifests, "Ingress"):
        assert not redirects
        return
    assert {host for one in redirects for host in one["spec"]["hostnames"]} == HOSTS
    for one in redirects:
        assert [parent["sectionName"] for parent in one["spec"]["parentRefs"]] == ["http"]
        assert [match["path"]["type"] for rule in one["spec"]["rules"] for match in rule["matches"]] == ["PathPrefix"]


def test_only_a_gateway_that_knows_listener_sets_allows_them(manifests: list[Manifest]) -> None:
    controllers = [one["spec"]["controllerName"] for one in of(manifests, "GatewayClass")]
    for gateway in of(manifests, "Gateway"):
        assert ("allowedListeners" in gateway["spec"]) == (controllers != ["traefik.io/gateway-controller"])


@pytest.mark.parametrize("challenge", ["dns-01", "http-01"])
def test_a_name_in_a_workload_cluster_has_a_certificate_of_its_own_with_ingress_nginx(
    sources: Template, tmp_path: Path, challenge: str
) -> None:
    """The certificate that ingress-nginx falls back to there is of another domain, or not there at all."""
    given = answers(VALID / "akamai-fleet.yaml") | {
        "allowed_repositories": ["ghcr.io/example/charts"],
        "applications": [
            {
                "name": "shop",
                "host": "shop",
                "port": 8080,
                "source": {"chart": "shop", "repository": "ghcr.io/example/charts"},
                "environments": {"production": {"version": "1.0.0"}},
            }
        ],
        "certificate_wildcard": challenge == "dns-01",
        "gateway": "ingress-nginx",
        "letsencrypt_challenge": challenge,
    }
    path = sources.render(given, tmp_path / "out") / "registry/clusters/chennai/gateway.yaml"
    found = [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one["kind"] == "Ingress"]
    assert found
    for one in found:
        (tls,) = one["spec"]["tls"]
        assert tls == {
            "hosts": [one["spec"]["rules"][0]["host"]],
            "secretName": f"{one['metadata']['name']}-public-tls",
        }
        assert one["metadata"]["annotations"]["cert-manager.io/cluster-issuer"] == "letsencrypt"
