"""How a workload cluster may change: it goes in steps, and keeps what only a new one could have otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEXT = {"active": "draining", "draining": "destroying"}
KEPT = ("kind", "host", "provisioner", "region", "network")
RUNBOOK = "docs/runbooks/remove-a-cluster.md"


def allow(recorded: Iterable[Mapping[str, Any]], wanted: Iterable[Mapping[str, Any]]) -> None:
    """Compares the clusters of the recorded answers with those of fleet.yaml.

    Args:
        recorded: as they were applied last.
        wanted: as they shall be.

    Raises:
        Refused: a cluster would skip a state on its way out, or become another one under the same name.
    """
    there = {cluster["name"]: cluster for cluster in wanted}
    for before in recorded:
        after = there.get(before["name"])
        problem = _gone(before) if after is None else _changed(before, after)
        if problem:
            raise Refused("clusters", problem)


def _gone(before: Mapping[str, Any]) -> str:
    state = before.get("state", "active")
    if state == "destroying":
        return ""
    return f"{before['name']} is {state}, and cannot go yet; set state: {NEXT[state]} first, as {RUNBOOK} says"


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    name, was, state = before["name"], before.get("state", "active"), after.get("state", "active")
    if state not in {"active", was, NEXT.get(was)}:
        return f"{name} is {was}, and cannot be {state} yet; set state: {NEXT[was]} first, as {RUNBOOK} says"
    kept = KEPT if "adopt" not in after else KEPT[:1]  # what is said of somebody else's cluster only describes it
    other = next((key for key in kept if before.get(key) != after.get(key)), None)
    return f"the {other} of {name} cannot change; add a cluster of another name, and remove this one" if other else ""
