"""HorizontalPodAutoscalers work in every cluster that the platform makes: the cloud brings metrics-server, or we do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

VALUES = "platform/metrics-server/values.yaml"
APPLICATION = "registry/clusters/management/metrics-server.yaml"


@pytest.mark.parametrize(
    ("platform", "args"),
    [
        ("akamai-github-dns", ["--kubelet-insecure-tls"]),
        ("digitalocean-github-dns", []),
        ("vultr-github-vultrdns", ["--kubelet-insecure-tls"]),
    ],
)
def test_a_cloud_without_metrics_gets_them_and_kubelets_are_verified_where_they_can_be(
    sources: Template, tmp_path: Path, platform: str, args: list[str]
) -> None:
    out = sources.render(answers(VALID / f"{platform}.yaml"), tmp_path / "out")
    values = yaml.safe_load((out / VALUES).read_text(encoding="utf-8"))
    application = yaml.safe_load((out / APPLICATION).read_text(encoding="utf-8"))
    assert values.get("args", []) == args
    assert application["spec"]["destination"]["namespace"] == "kube-system"


@pytest.mark.parametrize("platform", ["civo-github-civodns", "existing-route53"])
def test_a_cluster_with_metrics_of_its_own_gets_no_second_one(sources: Template, tmp_path: Path, platform: str) -> None:
    out = sources.render(answers(VALID / f"{platform}.yaml"), tmp_path / "out")
    assert [name for name in (VALUES, APPLICATION) if (out / name).exists()] == []
