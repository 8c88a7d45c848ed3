"""How long a cluster stays at a minor version, and who brings it what, is an answer where the cloud leaves a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

SUPPORT = {
    "aws-adopted": {"standard": 'support_type = "STANDARD"', "extended": 'support_type = "EXTENDED"'},
    "azure-adopted": {
        "standard": 'support_plan       = "KubernetesOfficial"',
        "extended": 'support_plan       = "AKSLongTermSupport"',
    },
    "google-adopted": {"standard": 'channel = "REGULAR"', "extended": 'channel = "EXTENDED"'},
}


def cluster(sources: Template, tmp_path: Path, platform: str, **given: str) -> str:
    out = sources.render(answers(VALID / f"{platform}.yaml") | given, tmp_path / "out")
    return (out / "infrastructure/cloud/cluster.tf").read_text(encoding="utf-8")


@pytest.mark.parametrize("support", ["standard", "extended"])
@pytest.mark.parametrize("platform", SUPPORT)
def test_the_support_that_was_answered_is_what_the_cloud_is_told(
    sources: Template, tmp_path: Path, platform: str, support: str
) -> None:
    said = cluster(sources, tmp_path, platform, kubernetes_support=support)
    assert [name for name, line in SUPPORT[platform].items() if line in said] == [support]


def test_long_term_support_on_azure_takes_the_tier_that_has_it(sources: Template, tmp_path: Path) -> None:
    assert 'sku_tier           = "Premium"' in cluster(
        sources, tmp_path, "azure-adopted", kubernetes_support="extended"
    )


def test_a_release_channel_of_google_is_an_answer(sources: Template, tmp_path: Path) -> None:
    assert 'channel = "STABLE"' in cluster(sources, tmp_path, "google-github-clouddns")


@pytest.mark.parametrize(("gateway", "calls"), [("envoy-gateway", 1), ("ingress-nginx", 0)])
def test_the_crds_of_gateway_api_that_digitalocean_made_are_handed_over_where_the_platform_brings_its_own(
    sources: Template, tmp_path: Path, gateway: str, calls: int
) -> None:
    given = answers(VALID / "digitalocean-github-dns.yaml") | {"gateway": gateway}
    step = sources.render(given, tmp_path / "out") / "bootstrap/steps/22-cloud.sh"
    assert step.read_text(encoding="utf-8").splitlines().count("cloud_gateway_crds") == calls
