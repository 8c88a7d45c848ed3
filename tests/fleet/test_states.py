"""A workload cluster goes step by step, and keeps what only a new one could have otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from clusterwright.errors import Refused
from clusterwright.fleet.states import allow


def cluster(**said: object) -> dict[str, Any]:
    return {"name": "demo", "kind": "virtual", **said}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [cluster()]),
        ([cluster()], [cluster(state="draining")]),
        ([cluster(state="draining")], [cluster(state="destroying")]),
        ([cluster(state="destroying")], []),
        ([cluster(state="draining")], [cluster()]),
        ([cluster()], [cluster(ring="canary", components=["reloader"])]),
    ],
)
def test_each_step_is_allowed_and_so_is_the_way_back(before: list[Any], after: list[Any]) -> None:
    allow(before, after)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (cluster(), None, "demo is active, and cannot go yet; set state: draining first"),
        (cluster(state="draining"), None, "demo is draining, and cannot go yet; set state: destroying first"),
        (cluster(), cluster(state="destroying"), "demo is active, and cannot be destroying yet; set state: draining"),
        (cluster(), cluster(kind="physical"), "the kind of demo cannot change; add a cluster of another name"),
        (cluster(), cluster(host="eu"), "the host of demo cannot change; add a cluster of another name"),
    ],
)
def test_what_skips_a_step_or_becomes_another_cluster_is_refused(
    before: dict[str, Any], after: dict[str, Any] | None, problem: str
) -> None:
    with pytest.raises(Refused, match=f"clusters: {problem}"):
        allow([before], [after] if after else [])
