"""A private API server is reached without a root of one's own: from a network that is joined, or by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

OPEN: dict[str, Any] = {"api_access": "public"}
# What joins nothing and opens nothing, beside each platform that does.
CLOSED = {
    "aws-everything": OPEN | {"aws_peer_vpc_id": "", "aws_api_allowed_cidrs": ["0.0.0.0/0"]},
    "azure-github-azuredns": OPEN | {"azure_peer_network_id": ""},
    "google-adopted": OPEN | {"google_api_allowed_cidrs": ["0.0.0.0/0"]},
}
TRACES = ("aws_vpc_peering", "data.aws_vpc.peer", "network_peering", "peer_network_id", "dns_endpoint", "--public-fqdn")


def text(folder: Path, *names: str) -> str:
    return "".join((folder / "infrastructure/cloud" / f"{name}.tf").read_text(encoding="utf-8") for name in names)


def test_the_vpc_that_is_joined_has_a_way_to_the_api_server_and_back(sources: Template, tmp_path: Path) -> None:
    out = sources.render(answers(VALID / "aws-everything.yaml"), tmp_path / "out")
    assert "endpoint_public_access  = false" in text(out, "cluster")
    assert "concat(local.api_allowed_cidrs, [data.aws_vpc.peer.cidr_block])" in text(out, "cluster")
    assert 'id = "vpc-0a1b2c3d4e5f60718"' in text(out, "peering")
    assert [line for line in text(out, "peering").splitlines() if line.startswith('resource "aws_route"')] == [
        'resource "aws_route" "nodes_to_peer" {',
        'resource "aws_route" "control_plane_to_peer" {',
        'resource "aws_route" "from_peer" {',
    ]


def test_both_networks_on_azure_say_that_they_are_joined_and_share_the_gateway(
    sources: Template, tmp_path: Path
) -> None:
    out = sources.render(answers(VALID / "azure-github-azuredns.yaml"), tmp_path / "out")
    assert "private_cluster_enabled             = true" in text(out, "cluster")
    there, back = text(out, "peering").split('resource "azurerm_virtual_network_peering" ')[1:]
    assert "virtual_network_name      = azurerm_virtual_network.platform.name" in there
    assert "remote_virtual_network_id = local.peer_network_id" in there
    assert "use_remote_gateways       = true" in there
    assert "remote_virtual_network_id = azurerm_virtual_network.platform.id" in back
    assert "allow_gateway_transit     = true" in back
    # Atlantis plans what stands in the other network, and may not change it.
    assert 'scope = local.peer_network_id\n      role  = "Reader"' in text(out, "atlantis")
    assert "--public-fqdn" in (out / "bootstrap/lib/cloud.sh").read_text(encoding="utf-8")


def test_a_gateway_is_shared_only_where_there_is_one(sources: Template, tmp_path: Path) -> None:
    without = answers(VALID / "azure-github-azuredns.yaml") | {"azure_peer_gateway": False}
    peering = text(sources.render(without, tmp_path / "out"), "peering")
    assert peering.count("resource ") == 2
    assert "gateway" not in peering


def test_the_private_api_server_of_gke_is_reached_by_its_name(sources: Template, tmp_path: Path) -> None:
    out = sources.render(answers(VALID / "google-adopted.yaml"), tmp_path / "out")
    assert "enable_private_endpoint = true" in text(out, "cluster")
    assert "allow_external_traffic = true" in text(out, "cluster")
    assert "--dns-endpoint" in (out / "bootstrap/lib/cloud.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize("platform", CLOSED)
def test_a_platform_that_joins_nothing_has_no_trace_of_it(sources: Template, tmp_path: Path, platform: str) -> None:
    out = sources.render(answers(VALID / f"{platform}.yaml") | CLOSED[platform], tmp_path / "out")
    assert not (out / "infrastructure/cloud/peering.tf").exists()
    written = text(out, "cluster", "outputs", "atlantis") + (out / "bootstrap/lib/cloud.sh").read_text(encoding="utf-8")
    assert [trace for trace in TRACES if trace in written] == []
