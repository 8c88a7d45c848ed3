"""Which workload clusters have addresses in common: what no peering, and no VPN between them, could route."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


class Overlap(NamedTuple):
    """Two clusters with addresses in common.

    Attributes:
        place: the position of the later one in the list of clusters.
        problem: what is wrong, with the names of both.
    """

    place: int
    problem: str


class _Owned(NamedTuple):
    network: IPv4Network
    place: int
    name: str


def overlaps(clusters: object) -> Iterator[Overlap]:
    """Compares the networks of a list of clusters.

    Args:
        clusters: what fleet.yaml says; whatever is no cluster or no network is somebody else's to refuse.
    """
    owned = sorted(_owned(clusters), key=lambda one: (one.network.network_address, one.network.prefixlen, one.place))
    around: list[_Owned] = []
    for one in owned:
        while around and around[-1].network.broadcast_address < one.network.network_address:
            around.pop()
        if around:
            first, second = sorted((around[-1], one), key=lambda each: each.place)
            yield Overlap(
                second.place,
                f"the network of {second.name}, {second.network}, overlaps that of {first.name}, {first.network}; "
                "choose another",
            )
        around.append(one)


def allow(clusters: object) -> None:
    """Refuses clusters with addresses in common.

    Args:
        clusters: as fleet.yaml or an answer lists them.

    Raises:
        Refused: for the first of them.
    """
    first = min(overlaps(clusters), default=None)
    if first:
        raise Refused("clusters", first.problem)


def _owned(clusters: object) -> Iterator[_Owned]:
    """The clusters that say which addresses they have."""
    for place, cluster in enumerate(clusters if isinstance(clusters, list) else ()):
        network = _network(cluster)
        if network:
            yield _Owned(network, place, str(cluster.get("name", f"entry {place + 1}")))


def _network(cluster: Any) -> IPv4Network | None:  # noqa: ANN401 - whatever YAML holds
    said = cluster.get("network") if isinstance(cluster, dict) else None
    try:
        return IPv4Network(said, strict=False) if isinstance(said, str) else None
    except ValueError:
        return None
