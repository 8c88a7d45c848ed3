"""Workload clusters that Crossplane makes: the same root as Atlantis', applied by a Workspace that may do no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.template.questions import VALID, answers
from tests.template.store_rights import asked, permitted, rules

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

PROVIDERS = "platform/crossplane-providers/manifests"


@pytest.fixture(scope="module")
def platform(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources.render(answers(VALID / "aws-fleet.yaml"), tmp_path_factory.mktemp("made") / "platform")


def documents(platform: Path, name: str) -> dict[tuple[str, str], Any]:
    """The resources of a file of the providers, by kind and name."""
    found = yaml.safe_load_all((platform / PROVIDERS / name).read_text(encoding="utf-8"))
    return {(one["kind"], one["metadata"]["name"]): one for one in found}


def runtime(platform: Path) -> dict[str, Any]:
    """How the pod of the provider runs."""
    config = documents(platform, "runtime.yaml")["DeploymentRuntimeConfig", "provider-opentofu"]
    pod: dict[str, Any] = config["spec"]["deploymentTemplate"]["spec"]["template"]
    return pod


def test_a_workspace_applies_the_root_of_its_cluster_and_atlantis_does_not(platform: Path) -> None:
    workspace = documents(platform, "clusters.yaml")["Workspace", "oregon"]
    given = workspace["spec"]["forProvider"]
    assert given["module"] == "git::https://github.com/harbour-dev/gitops.git?ref=main"
    assert (platform / given["entrypoint"] / "main.tf").is_file()
    planned = [one["name"] for one in yaml.safe_load((platform / "atlantis.yaml").read_text())["projects"]]
    assert "clusters-dublin" in planned and "clusters-inside" in planned
    assert "clusters-oregon" not in planned


def test_the_state_is_the_same_whoever_applies_the_root(platform: Path) -> None:
    workspace = documents(platform, "clusters.yaml")["Workspace", "oregon"]
    assert workspace["metadata"]["annotations"]["crossplane.io/external-name"] == "default"
    roots = [(platform / f"infrastructure/clusters/{name}/main.tf").read_text() for name in ("dublin", "oregon")]
    keys = [re.findall(r'^ +key += "(.+)"$', root, re.MULTILINE) for root in roots]
    assert keys == [["clusters-dublin.tfstate"], ["clusters-oregon.tfstate"]]


def test_a_workspace_that_is_deleted_destroys_nothing(platform: Path) -> None:
    workspace = documents(platform, "clusters.yaml")["Workspace", "oregon"]
    assert workspace["spec"]["managementPolicies"] == ["Observe", "Create", "Update"]


def test_a_cluster_that_is_destroyed_keeps_its_workspace_which_applies_an_empty_root(
    sources: Template, tmp_path: Path
) -> None:
    said = answers(VALID / "aws-fleet.yaml")
    for cluster in said["clusters"]:
        if cluster["name"] in ("oregon", "inside"):
            cluster["state"] = "destroying"
    platform = sources.render(said, tmp_path / "out")
    assert not [path for path in (platform / "registry/clusters/oregon").rglob("*") if path.is_file()]
    assert ("Workspace", "oregon") in documents(platform, "clusters.yaml")
    root = (platform / "infrastructure/clusters/oregon/main.tf").read_text()
    assert "module " not in root.replace("no module here", "")
    assert 'output "destroyed"' in root and 'provider "aws"' in root and 'role = "crossplane"' in root


def test_the_pod_runs_the_release_of_opentofu_that_atlantis_runs(platform: Path) -> None:
    values = yaml.safe_load((platform / "platform/atlantis/values.yaml").read_text())
    first = runtime(platform)["spec"]["initContainers"][0]
    assert first["image"].rpartition(":")[2] == values["image"]["tag"]
    container = runtime(platform)["spec"]["containers"][0]
    said = {one["name"]: one["value"] for one in container["env"]}
    assert said["PATH"].split(":")[0] == container["volumeMounts"][0]["mountPath"] == "/opt/opentofu"


def test_a_pod_begins_anew_when_the_files_of_the_module_are_others(sources: Template, tmp_path: Path) -> None:
    said = answers(VALID / "aws-fleet.yaml")
    more = {**said, "dns": "route53", "dns_zone": "harbour.dev", "route53_zone_id": "Z0123456789ABCDEFGHIJ"}
    annotations = [
        runtime(sources.render(one, tmp_path / str(place)))["metadata"]["annotations"]["clusterwright.dev/modules"]
        for place, one in enumerate((said, more))
    ]
    assert "external-dns" not in annotations[0].split() and "external-dns" in annotations[1].split()


def test_the_provider_may_do_in_the_store_what_its_root_does_and_nothing_to_another_cluster(platform: Path) -> None:
    text = (platform / "infrastructure/secrets/crossplane.tf").read_text()
    assert 'made_by_crossplane = ["oregon"]' in text and 'guests_of_those    = ["inside"]' in text
    policy = rules(text.replace("${each.key}", "any"))
    module = platform / "infrastructure/modules/cluster-access"
    requests = {one.path: one.rights for one in asked(module)}
    own = {path: rights for path, rights in requests.items() if not path.endswith(("/identity", "acl/any"))}
    assert len(own) >= 6
    lacking = {path: rights - permitted(policy, path) for path, rights in own.items()}
    assert {path: rights for path, rights in lacking.items() if rights} == {}
    exact = rules(text.replace("${each.key}", "oregon"))
    assert not permitted(exact, "auth/jwt-dublin/role/any")
    assert not permitted(exact, "secret/data/clusters/dublin/connection")
    assert not permitted(exact, "sys/policies/acl/eso-argo-cd")


@pytest.mark.parametrize("made", [True, False], ids=["with such a cluster", "without one"])
def test_the_store_hears_crossplane_only_where_it_makes_clusters(
    sources: Template,
    tmp_path: Path,
    platform: Path,
    made: bool,  # noqa: FBT001 - a case of the rule
) -> None:
    if not made:
        said = answers(VALID / "aws-fleet.yaml")
        said["clusters"] = [one for one in said["clusters"] if one["name"] not in ("oregon", "inside")]
        platform = sources.render(said, tmp_path / "out")
    policy = (platform / "platform/openbao/manifests/network-policy.yaml").read_text()
    places = [
        f"{PROVIDERS}/clusters.yaml", f"{PROVIDERS}/secrets.yaml", "infrastructure/secrets/crossplane.tf",
        "infrastructure/cloud/crossplane-clusters.tf",
    ]  # fmt: skip
    assert ("crossplane-system" in policy) == made
    assert [(platform / place).is_file() for place in places] == [made] * len(places)
    assert ("initContainers" in runtime(platform)["spec"]) == made


@pytest.mark.parametrize(
    ("host", "credentials", "generated"),
    [
        ({}, "https://x-access-token:{{ .token | urlquery }}@github.com\n", True),
        ({"github_auth": "token"}, "https://x-access-token:{{ .token | urlquery }}@github.com\n", False),
        ({"git_host": "gitlab", "git_owner": "harbour"}, "https://oauth2:{{ .token | urlquery }}@gitlab.com\n", False),
    ],
    ids=["a GitHub App", "a token of GitHub", "a token of GitLab"],
)
def test_git_gets_its_credentials_from_the_store_and_those_of_an_app_live_for_an_hour(
    sources: Template,
    tmp_path: Path,
    host: dict[str, str],
    credentials: str,
    generated: bool,  # noqa: FBT001 - a case of the rule
) -> None:
    platform = sources.render({**answers(VALID / "aws-fleet.yaml"), **host}, tmp_path / "out")
    found = documents(platform, "secrets.yaml")
    copied = found["ExternalSecret", "crossplane-git"]["spec"]
    assert copied["target"]["template"]["data"] == {".git-credentials": credentials}
    assert (("GithubAccessToken", "crossplane-git") in found) == ("dataFrom" in copied) == generated
    used = documents(platform, "clusters.yaml")["ProviderConfig", "clusters"]["spec"]["credentials"]
    reference = {"namespace": "crossplane-system", "name": "crossplane-git", "key": ".git-credentials"}
    assert used == [{"filename": ".git-credentials", "source": "Secret", "secretRef": reference}]


def test_the_role_in_aws_touches_no_other_state_and_no_role_of_the_platform(platform: Path) -> None:
    text = (platform / "infrastructure/cloud/crossplane-clusters.tf").read_text()
    assert 'for name in ["oregon"] : "${local.name}-${name}"' in text
    assert '"${local.state_bucket_arn}/clusters-${name}.tfstate"' in text
    allowed = re.findall(r'actions += \["(s3:[^"]+)"', text)
    assert allowed == ["s3:ListBucket", "s3:GetObject", "s3:DeleteObject"]
    atlantis = (platform / "infrastructure/cloud/atlantis.tf").read_text()
    assert 'role${local.iam_path}${local.name}-crossplane-clusters",' in atlantis, "Atlantis cannot become it"
