"""The pipelines in the cluster: whole, closed to what anybody writes, each credential where it is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Template

REFERENCE = re.compile(r"{{=? *([a-z][\w.-]*)")
CREDENTIALS = {"buildkit-client", "charts", "git", "registry", "signing"}
PINNED = re.compile(r"@sha256:[0-9a-f]{64}$|:[0-9]+\.[0-9]+\.[0-9]+$|^{{inputs\.parameters\.test-image}}$")


@pytest.fixture(scope="module")
def platform(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform with every component."""
    return sources.render(answers(VALID / "laptop-everything.yaml"), tmp_path_factory.mktemp("delivery") / "out")


@pytest.fixture(scope="module")
def pipelines(platform: Path) -> dict[str, dict[str, Any]]:
    """The spec of each pipeline, by its name."""
    return {one["metadata"]["name"]: one["spec"] for one in documents(platform / "platform/app-delivery", "pipelines")}


def documents(component: Path, name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((component / f"manifests/{name}.yaml").read_text(encoding="utf-8")))


def texts(node: object) -> Iterator[str]:
    """Every text of a document."""
    if isinstance(node, dict):
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from texts(one)
    if isinstance(node, str):
        yield node


def references(node: object) -> set[str]:
    return {name for text in texts(node) for name in REFERENCE.findall(text)}


def names(listed: list[dict[str, Any]]) -> set[str]:
    return {one["name"] for one in listed}


def containers(template: dict[str, Any]) -> list[dict[str, Any]]:
    return [*template.get("initContainers", []), template["container"]]


def mounted(container: dict[str, Any]) -> set[str]:
    return names(container["volumeMounts"])


def steps(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for group in spec["templates"][0]["steps"] for step in group]


