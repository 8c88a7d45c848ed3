"""Where cert-manager cannot write DNS-01 records itself, a webhook beside it does: one credential, one caller."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.template.questions import ROOT, VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

PLATFORMS = {"akamai": "akamai-github-dns", "civo": "civo-github-civodns", "vultr": "vultr-github-vultrdns"}
FOLDER = "platform/acme-solver"
SOLVERS = {path.parent.name for path in ROOT.glob("providers/dns/*/solver.yaml")}
Manifest = dict[str, Any]
Objects = dict[tuple[str, str], Manifest]


@pytest.fixture(scope="module", params=PLATFORMS)
def platform(
    request: pytest.FixtureRequest, sources: Template, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A platform whose DNS provider needs a webhook, and the name of that provider."""
    name = PLATFORMS[request.param]
    return request.param, sources.render(answers(VALID / f"{name}.yaml"), tmp_path_factory.mktemp(name) / "out")


def read(repository: Path, pattern: str) -> list[Manifest]:
    files = sorted(repository.glob(pattern))
    return [one for path in files for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def made(repository: Path) -> Objects:
    """What the component makes, by kind and name."""
    found = read(repository, f"{FOLDER}/manifests/*.yaml")
    return {(one["kind"], one["metadata"]["name"]): one for one in found}


def webhook(repository: Path) -> Manifest:
    """How the issuer asks."""
    (issuer,) = read(repository, "platform/acme/manifests/issuer.yaml")
    found: Manifest = issuer["spec"]["acme"]["solvers"][0]["dns01"]["webhook"]
    return found


def names(config: object) -> list[str]:
    """Every value of a solver's configuration, at whatever depth."""
    return [name for part in config.values() for name in names(part)] if isinstance(config, dict) else [str(config)]


def test_every_provider_of_dns_writes_challenges_by_a_solver_or_by_a_webhook() -> None:
    folders = {path.name for path in ROOT.glob("providers/dns/*")}
    assert folders - SOLVERS == {*PLATFORMS, "none"}


def test_the_issuer_asks_the_group_that_the_webhook_serves(platform: tuple[str, Path]) -> None:
    provider, repository = platform
    group = f"acme.{answers(VALID / f'{PLATFORMS[provider]}.yaml')['base_domain']}"
    found, asked = made(repository), webhook(repository)
    service = found["APIService", f"v1alpha1.{group}"]["spec"]
    (container,) = found["Deployment", "acme-solver"]["spec"]["template"]["spec"]["containers"]
    assert asked["groupName"] == service["group"] == container["env"][0]["value"] == group
    assert service["service"] == {"name": "acme-solver", "namespace": "cert-manager"}


def test_the_webhook_reads_the_one_secret_that_the_issuer_names(platform: tuple[str, Path]) -> None:
    provider, repository = platform
    (secret,) = read(repository, "platform/acme/manifests/secrets.yaml")
    target = secret["spec"]["target"]["name"]
    assert target == f"acme-{provider}"
    assert made(repository)["Role", "acme-solver"]["rules"] == [
        {"apiGroups": [""], "resources": ["secrets"], "resourceNames": [target], "verbs": ["get"]}
    ]
    assert sorted(names(webhook(repository)["config"])) == sorted([target, secret["spec"]["data"][0]["secretKey"]])


def test_nobody_but_cert_manager_may_call_the_webhook(platform: tuple[str, Path]) -> None:
    found, asked = made(platform[1]), webhook(platform[1])
    assert found["ClusterRole", "acme-solver:challenges"]["rules"] == [
        {"apiGroups": [asked["groupName"]], "resources": [asked["solverName"]], "verbs": ["create"]}
    ]
    assert found["ClusterRoleBinding", "acme-solver:challenges"]["subjects"] == [
        {"kind": "ServiceAccount", "name": "cert-manager", "namespace": "cert-manager"}
    ]
    bound = [
        one
        for (kind, _), one in found.items()
        if kind.endswith("Binding") and one["subjects"][0]["name"] == "acme-solver"
    ]
    assert sorted(one["roleRef"]["name"] for one in bound) == [
        "acme-solver",
        "extension-apiserver-authentication-reader",
        "system:auth-delegator",
    ]


def test_the_api_server_verifies_what_the_webhook_shows(platform: tuple[str, Path]) -> None:
    found = made(platform[1])
    ((_, service),) = [one for one in found.items() if one[0][0] == "APIService"]
    certificate = found["Certificate", "acme-solver-tls"]
    assert service["metadata"]["annotations"] == {"cert-manager.io/inject-ca-from": "cert-manager/acme-solver-tls"}
    assert "insecureSkipTLSVerify" not in service["spec"]
    assert "acme-solver.cert-manager.svc" in certificate["spec"]["dnsNames"]
    assert certificate["spec"]["issuerRef"]["name"] == "platform-internal"


def test_the_api_server_reaches_the_webhook_on_the_port_of_cert_managers_own(platform: tuple[str, Path]) -> None:
    found = made(platform[1])
    (container,) = found["Deployment", "acme-solver"]["spec"]["template"]["spec"]["containers"]
    heard = found["NetworkPolicy", "acme-solver"]["spec"]["ingress"]
    assert "--secure-port=10250" in container["args"]
    assert [port["containerPort"] for port in container["ports"]] == [10250]
    assert heard == [{"ports": [{"port": 10250}]}]


def test_the_webhook_is_pinned_to_a_release(platform: tuple[str, Path]) -> None:
    (container,) = made(platform[1])["Deployment", "acme-solver"]["spec"]["template"]["spec"]["containers"]
    assert re.fullmatch(r"docker\.io/[a-z]+/[a-z-]+:v?\d+\.\d+\.\d+", container["image"])


def test_the_issuer_comes_after_the_webhook_and_the_webhook_after_the_ca(platform: tuple[str, Path]) -> None:
    (issuer,) = read(platform[1], "registry/clusters/management/acme.yaml")
    (solver,) = read(platform[1], "registry/clusters/management/acme-solver.yaml")
    needs = "clusterwright.dev/needs"
    assert issuer["metadata"]["annotations"][needs] == "acme-solver,secret-stores"
    assert solver["metadata"]["annotations"][needs] == "internal-ca"


def test_a_workload_cluster_with_certificates_of_its_own_has_the_webhook_too(sources: Template, tmp_path: Path) -> None:
    repository = sources.render(answers(VALID / "akamai-fleet.yaml"), tmp_path / "out")
    found = read(repository, "registry/clusters/chennai/components.yaml")
    paths = [one["spec"]["source"]["path"] for one in found if "source" in one["spec"]]
    assert f"{FOLDER}/manifests" in paths


@pytest.mark.parametrize(
    ("platform_name", "given"),
    [
        ("akamai-github-dns", {"letsencrypt_challenge": "http-01", "certificate_wildcard": False}),
        ("akamai-github-dns", {"certificates": "self-signed"}),
        ("akamai-github-dns", {"dns": "cloudflare"}),
    ],
)
def test_what_needs_no_webhook_has_none(
    sources: Template, tmp_path: Path, platform_name: str, given: dict[str, Any]
) -> None:
    repository = sources.render(answers(VALID / f"{platform_name}.yaml") | given, tmp_path / "out")
    assert not (repository / FOLDER).exists()
    assert [path for path in repository.rglob("*.yaml") if "acme-solver" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("provider", PLATFORMS)
def test_http_stays_the_challenge_where_only_a_webhook_writes_records(
    sources: Template, tmp_path: Path, provider: str
) -> None:
    given = answers(VALID / f"{PLATFORMS[provider]}.yaml")
    del given["letsencrypt_challenge"]
    repository = sources.render(given, tmp_path / "out")
    (issuer,) = read(repository, "platform/acme/manifests/issuer.yaml")
    assert list(issuer["spec"]["acme"]["solvers"][0]) == ["http01"]
