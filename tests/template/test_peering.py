"""A private API server is reached from the network that the platform joins, without a root of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

PEER = {"api_access": "private", "aws_peer_vpc_id": "vpc-0a1b2c3d4e5f60718", "aws_api_allowed_cidrs": []}


def test_the_vpc_that_is_joined_has_a_way_to_the_api_server_and_back(sources: Template, tmp_path: Path) -> None:
    out = sources.render(answers(VALID / "aws-everything.yaml") | PEER, tmp_path / "out")
    cluster = (out / "infrastructure/cloud/cluster.tf").read_text(encoding="utf-8")
    peering = (out / "infrastructure/cloud/peering.tf").read_text(encoding="utf-8")
    assert "endpoint_public_access  = false" in cluster
    assert "concat(local.api_allowed_cidrs, [data.aws_vpc.peer.cidr_block])" in cluster
    assert 'id = "vpc-0a1b2c3d4e5f60718"' in peering
    assert [line for line in peering.splitlines() if line.startswith('resource "aws_route"')] == [
        'resource "aws_route" "nodes_to_peer" {',
        'resource "aws_route" "control_plane_to_peer" {',
        'resource "aws_route" "from_peer" {',
    ]


def test_a_platform_that_joins_no_vpc_has_no_trace_of_one(sources: Template, tmp_path: Path) -> None:
    out = sources.render(
        answers(VALID / "aws-everything.yaml")
        | PEER
        | {"api_access": "public", "aws_peer_vpc_id": "", "aws_api_allowed_cidrs": ["0.0.0.0/0"]},
        tmp_path / "out",
    )
    assert not (out / "infrastructure/cloud/peering.tf").exists()
    assert "data.aws_vpc.peer" not in (out / "infrastructure/cloud/cluster.tf").read_text(encoding="utf-8")
