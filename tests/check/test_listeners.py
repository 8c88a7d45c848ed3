from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clusterwright.check.argocd import IN_CLUSTER
from clusterwright.check.listeners import Listener
from tests.check.conftest import findings
from tests.check.test_argocd_rules import SETTINGS, application

if TYPE_CHECKING:
    from tests.check.conftest import Write


def listener(hostname: str = "", allowed: dict[str, Any] | None = None) -> Listener:
    return Listener("https", 443, hostname, "edge", {"namespaces": allowed} if allowed else {})


def gateway(hostname: str) -> str:
    return f"""apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: public, namespace: edge}}
spec:
  gatewayClassName: edge
  listeners:
    - {{name: https, protocol: HTTPS, port: 443, hostname: '{hostname}', allowedRoutes: {{namespaces: {{from: All}}}}}}
"""


def route(hostname: str) -> str:
    return f"""apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web, namespace: edge}}
spec: {{parentRefs: [{{name: public}}], hostnames: [{hostname}]}}
"""


@pytest.mark.parametrize(
    ("hostname", "wanted", "answers"),
    [
        ("", ["a.example.com"], True),
        ("a.example.com", [], True),
        ("a.example.com", ["A.example.com"], True),
        ("a.example.com", ["b.example.com"], False),
        ("*.example.com", ["a.b.example.com"], True),
        ("*.example.com", ["example.com"], False),
        ("*.example.com", ["*.b.example.com"], True),
        ("*.b.example.com", ["*.example.com"], True),
        ("a.example.com", ["*.example.com"], True),
        ("a.example.com", ["x.org", "a.example.com"], True),
        ("*.example.com", ["*.example.org"], False),
        ("*.example.com", ["a.notexample.com"], False),
    ],
)
def test_hostnames_meet_as_the_gateway_api_says(hostname: str, wanted: list[str], answers: bool) -> None:  # noqa: FBT001
    assert listener(hostname).answers_to(wanted) is answers


def test_a_listener_takes_routes_of_its_own_namespace_unless_it_says_otherwise() -> None:
    assert listener().takes_from("edge", None)
    assert not listener().takes_from("shop", None)
    assert listener(allowed={"from": "All"}).takes_from("shop", None)
    assert not listener(allowed={"from": "None"}).takes_from("edge", None)


def test_a_selector_is_judged_as_far_as_labels_are_known() -> None:
    by_name = listener(
        allowed={"from": "Selector", "selector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}}
    )
    assert by_name.takes_from("shop", None)
    assert not by_name.takes_from("other", None)
    by_label = listener(allowed={"from": "Selector", "selector": {"matchLabels": {"team": "a"}}})
    assert by_label.takes_from("shop", None)
    assert by_label.takes_from("shop", {"team": "a"})
    assert not by_label.takes_from("shop", {"team": "b"})
    assert not by_label.takes_from("shop", {})


@pytest.mark.parametrize(
    ("operator", "values", "taken"),
    [
        ("In", ["a"], True),
        ("In", ["b"], False),
        ("NotIn", ["a"], False),
        ("Exists", [], True),
        ("DoesNotExist", [], False),
    ],
)
def test_expressions_of_a_selector(operator: str, values: list[str], taken: bool) -> None:  # noqa: FBT001
    expression = {"key": "team", "operator": operator, "values": values}
    chosen = listener(allowed={"from": "Selector", "selector": {"matchExpressions": [expression]}})
    assert chosen.takes_from("shop", {"team": "a"}) is taken


def test_a_route_meets_the_gateway_of_its_own_cluster(write: Write) -> None:
    elsewhere = application("eu.edge", "eu").replace(f"server: {IN_CLUSTER}", "name: eu")
    files = {
        **SETTINGS,
        "apps.yaml": application("here", "here") + elsewhere,
        "here/gateway.yaml": gateway("*.example.com"),
        "here/route.yaml": route("web.example.com"),
        "eu/gateway.yaml": gateway("*.eu.example.com"),
        "eu/route.yaml": route("web.example.com"),
    }
    (found,) = [one for one in findings(write(files)) if one.rule == "route-attached"]
    assert found.path == "eu/route.yaml"
    assert "does not answer to web.example.com there, only to *.eu.example.com" in found.message
