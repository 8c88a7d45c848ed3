"""Workload clusters of fleet.yaml. One goes in two steps, so that nothing of it is left behind in a cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.errors import UserError
from clusterwright.fleet import splice
from clusterwright.fleet.change import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterwright.fleet.change import Fleet

KEY = "clusters"
STATES = ("active", "draining", "destroying")
MEANS = {
    "draining": "its workloads, load balancers and volumes go",
    "destroying": "its nodes go, once the plan is applied",
}


def add(fleet: Fleet, cluster: Mapping[str, Any]) -> Edit:
    """Adds a cluster, with those of its keys that have a value.

    Raises:
        UserError: it is there already.
    """
    if fleet.place(KEY, cluster["name"]) is not None:
        name = cluster["name"]
        raise UserError(f"cluster {name}: there already; `clusterwright cluster update {name}` changes the entry")
    return Edit(splice.added(fleet.text, (KEY,), _given(cluster)))


def update(fleet: Fleet, name: str, changes: Mapping[str, Any]) -> Edit:
    """Changes what is given of a cluster; its state only to the next one, or back to active.

    Raises:
        UserError: it is not there, or would skip a state.
    """
    place = fleet.named(KEY, "cluster", name)
    now, wanted = state(fleet.entries(KEY)[place]), changes.get("state")
    if wanted and wanted not in ("active", now, following(now)):
        raise UserError(f"cluster {name}: {now}, so {wanted} comes too early; `{_command(name, now)}` first")
    text = fleet.text
    for key, value in _given(changes).items():
        text = splice.replaced(text, (KEY, place, key), value)
    goes = (f"registry/clusters/{name}",) if wanted == "destroying" else ()
    moved = changes.get("environment") not in (None, fleet.entries(KEY)[place].get("environment"))
    return Edit(text, goes=goes, warnings=_homeless(fleet, place) if moved else ())


def remove(fleet: Fleet, name: str) -> Edit:
    """Removes a cluster that is being destroyed.

    Raises:
        UserError: it is not there, hosts another one, or is not being destroyed; the line has the command for the next
            state.
    """
    place = fleet.named(KEY, "cluster", name)
    guests = [one["name"] for one in fleet.entries(KEY) if one.get("host") == name]
    if guests:
        raise UserError(f"cluster {name}: {', '.join(guests)} runs on it; remove that first")
    now = state(fleet.entries(KEY)[place])
    if now != "destroying":
        raise UserError(f"cluster {name}: {now}; merge `{_command(name, now)}` first, by which {MEANS[following(now)]}")
    goes = (f"registry/clusters/{name}",)
    return Edit(splice.removed(fleet.text, (KEY, place)), goes=goes, warnings=_homeless(fleet, place))


def state(cluster: Mapping[str, Any]) -> str:
    """The state of a cluster."""
    return str(cluster.get("state", "active"))


def following(now: str) -> str:
    """The state after another one on the way out; the last one follows itself."""
    return STATES[min(STATES.index(now) + 1, len(STATES) - 1)] if now in STATES else "draining"


def nodes(written: str) -> dict[str, int]:
    """Reads the fewest and the most nodes, such as `3:9`; one number is both.

    Raises:
        UserError: it is something else.
    """
    fewest, colon, most = written.partition(":")
    if not (fewest.isdecimal() and (most.isdecimal() or not colon)):
        raise UserError("nodes: not two numbers; write the fewest and the most, such as 3:9")
    return {"min": int(fewest), "max": int(most or fewest)}


def _homeless(fleet: Fleet, place: int) -> tuple[str, ...]:
    """What is to be known where a cluster is the only one of its environment: the platform's own takes that over."""
    entries = fleet.entries(KEY)
    environment = entries[place].get("environment")
    others = [one for at, one in enumerate(entries) if at != place and one.get("environment") == environment]
    if environment is None or others:
        return ()
    last = f"cluster {entries[place]['name']}: the last one of {environment}"
    return (f"{last}, whose applications move to the management cluster",)


def _command(name: str, now: str) -> str:
    return f"clusterwright cluster update {name} --state {following(now)}"


def _given(cluster: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in cluster.items() if value not in (None, "", [], {}, ())}
