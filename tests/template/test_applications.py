"""What fleet.yaml may say of applications: its schema and the guards refuse the same, and each delivery is its own."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.template.questions import ROOT, VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

VALIDATOR = jsonschema_rs.validator_for(json.loads((ROOT / "schemas/fleet.json").read_text(encoding="utf-8")))
SHOP: dict[str, Any] = {
    "name": "shop",
    "team": "shop-team",
    "source": {"chart": "shop", "repository": "ghcr.io/acme/charts"},
    "host": "shop",
    "service": "web",
    "port": 8080,
    "secrets": ["database"],
    "quota": {"cpu": "2", "memory": "4Gi"},
    "environments": {"development": {"version": "1.2.3", "host": "shop"}},
}
GIT = {"git": "https://git.acme.dev/shop", "path": "deploy"}
PATH = {"path": "apps/shop/chart"}
SHA = "sha256:" + "0" * 64


@cache
def guard() -> Any:  # noqa: ANN401 - a module of Jinja macros
    """The guard as Copier reads it."""
    settings = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8").partition("\n---\n")[0])["_envops"]
    options = {**settings, "undefined": StrictUndefined}
    environment = Environment(  # noqa: S701 - YAML is no HTML
        loader=FileSystemLoader(ROOT),
        extensions=["jinja2_ansible_filters.AnsibleCoreFiltersExtension"],
        **options,
    )
    return environment.get_template("_shared/guard_applications.jinja").module


def guarded(app: object) -> str:
    """The first line with which the guard refuses one application; nothing when it takes it."""
    chosen = {
        "applications": [app],
        "environments": ["development", "production"],
        "allowed_repositories": ["ghcr.io/acme/charts", "https://git.acme.dev/shop"],
        "gateway": "envoy-gateway",
    }
    return str(guard().applications(chosen, ["kube-system"], ["argocd"])).strip().partition("\n")[0]


def changed(**keys: object) -> dict[str, Any]:
    return {name: value for name, value in {**deepcopy(SHOP), **keys}.items() if value is not None}


@pytest.mark.parametrize(
    "app",
    [
        SHOP,
        changed(team=None, host=None, service=None, port=None, secrets=None, quota=None),
        changed(source=GIT, environments={"development": {"version": "main"}, "production": {"version": "v1/x"}}),
        changed(source={**GIT, "type": "kustomize"}, environments={"production": {"version": "1" * 40, "path": "eu"}}),
        changed(source=PATH, environments={"development": {}, "production": {"quota": {"pods": 5}}}),
        changed(source={**PATH, "type": "manifests"}, environments={"production": {"path": "apps/shop/production"}}),
        changed(environments={"development": {"version": "v1.2.3-rc.1"}}),
    ],
)
def test_what_is_right_is_taken_by_schema_and_guard(app: dict[str, Any]) -> None:
    assert guarded(app) == ""
    assert VALIDATOR.is_valid({"applications": [app]})


@pytest.mark.parametrize(
    ("app", "problem"),
    [
        ("shop", "entry 1 has no usable name; "),
        (None, "entry 1 has no usable name; "),
        (changed(name=None), "entry 1 has no usable name; "),
        (changed(name="x" * 41), "entry 1 has no usable name; "),
        (changed(chart="shop"), 'shop has the unknown key "chart"; '),
        (changed(team=["a"]), "the team of shop is not a name; "),
        (changed(source=None), "shop comes from nowhere; "),
        (changed(source={"path": 1}), "the path of shop is not a folder; "),
        (changed(source={"path": "/etc"}), "the path of shop is not a folder; "),
        (changed(source={"path": "apps/../platform"}), "the path of shop is not a folder; "),
        (changed(source={**GIT, "chart": "x"}), "shop comes from nowhere; "),
        (changed(source={**SHOP["source"], "path": "x"}), "shop comes from nowhere; "),
        (changed(source={**PATH, "repository": "x"}), 'the source of shop has the key "repository" too many; '),
        (changed(source={**GIT, "type": "jsonnet"}), "the type of shop is no choice; "),
        (changed(source={"chart": "a b", "repository": "ghcr.io/acme/charts"}), "the chart of shop is not a name; "),
        (changed(environments={}), "shop is delivered nowhere; "),
        (changed(environments=["development"]), "shop is delivered nowhere; "),
        (changed(environments={"development": "1.2.3"}), "shop in development is not a map; "),
        (changed(environments={"development": {"version": 1.2}}), "shop in development needs one exact version"),
        (changed(environments={"development": {"digest": SHA}}), 'shop in development has the unknown key "digest"; '),
        (changed(environments={"development": {"version": "1.0.0", "host": "a.b"}}), "the host of shop in dev"),
        (changed(host="shop.acme.dev"), "the host of shop is not a name; "),
        (changed(service=1), "the service of shop is not a name; "),
        (changed(port="80"), "the port of shop is none; "),
        (changed(port=0), "the port of shop is none; "),
        (changed(port=True), "the port of shop is none; "),
        (changed(secrets="database"), "the secrets of shop must be a list"),
        (changed(secrets=["a", "a"]), "the secrets of shop must be a list"),
        (changed(secrets=["../a"]), "the secrets of shop must be a list"),
        (changed(quota=4), "the quota of shop is not a map; "),
        (changed(quota={"gpu": "1"}), 'the quota of shop has no use for "gpu"; '),
        (changed(quota={"cpu": "lots"}), 'the quota of shop has no use for "cpu"; '),
    ],
)
def test_what_is_wrong_is_refused_by_schema_and_guard(app: object, problem: str) -> None:
    assert guarded(app).startswith(f"applications: {problem}")
    assert not VALIDATOR.is_valid({"applications": [app]})


@pytest.fixture(scope="module")
def platform(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laptop with applications from every source."""
    chosen = answers(VALID / "laptop-applications.yaml")
    return sources.render(chosen, tmp_path_factory.mktemp("applications") / "out")


