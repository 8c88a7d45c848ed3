"""What fleet.yaml may say: its schema takes what the guards take."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import yaml

from clusterwright.check.hcl import read
from clusterwright.check.repository import load
from tests.template.questions import INVALID, ROOT, VALID, answers, questions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

SCHEMA: dict[str, Any] = json.loads((ROOT / "schemas/fleet.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)
KEYS = set(SCHEMA["properties"])
# What only the guards can tell, since it takes another entry or another answer.
ACROSS = {
    "application-from-a-strange-repository",
    "application-host-of-the-platform",
    "application-hosts-alike",
    "application-in-an-unknown-environment",
    "application-names-more-than-traefik-has-room-for",
    "application-namespace-of-an-environment",
    "application-namespace-too-long",
    "application-namespaces-alike",
    "application-of-this-repository-with-a-version",
    "application-twice",
    "azure-clusters-more-than-an-identity-trusts",
    "azure-clusters-without-cert-manager",
    "azure-clusters-without-external-dns",
    "cluster-domain-outside-the-zone",
    "cluster-domain-with-one-label",
    "cluster-drains-before-its-guest",
    "cluster-elsewhere-without-the-ca",
    "cluster-in-an-unknown-ring",
    "cluster-made-behind-a-list-without-argo-cd",
    "cluster-made-behind-a-private-api",
    "cluster-made-by-crossplane",
    "cluster-made-by-crossplane-with-states-in-gitlab",
    "cluster-made-by-crossplane-with-terraform",
    "cluster-made-in-a-place",
    "cluster-made-in-the-clouds-own-network",
    "cluster-made-of-things",
    "cluster-made-over-the-management-clusters-network",
    "cluster-made-with-a-list-that-the-cloud-has-not",
    "cluster-made-with-a-long-name",
    "cluster-made-with-a-network-that-no-node-joins",
    "cluster-made-with-a-reserved-name",
    "cluster-made-with-a-version-that-is-not-offered",
    "cluster-made-with-fewer-nodes-at-most",
    "cluster-made-with-more-nodes-than-fit",
    "cluster-made-with-more-nodes-than-there-may-be",
    "cluster-made-with-nodes-that-nobody-adds",
    "cluster-made-without-a-network",
    "cluster-named-as-the-platform",
    "cluster-of-an-unknown-environment",
    "cluster-on-a-host-behind-nginx",
    "cluster-on-a-host-that-hosts-none",
    "cluster-on-a-host-without-a-way-in",
    "cluster-on-a-platform-that-hosts-none",
    "cluster-on-a-virtual-host",
    "cluster-on-no-host",
    "cluster-physical-on-a-laptop",
    "cluster-runs-what-only-the-platform-does",
    "cluster-twice",
    "ring-at-an-unknown-release",
    "ring-with-the-version-of-nothing",
}


def test_the_schema_names_every_question_that_is_kept_in_fleet_yaml() -> None:
    asked = {name for name, question in questions().items() if "(kept in fleet.yaml)" in str(question.get("help"))}
    assert asked == KEYS


@pytest.mark.parametrize("path", sorted(VALID.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_takes_valid_answers(path: Path) -> None:
    said = {name: value for name, value in answers(path).items() if name in KEYS}
    assert [error.message for error in VALIDATOR.iter_errors(said)] == []


@pytest.mark.parametrize("path", sorted(INVALID.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_refuses_what_one_entry_alone_says_wrongly(path: Path) -> None:
    said = {name: value for name, value in answers(path).items() if name in ("applications", "clusters", "rings")}
    assert VALIDATOR.is_valid(said) == (not said or path.stem in ACROSS)


def applications(repository: Path) -> dict[str, Any]:
    """What Argo CD would make: every Application, written or expanded."""
    return {one.name: one.resource.data for one in load(str(repository)).applications}


def test_both_wirings_come_to_the_same_applications(sources: Template, tmp_path: Path) -> None:
    said = answers(VALID / "laptop-fleet.yaml")
    static = applications(sources.render(said, tmp_path / "static"))
    found = applications(sources.render({**said, "wiring": "applicationset"}, tmp_path / "found"))
    assert {"cluster-preview", "cluster-leaving", "preview.reloader", "shop.datacentre"} <= static.keys()
    assert found == static


@pytest.mark.parametrize("name", ["aws-fleet", "digitalocean-fleet", "laptop-fleet"])
def test_a_workload_cluster_has_five_files_at_most(sources: Template, tmp_path: Path, name: str) -> None:
    said = answers(VALID / f"{name}.yaml")
    repository = sources.render(said, tmp_path / "out")
    for cluster in said["clusters"]:
        folders = (repository / place / "clusters" / cluster["name"] for place in ("registry", "infrastructure"))
        assert 1 <= sum(path.is_file() for folder in folders for path in folder.rglob("*")) <= 5, cluster["name"]


def test_what_resizes_a_cluster_or_makes_its_load_balancers_is_told_which_cluster_it_is_in(
    sources: Template, tmp_path: Path
) -> None:
    found = applications(sources.render(answers(VALID / "aws-fleet.yaml"), tmp_path / "out"))
    said = {
        name: found[f"dublin.{name}"]["spec"]["sources"][0]["helm"]["valuesObject"]
        for name in ("aws-load-balancer-controller", "cluster-autoscaler")
    }
    assert said == {
        "aws-load-balancer-controller": {
            "clusterName": "harbour-dublin",
            "region": "eu-west-1",
            "vpcTags": {"Name": "harbour-dublin"},
        },
        "cluster-autoscaler": {
            "awsRegion": "eu-west-1",
            "autoDiscovery": {"clusterName": "harbour-dublin"},
            "image": {"tag": "v1.34.5"},
        },
    }


def test_argo_cd_signs_in_to_a_made_cluster_as_the_identity_that_its_pods_have(
    sources: Template, tmp_path: Path
) -> None:
    repository = sources.render(answers(VALID / "google-fleet.yaml"), tmp_path / "out")
    values = yaml.safe_load((repository / "platform/argo-cd/values.yaml").read_text(encoding="utf-8"))
    account = {"iam.gke.io/gcp-service-account": "meridian-argo-cd@meridian-platform.iam.gserviceaccount.com"}
    assert [values[name]["serviceAccount"]["annotations"] for name in ("controller", "server")] == [account] * 2
    connection = yaml.safe_load((repository / "registry/clusters/ghent/connection.yaml").read_text(encoding="utf-8"))
    assert '"command": "argocd-k8s-auth"' in connection["spec"]["target"]["template"]["data"]["config"]


# Clouds without workload identity.
BY_TOKEN = ("akamai", "civo", "digitalocean", "vultr")


def blocks(path: Path, kind: str) -> dict[str, str]:
    """The blocks of a kind in a file, each by its last label."""
    file = read(path.read_bytes())
    return {one.labels[-1]: file.text[one.start : one.end] for one in file.body.blocks if one.type == kind}


@pytest.fixture(scope="module")
def by_token(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources.render(answers(VALID / "digitalocean-fleet.yaml"), tmp_path_factory.mktemp("tokens") / "platform")


def test_where_there_is_no_workload_identity_argo_cd_signs_in_by_a_token_of_the_store(by_token: Path) -> None:
    for cluster in ("bremen", "datacentre"):
        path = by_token / f"registry/clusters/{cluster}/connection.yaml"
        connection = yaml.safe_load(path.read_text(encoding="utf-8"))["spec"]
        assert '"bearerToken": {{ .token | toJson }}' in connection["target"]["template"]["data"]["config"]
        assert {one["secretKey"] for one in connection["data"]} >= {"ca", "token"}
    values = yaml.safe_load((by_token / "platform/argo-cd/values.yaml").read_text(encoding="utf-8"))
    assert "serviceAccount" not in values["controller"]


def test_the_store_asks_a_cluster_without_a_public_issuer_about_each_token(by_token: Path) -> None:
    def methods(cluster: str) -> set[str]:
        stores = (by_token / f"registry/clusters/{cluster}/stores.yaml").read_text(encoding="utf-8")
        found = [one for one in yaml.safe_load_all(stores) if one["kind"] == "ClusterSecretStore"]
        auths = [one["spec"]["provider"]["vault"]["auth"] for one in found]
        assert {auth.get("kubernetes", {}).get("mountPath") or auth["jwt"]["path"] for auth in auths} == {
            f"jwt-{cluster}"
        }
        return {method for auth in auths for method in auth}

    assert methods("bremen") == {"kubernetes"}
    assert methods("preview") == {"jwt"}


@pytest.mark.parametrize("cloud", BY_TOKEN)
def test_a_root_makes_its_accounts_with_what_its_own_cluster_hands_out(
    sources: Template, tmp_path: Path, cloud: str
) -> None:
    repository = sources.render(answers(VALID / f"{cloud}-fleet.yaml"), tmp_path / "out")
    roots = sorted((repository / "infrastructure/clusters").glob("*/main.tf"))
    made = [root for root in roots if f"modules/{cloud}-cluster" in root.read_text(encoding="utf-8")]
    assert made
    module = repository / f"infrastructure/modules/{cloud}-cluster"
    handed = blocks(module / "outputs.tf", "output")["administrator"]
    for root in made:
        provider = blocks(root, "provider")["kubernetes"]
        signs_in = set(re.findall(r"module\.cluster\.administrator\.(\w+)", provider))
        assert signs_in and signs_in == set(re.findall(r"^    (\w+) += ", handed, re.MULTILINE))
        assert "token = module.accounts.argo_cd" in blocks(root, "module")["access"]
        given = set(re.findall(r"^  (\w+) += ", blocks(root, "module")["cluster"], re.MULTILINE)) - {"source"}
        assert given == blocks(module / "variables.tf", "variable").keys()


def test_a_cluster_that_is_destroyed_takes_its_accounts_along(by_token: Path) -> None:
    root = by_token / "infrastructure/clusters/leaving/main.tf"
    assert blocks(root, "module") == {}
    assert "ephemeral.vault_kv_secret_v2.connection.data.token" in blocks(root, "provider")["kubernetes"]
    text = root.read_text(encoding="utf-8")
    forgotten = re.findall(r"^removed \{\n  from = (\S+)\n\n  lifecycle \{\n    destroy = false$", text, re.MULTILINE)
    assert forgotten == ["module.accounts", "module.access.vault_kv_secret_v2.connection"]
