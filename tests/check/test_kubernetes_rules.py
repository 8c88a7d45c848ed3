"""What the rules on Kubernetes leave alone, and what they make of nonsense."""

from __future__ import annotations

import copy
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from clusterwright.check.registry import RULES
from clusterwright.check.repository import load
from tests.check.conftest import FIXTURES, findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.check.conftest import Write

HARD = "securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}"
JUNK: tuple[Any, ...] = (None, 5, -1, 1.5, True, "", "x", [], {}, [1], [[]], [{}], [None], {"a": 1}, {"a": {"b": [1]}})


def pod(spec: str, kind: str = "Pod", extra: str = "") -> str:
    return f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: web, namespace: shop{extra}}}\nspec: {spec}\n"


def ids(write: Write, files: dict[str, str | bytes]) -> set[str]:
    return {one.rule for one in findings(write(files)) if one.severity != "info"}


@pytest.mark.parametrize(
    "spec",
    [
        "{os: {name: windows}, containers: [{name: web, image: 'web:1'}]}",
        "{nodeSelector: {kubernetes.io/os: windows}, containers: [{name: web, image: 'web:1'}]}",
        f"{{securityContext: {{runAsUser: 1000}}, containers: [{{name: web, image: 'web:1', {HARD}}}]}}",
        f"{{securityContext: {{runAsNonRoot: true}}, containers: [{{name: web, image: auto, {HARD}}}]}}",
        f"{{securityContext: {{runAsNonRoot: true}}, containers: [{{name: web, image: 'web:${{TAG}}', {HARD}}}]}}",
    ],
)
def test_pods_that_have_nothing_to_answer_for(write: Write, spec: str) -> None:
    assert ids(write, {"a.yaml": pod(spec)}) == set()


def test_a_container_may_overrule_its_pod(write: Write) -> None:
    both = "[{name: a, image: 'a:1', %s}, {name: b, image: 'a:1', %s}]"
    spec = f"{{securityContext: {{runAsNonRoot: true}}, containers: {both}}}"
    root = HARD.replace("{allow", "{runAsUser: 0, runAsNonRoot: false, allow")
    found = [one for one in findings(write({"a.yaml": pod(spec % (HARD, root))})) if one.rule == "pod-root"]
    assert [one.message for one in found] == [
        "Pod web: container b may run as root: set securityContext.runAsNonRoot: true"
    ]


def test_a_patch_is_judged_by_what_it_says_only(write: Write) -> None:
    kustomization = "resources: [base.yaml]\npatches: [{path: patch.yaml}]\n"
    base = pod(f"{{securityContext: {{runAsNonRoot: true}}, containers: [{{name: web, image: 'web:1', {HARD}}}]}}")
    files: dict[str, str | bytes] = {"kustomization.yaml": kustomization, "base.yaml": base}
    quiet = pod("{containers: [{name: web, env: [{name: A, value: b}]}]}")
    assert ids(write, {**files, "patch.yaml": quiet}) == set()
    loud = pod("{hostPID: true, containers: [{name: web, securityContext: {privileged: true}}]}")
    assert ids(write, {**files, "patch.yaml": loud}) == {"pod-host", "pod-privileged"}


@pytest.mark.parametrize(
    "value", ["''", "'${PASSWORD}'", "<path:secret/data/a#b>", "ref+vault://a", "CHANGE-ME", "'{{ .a }}'", "xxxx"]
)
def test_what_another_tool_fills_in_is_no_secret(write: Write, value: str) -> None:
    secret = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a, namespace: b}}\nstringData: {{password: {value}}}\n"
    assert "secret-plain" not in ids(write, {"a.yaml": secret})


def test_a_repository_of_argo_cd_is_no_secret_and_its_password_is(write: Write) -> None:
    head = (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: argocd, labels: {argocd.argoproj.io/secret-type: "
    )
    assert ids(write, {"a.yaml": f"{head}repository}}}}\nstringData: {{type: git, url: 'https://a.b/c'}}\n"}) == set()
    config = '{"bearerToken": "abc"}'
    found = ids(write, {"a.yaml": f"{head}cluster}}}}\nstringData: {{name: a, config: '{config}'}}\n"})
    assert found == {"secret-plain"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ghp_" + "x" * 36, False),
        ("AKIAIOSFODNN7EXAMPLE", False),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N", True),
        ("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----", False),
    ],
)
def test_tokens_are_told_from_their_likenesses(write: Write, text: str, found: bool) -> None:  # noqa: FBT001
    assert ids(write, {"README.md": text}) == ({"secret-token"} if found else set())


def test_a_secret_that_is_optional_or_spoken_of_is_not_missed(write: Write) -> None:
    made = "apiVersion: v1\nkind: Secret\nmetadata: {name: made, namespace: shop}\n---\n"
    env = "envFrom: [{secretRef: {name: %s}}]"
    spec = f"{{securityContext: {{runAsNonRoot: true}}, containers: [{{name: web, image: 'web:1', {HARD}, {env}}}]}}"
    files: dict[str, str | bytes] = {"a.yaml": made + pod(spec % "absent")}
    assert ids(write, files) == {"reference-secret"}
    assert ids(write, {**files, "b.sh": "kubectl create secret generic absent\n"}) == set()
    optional = spec.replace("{name: %s}", "{name: absent, optional: true}")
    assert ids(write, {"a.yaml": made + pod(optional), "b.sh": ""}) == set()


def test_a_service_elsewhere_is_not_missed(write: Write) -> None:
    service = pod("{selector: {app: other}, ports: [{port: 80, targetPort: http}]}", "Service")
    assert ids(write, {"a/service.yaml": service, "a/readme.md": ""}) == set()


def _documents() -> list[dict[str, Any]]:
    texts = (path.read_text("utf-8") for path in sorted(FIXTURES.glob("*/valid/**/*.yaml")))
    found = (document for text in texts for document in yaml.safe_load_all(text))
    return [one for one in found if isinstance(one, dict) and isinstance(one.get("kind"), str)]


def _paths(data: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    yield where
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _paths(value, (*where, key))


def _spoilt(document: dict[str, Any], random: Random) -> dict[str, Any]:
    spoilt = copy.deepcopy(document)
    for _ in range(2):
        *above, last = random.choice([one for one in _paths(spoilt) if one and one[0] not in {"apiVersion", "kind"}])
        holder: Any = spoilt
        for step in above:
            holder = holder[step]
        holder[last] = copy.deepcopy(random.choice(JUNK))
    return spoilt


@pytest.mark.parametrize("seed", range(8))
def test_no_rule_stumbles_over_values_of_another_type(write: Write, seed: int) -> None:
    random, documents = Random(seed), _documents()  # noqa: S311 - the same nonsense every time
    spoilt = [_spoilt(random.choice(documents), random) for _ in range(60)]
    repository = load(str(write({"a.yaml": yaml.safe_dump_all(spoilt)})))
    others = [rule for rule in RULES if not rule.id.startswith(("app", "project"))]
    assert all(problem.message for rule in others for problem in rule.find(repository))
