"""Clusters have no addresses in common, and whoever reads that they do knows both owners."""

from __future__ import annotations

import pytest

from clusterwright.errors import Refused
from clusterwright.fleet.networks import allow, overlaps


def test_the_later_cluster_is_to_blame_whichever_network_is_larger() -> None:
    clusters = [
        {"name": "eu", "network": "10.1.128.0/17"},
        {"name": "us", "network": "10.1.0.0/16"},
        {"name": "asia", "network": "10.1.255.255/32"},
    ]
    assert sorted(overlaps(clusters)) == [
        (1, "the network of us, 10.1.0.0/16, overlaps that of eu, 10.1.128.0/17; choose another"),
        (2, "the network of asia, 10.1.255.255/32, overlaps that of eu, 10.1.128.0/17; choose another"),
    ]


def test_neighbours_do_not_overlap_nor_what_has_no_network() -> None:
    allow([{"name": "eu", "network": "10.1.0.0/16"}, {"name": "us", "network": "10.2.0.0/16"}, {"name": "demo"}])


@pytest.mark.parametrize("clusters", [None, "eu", [None, 1, "eu"], [{"network": 1}, {"network": "10.0.0.0/99"}]])
def test_what_is_no_network_is_somebody_elses_to_refuse(clusters: object) -> None:
    allow(clusters)


def test_the_same_network_is_refused_with_both_owners() -> None:
    clusters = [{"name": "eu", "network": "10.1.0.0/16"}, {"network": "10.1.3.0/16"}]
    problem = "the network of entry 2, 10.1.0.0/16, overlaps that of eu, 10.1.0.0/16; choose another"
    with pytest.raises(Refused, match=f"^clusters: {problem}$"):
        allow(clusters)


def test_five_hundred_networks_are_compared_in_order_only() -> None:
    apart = [{"name": f"c{one}", "network": f"10.{one // 250}.{one % 250}.0/24"} for one in range(500)]
    assert list(overlaps(apart)) == []
    assert [one.place for one in overlaps([*apart, {"name": "last", "network": "10.1.7.9/32"}])] == [500]