def delivered(platform: Path, path: str) -> dict[str, Any]:
    documents = yaml.safe_load_all((platform / path).read_text(encoding="utf-8"))
    return {f"{one['kind']}/{one['metadata']['name']}": one for one in documents}


def test_fleet_yaml_says_again_what_was_answered(platform: Path) -> None:
    written = yaml.safe_load((platform / "fleet.yaml").read_text(encoding="utf-8"))
    assert written["applications"] == answers(VALID / "laptop-applications.yaml")["applications"]


def test_an_application_can_only_reach_its_own_namespace(platform: Path) -> None:
    shop = delivered(platform, "registry/environments/production/shop.yaml")
    spec = shop["Application/shop"]["spec"]
    assert spec["destination"] == {"server": "https://kubernetes.default.svc", "namespace": "production-shop"}
    assert spec["project"] == "environment-production"
    assert {one["metadata"]["namespace"] for one in shop.values()} == {"argocd-production", "production-shop"}


def test_the_values_of_an_environment_win_over_those_for_all(platform: Path) -> None:
    spec = delivered(platform, "registry/environments/production/shop.yaml")["Application/shop"]["spec"]
    assert spec["sources"][0]["targetRevision"] == "1.3.2"
    assert spec["sources"][0]["helm"]["valueFiles"] == [
        "$platform/apps/shop/values.yaml",
        "$platform/apps/shop/production.yaml",
    ]


def test_names_follow_one_rule_unless_the_environment_has_its_own(platform: Path) -> None:
    for environment, host in {"development": "shop-development", "production": "shop"}.items():
        route = delivered(platform, f"registry/environments/{environment}/shop.yaml")["HTTPRoute/shop"]
        assert route["spec"]["hostnames"] == [f"{host}.platform.localhost"]


def test_only_the_namespace_of_an_application_may_answer_to_its_name(platform: Path) -> None:
    place = delivered(platform, "platform/environments/manifests/production-shop.yaml")
    (listener,) = place["ListenerSet/production-shop"]["spec"]["listeners"]
    allowed = listener["allowedRoutes"]["namespaces"]["selector"]["matchLabels"]
    assert allowed == {"kubernetes.io/metadata.name": "production-shop"}


def test_an_application_reads_its_own_secrets_only(platform: Path) -> None:
    shop = delivered(platform, "registry/environments/production/shop.yaml")
    secret = shop["ExternalSecret/shop-payment"]["spec"]
    assert secret["dataFrom"] == [{"extract": {"key": "applications/production/shop/payment"}}]
    store = delivered(platform, "platform/secret-stores/manifests/stores.yaml")[
        f"ClusterSecretStore/{secret['secretStoreRef']['name']}"
    ]
    assert store["spec"]["conditions"] == [{"namespaces": ["production-shop"]}]


def test_a_quota_of_an_environment_wins_key_by_key(platform: Path) -> None:
    place = delivered(platform, "platform/environments/manifests/production-shop.yaml")
    assert place["ResourceQuota/size"]["spec"]["hard"] == {"requests.cpu": "8", "requests.memory": "4Gi"}


def test_a_team_looks_after_its_own_applications_and_no_others(platform: Path) -> None:
    project = delivered(platform, "registry/projects/environment-development.yaml")[
        "AppProject/environment-development"
    ]
    (role,) = project["spec"]["roles"]
    assert role["groups"] == ["shop-team"]
    objects = {policy.split(", ")[4] for policy in role["policies"]}
    assert objects == {"environment-development/argocd-development/shop"}
    owners = (platform / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert "apps/orders/.* @platform/shop-team @platform/platform-admins" in owners
