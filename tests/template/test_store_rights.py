"""Whoever applies a root may do in the store what its resources need, and whoever plans it may write nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.template.questions import VALID, answers
from tests.template.store_rights import READ, Asked, Rights, asked, permitted, rules

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

FOLDERS = ("secrets", "users", "modules/cluster-access")


@pytest.fixture(scope="module")
def platform(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources.render(answers(VALID / "laptop-fleet.yaml"), tmp_path_factory.mktemp("fleet") / "platform")


@pytest.fixture(scope="module")
def tokens(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform whose clusters have no public issuer."""
    return sources.render(answers(VALID / "digitalocean-fleet.yaml"), tmp_path_factory.mktemp("tokens") / "platform")


@pytest.fixture(scope="module")
def requests(platform: Path) -> list[Asked]:
    return [one for folder in FOLDERS for one in asked(platform / "infrastructure" / folder)]


def bootstrap(platform: Path) -> Rights:
    """The policy that the store has from its first start."""
    path = platform / "platform/openbao/manifests/initialize.yaml"
    text: str = yaml.safe_load(path.read_text(encoding="utf-8"))["data"]["initialize.hcl"]
    return rules(text.partition('request "bootstrap" {')[2].partition("EOT\n")[2].partition(" EOT\n")[0])


def atlantis(platform: Path, write: str) -> Rights:
    """A policy of Atlantis, whose local value `write` is this list."""
    text = (platform / "infrastructure/secrets/atlantis.tf").read_text(encoding="utf-8")
    found = re.findall(r'^ {6}("[^"]+") += (.*)$', text, re.MULTILINE)
    assert found
    return rules("\n".join(f"path {path} {{ capabilities = [{_listed(value, write)}]" for path, value in found))


def _listed(value: str, write: str) -> str:
    return value.replace("each.value.write", write).removeprefix("concat(").translate(str.maketrans("", "", "[]()"))


def lacking(policy: Rights, requests: list[Asked], *, plan: bool = False) -> dict[str, set[str]]:
    """What the requests need and a policy does not permit, by path."""
    needs = [(one.path, one.reading if plan else one.rights) for one in requests]
    return {path: set(need - permitted(policy, path)) for path, need in needs if need - permitted(policy, path)}


def test_bootstrap_may_do_what_every_root_needs(platform: Path, requests: list[Asked]) -> None:
    assert {"auth/jwt-any/config", "secret/data/clusters/any/identity"} <= {one.path for one in requests}
    assert lacking(bootstrap(platform), requests) == {}


def test_atlantis_applies_with_what_every_root_needs(platform: Path, requests: list[Asked]) -> None:
    assert lacking(atlantis(platform, '"create", "update", "delete"'), requests) == {}


def test_atlantis_plans_with_what_every_root_needs_and_writes_nothing(platform: Path, requests: list[Asked]) -> None:
    policy = atlantis(platform, "")
    assert lacking(policy, requests, plan=True) == {}
    written = {path for path, rights in policy.items() if rights - READ - {"list", "sudo"}}
    assert written == {"identity/lookup/*"}


def test_a_cluster_without_a_public_issuer_takes_no_other_rights(tokens: Path) -> None:
    requests = asked(tokens / "infrastructure/modules/cluster-access") + asked(
        tokens / "infrastructure/clusters/leaving"
    )
    assert {"auth/jwt-any/role/any", "secret/data/clusters/leaving/connection"} <= {one.path for one in requests}
    assert lacking(bootstrap(tokens), requests) == {}
    assert lacking(atlantis(tokens, '"create", "update", "delete"'), requests) == {}
    assert lacking(atlantis(tokens, ""), requests, plan=True) == {}


def test_planted_fault_a_rule_that_is_gone_is_missed(platform: Path, requests: list[Asked]) -> None:
    policy = {path: rights for path, rights in bootstrap(platform).items() if path != "auth/jwt-*"}
    change = {"create", "delete", "read", "update"}
    assert lacking(policy, requests) == {
        "auth/jwt-any/config": change - {"delete"},
        "auth/jwt-any/role/any": change,
    }


def policy(platform: Path, path: str, name: str) -> dict[str, Any]:
    """What a NetworkPolicy says."""
    documents = yaml.safe_load_all((platform / path).read_text(encoding="utf-8"))
    return next(one["spec"] for one in documents if one["metadata"]["name"] == name)


def test_a_virtual_cluster_and_the_store_beside_it_let_each_other_through(platform: Path) -> None:
    hosted = (platform / "registry/clusters/preview/infrastructure.yaml").read_text(encoding="utf-8")
    namespace = next(one for one in yaml.safe_load_all(hosted) if one["kind"] == "Namespace")
    assert namespace["metadata"]["labels"]["clusterwright.dev/vcluster"] == "preview"
    guests = {"matchExpressions": [{"key": "clusterwright.dev/vcluster", "operator": "Exists"}]}
    heard = policy(platform, "platform/openbao/manifests/network-policy.yaml", "openbao")["ingress"][0]
    assert {"namespaceSelector": guests} in heard["from"] and heard["ports"] == [{"port": 8200}]
    calls = policy(platform, "platform/vcluster-host/namespace/network-policy.yaml", "vcluster")["egress"]
    store = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "openbao"}}}
    assert {"to": [store], "ports": [{"port": 8200}]} in calls


def test_the_most_exact_rule_counts_alone() -> None:
    policy = rules(
        'path "a/*" {\n  capabilities = ["read", "update"]\n}\npath "a/b" {\n  capabilities = ["read"]\n}\n'
        'path "a/+/c" {\n  capabilities = ["list"]\n}\n'
    )
    assert [permitted(policy, path) for path in ("a/b", "a/x", "a/x/c", "b")] == [
        {"read"},
        {"read", "update"},
        {"list"},
        set(),
    ]