def work(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The templates with a container, by their names."""
    return {one["name"]: one for one in spec["templates"][1:]}


def test_a_delivery_takes_every_step_in_its_order(pipelines: dict[str, dict[str, Any]]) -> None:
    groups = [[step["name"] for step in group] for group in pipelines["delivery"]["templates"][0]["steps"]]
    assert groups == [["version"], ["test"], ["build"], ["scan"], ["sign", "chart"], ["deliver"]]
    assert [step["name"] for step in steps(pipelines["promotion"])] == ["deliver"]
    assert pipelines["promotion"]["templates"][1] == work(pipelines["delivery"])["deliver"]


def test_every_reference_leads_somewhere(pipelines: dict[str, dict[str, Any]]) -> None:
    for spec in pipelines.values():
        given = {f"workflow.parameters.{name}" for name in names(spec["arguments"]["parameters"])}
        for group in spec["templates"][0]["steps"]:
            assert references(group) <= given
            for step in group:
                found = work(spec)[step["template"]].get("outputs", {}).get("parameters", [])
                given |= {f"steps.{step['name']}.outputs.parameters.{one['name']}" for one in found}
        for step in steps(spec):
            template = work(spec)[step["template"]]
            taken = names(template["inputs"]["parameters"])
            assert names(step["arguments"]["parameters"]) == taken
            assert references(containers(template)) == {f"inputs.parameters.{name}" for name in taken}


def test_what_anybody_gives_is_never_part_of_a_script(pipelines: dict[str, dict[str, Any]]) -> None:
    for spec in pipelines.values():
        for template in work(spec).values():
            for container in containers(template):
                shell = container["command"][0] in ("bash", "sh")
                assert not (shell and references(container["args"]))


def test_each_credential_is_where_it_is_needed_alone(pipelines: dict[str, dict[str, Any]]) -> None:
    needed = {
        "version": set(),
        "test": set(),
        "build": {"buildkit-client", "registry"},
        "scan": {"registry"},
        "sign": {"registry", "signing"},
        "chart": {"charts", "registry"},
        "deliver": {"git"},
    }
    found = {name: mounted(one["container"]) & CREDENTIALS for name, one in work(pipelines["delivery"]).items()}
    assert found == needed
    for template in work(pipelines["delivery"]).values():
        for container in template.get("initContainers", []):
            assert mounted(container) & CREDENTIALS == {"git"}


def test_every_volume_is_there_and_read_only_but_for_the_work(pipelines: dict[str, dict[str, Any]]) -> None:
    for spec in pipelines.values():
        used = [
            mount for one in work(spec).values() for container in containers(one) for mount in container["volumeMounts"]
        ]
        assert names(used) == names(spec["volumes"])
        assert {mount["name"] for mount in used if not mount.get("readOnly")} == {"work"}


def test_no_step_has_root_or_a_token_and_every_image_is_fixed(pipelines: dict[str, dict[str, Any]]) -> None:
    locked = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    for spec in pipelines.values():
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"] is True
        for template in work(spec).values():
            for container in containers(template):
                assert container["securityContext"] == locked
                assert PINNED.search(container["image"]), container["image"]


def test_the_namespace_takes_the_two_pipelines_and_nothing_else(
    platform: Path, pipelines: dict[str, dict[str, Any]]
) -> None:
    policy, binding = documents(platform / "platform/app-delivery", "policy")
    by_name, by_key, by_status = (one["expression"] for one in policy["spec"]["validations"])
    assert by_name.endswith(f"name in {sorted(pipelines)}")
    assert by_key == "object.spec.all(key, key in ['arguments', 'shutdown', 'suspend', 'workflowTemplateRef'])"
    assert by_status.startswith(
        "request.userInfo.username == 'system:serviceaccount:argo:argo-workflows-workflow-controller' ||"
    )
    assert policy["spec"]["failurePolicy"] == "Fail"
    assert binding["spec"] == {"policyName": policy["metadata"]["name"], "validationActions": ["Deny"]}


def test_people_start_pipelines_and_write_no_result_of_a_step(platform: Path) -> None:
    roles = [one for one in documents(platform / "platform/app-delivery", "access") if one["kind"].endswith("Role")]
    writable = {
        (role["metadata"]["name"], name)
        for role in roles
        for rule in role["rules"]
        for name in rule["resources"]
        if {"create", "patch", "update"} & set(rule["verbs"])
    }
    assert writable == {("people", "workflows"), ("workflow", "workflowtaskresults")}


def test_only_pipelines_reach_buildkit(platform: Path) -> None:
    closed, buildkitd = documents(platform / "platform/buildkit", "network-policy")
    assert closed["spec"] == {"podSelector": {}, "policyTypes": ["Ingress"]}
    here = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "app-delivery"}}}
    assert buildkitd["spec"]["ingress"] == [{"from": [here], "ports": [{"port": 1234}]}]
    assert not any("ports" not in rule and "to" not in rule for rule in buildkitd["spec"]["egress"])
    [account, _, deployment, _] = documents(platform / "platform/buildkit", "buildkitd")
    pod = deployment["spec"]["template"]["spec"]
    assert account["automountServiceAccountToken"] is pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert {"--tlscacert=/tls/ca.crt", "--tlscert=/tls/tls.crt"} <= set(pod["containers"][0]["args"])


def test_charts_go_to_chartmuseum_where_there_is_one(sources: Template, platform: Path, tmp_path: Path) -> None:
    alone = sources.render({"components": ["argo-workflows", "app-delivery"]}, tmp_path / "out")
    found = []
    for repository in (platform, alone):
        [spec, _] = [one["spec"] for one in documents(repository / "platform/app-delivery", "pipelines")]
        found.append("curl" in work(spec)["chart"]["container"]["args"][0])
        secrets = names([one["metadata"] for one in documents(repository / "platform/app-delivery", "secrets")])
        assert ("app-delivery-charts" in secrets) is ("charts" in names(spec["volumes"])) is found[-1]
    assert found == [True, False]


def test_argo_workflows_reads_the_pipelines_and_edits_none(platform: Path) -> None:
    values = yaml.safe_load((platform / "platform/argo-workflows/values.yaml").read_text(encoding="utf-8"))
    assert values["controller"]["clusterWorkflowTemplates"] == {"enabled": True}
    assert values["server"]["clusterWorkflowTemplates"] == {"enabled": True, "enableEditing": False}


@pytest.mark.parametrize("name", ["laptop-everything", "aws-everything", "gitlab-self-managed"])
def test_git_and_its_token_reach_the_platforms_own_host(sources: Template, name: str, tmp_path: Path) -> None:
    given = answers(VALID / f"{name}.yaml")
    repository = sources.render(given, tmp_path / "out")
    host = given.get("gitlab_host") or ("github.com" if given.get("git_host") == "github" else "git.platform.localhost")
    secret = documents(repository / "platform/app-delivery", "secrets")[0]
    text = secret["spec"]["target"]["template"]["data"]["credentials"]
    assert re.fullmatch(rf"https://(token|x-access-token|oauth2):{{{{ \.token \| urlquery }}}}@{host}\n", text)
    steps = documents(repository / "platform/app-delivery", "network-policy")[1]["spec"]["egress"]
    [blocked] = [
        to["ipBlock"]["except"] for rule in steps for to in rule.get("to", []) if "except" in to.get("ipBlock", {})
    ]
    assert "169.254.0.0/16" in blocked
    assert ("10.0.0.0/8" in blocked) is (name != "gitlab-self-managed")
