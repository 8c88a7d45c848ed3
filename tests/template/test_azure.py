"""Azure makes client IDs up: each workload has an identity, and bootstrap/ hands over its ID."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.marks import needs_jq
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

EVERYTHING = answers(VALID / "azure-github-azuredns.yaml")
PLATFORMS: dict[str, dict[str, Any]] = {
    "everything": EVERYTHING,
    "the fewest": EVERYTHING | {"components": [], "dns": "none", "letsencrypt_challenge": "http-01"},
    "another store": EVERYTHING | {"secrets_engine": "vault", "iac": "terraform", "letsencrypt_challenge": "http-01"},
}
FORCED = {"certificate_wildcard": False}
WORKLOAD = re.compile(r'namespace += "([a-z-]+)"\n +service_account = "([a-z-]+)"\n +key += "([a-z_]+)"')
# What the scripts around it do, as far as this one function needs them.
CALLER = r"""
set -euo pipefail
in_root() { printf '{"velero": {"client_id": "1"}, "atlantis": {"apply": "3", "plan": "2"}}'; }
namespace() { printf 'namespace %s\n' "$1"; }
secret() { printf 'secret %s/%s %s\n' "$1" "$2" "$(cat)"; }
. bootstrap/lib/cloud.sh
cloud_identities azure-identity
"""


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest, sources: Template, tmp_path: Path) -> Path:
    given = PLATFORMS[request.param]
    return sources.render(given | (FORCED if "letsencrypt_challenge" in given else {}), tmp_path / "platform")


def workloads(platform: Path) -> set[tuple[str, ...]]:
    """Namespace, ServiceAccount and key of every identity that the cloud root makes."""
    return set(WORKLOAD.findall((platform / "infrastructure/cloud/identities.tf").read_text(encoding="utf-8")))


def asked(platform: Path) -> set[tuple[str, ...]]:
    """The same of every component that reads the Secret; its ServiceAccount has the name of the component."""
    found: set[tuple[str, ...]] = set()
    for path in (platform / "platform").glob("*/values.yaml"):
        for key in re.findall(
            r"(?:name|secretName): azure-identity\n\s+(?:key|secretKey): (\w+)", path.read_text(encoding="utf-8")
        ):
            found.add((path.parent.name, path.parent.name, key))
    return found


def test_every_workload_that_reads_a_client_id_has_an_identity_and_every_identity_a_reader(platform: Path) -> None:
    assert asked(platform) == workloads(platform) != set()


def test_every_workload_with_an_identity_gets_a_token_for_it(platform: Path) -> None:
    for component, _, _ in asked(platform):
        values = (platform / "platform" / component / "values.yaml").read_text(encoding="utf-8")
        assert 'azure.workload.identity/use: "true"' in values, component


@needs_jq
def test_each_namespace_gets_the_ids_of_its_own_identities(platform: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        ["bash", "-c", CALLER],
        cwd=platform,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "scratch": str(tmp_path), "PLATFORM_NAME": "acme"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.splitlines() == [
        "namespace velero",
        'secret velero/azure-identity {"client_id":"1"}',
        "namespace atlantis",
        'secret atlantis/azure-identity {"apply":"3","plan":"2"}',
    ]


FLEET = answers(VALID / "azure-fleet.yaml")
USES = {"azure.workload.identity/use": "true"}


@pytest.fixture(scope="module")
def fleet(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources.render(FLEET, tmp_path_factory.mktemp("fleet") / "platform")


def test_argo_cd_signs_in_to_a_cluster_as_the_identity_that_its_root_tells_the_store(fleet: Path) -> None:
    values = yaml.safe_load((fleet / "platform/argo-cd/values.yaml").read_text(encoding="utf-8"))
    assert [values[name]["podLabels"] for name in ("controller", "server")] == [USES, USES]
    connection = yaml.safe_load((fleet / "registry/clusters/cork/connection.yaml").read_text(encoding="utf-8"))
    assert '"AZURE_CLIENT_ID": {{ .client_id | toJson }}' in connection["spec"]["target"]["template"]["data"]["config"]
    assert [one["secretKey"] for one in connection["spec"]["data"]] == ["server", "ca", "client_id"]
    outputs = (fleet / "infrastructure/modules/azure-cluster/outputs.tf").read_text(encoding="utf-8")
    assert 'client_id = data.azurerm_user_assigned_identity.platform["argo-cd"].client_id' in outputs


def test_who_makes_clusters_hands_out_no_rights(fleet: Path) -> None:
    module = "".join(
        path.read_text(encoding="utf-8") for path in (fleet / "infrastructure/modules/azure-cluster").glob("*.tf")
    )
    assert "azurerm_role_assignment" not in module
    # What each of them is in Azure was made, with its rights, by a person.
    used = set(re.findall(r'azurerm_user_assigned_identity\.platform\["([a-z-]+)"\]', module))
    assert used == {"argo-cd", "clusters-control-plane", "clusters-nodes"}
    made = (fleet / "infrastructure/cloud/clusters.tf").read_text(encoding="utf-8")
    assert re.findall(r'role += "(.+)"', made) == ["Managed Identity Operator", "Network Contributor", "AcrPull"]


def test_what_writes_records_in_a_cluster_is_told_who_it_is(fleet: Path) -> None:
    components = yaml.safe_load_all((fleet / "registry/clusters/cork/components.yaml").read_text(encoding="utf-8"))
    values = {one["metadata"]["name"]: one["spec"].get("sources", [{}])[0] for one in components}
    told = {
        name: values[f"cork.{name}"]["helm"]["valuesObject"][key]
        for name, key in (("cert-manager", "extraEnv"), ("external-dns", "env"))
    }
    assert told == {
        "cert-manager": [{"name": "AZURE_CLIENT_ID", "value": FLEET["azure_cert_manager_client_id"]}],
        "external-dns": [{"name": "AZURE_CLIENT_ID", "value": FLEET["azure_external_dns_client_id"]}],
    }
    dns = (fleet / "infrastructure/modules/azure-cluster/dns.tf").read_text(encoding="utf-8")
    assert 'for_each = toset(["cert-manager", "external-dns"])' in dns


def test_a_platform_without_such_clusters_makes_nothing_for_them(sources: Template, tmp_path: Path) -> None:
    virtual = [one for one in FLEET["clusters"] if one["kind"] == "virtual"]
    out = sources.render(FLEET | {"clusters": virtual}, tmp_path / "out")
    cloud = {path.name for path in (out / "infrastructure/cloud").iterdir()}
    assert not cloud & {"argo-cd.tf", "clusters.tf"}
    assert "resource_group.clusters" not in (out / "infrastructure/cloud/atlantis.tf").read_text(encoding="utf-8")
    assert "podLabels" not in (out / "platform/argo-cd/values.yaml").read_text(encoding="utf-8")
    assert not (out / "infrastructure/modules/azure-cluster").exists()
