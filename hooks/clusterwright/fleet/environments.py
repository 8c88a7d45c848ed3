"""Environments of fleet.yaml: what is delivered to, in the order of promotion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.errors import UserError
from clusterwright.fleet import splice
from clusterwright.fleet.change import Edit

if TYPE_CHECKING:
    from clusterwright.fleet.change import Fleet

KEY = "environments"


def add(fleet: Fleet, name: str, after: str | None = None, before: str | None = None) -> Edit:
    """Adds an environment.

    Args:
        fleet: where to.
        name: its name.
        after: the environment that it follows in the order of promotion.
        before: the environment that follows it. Without either it comes before the last one, which customers see.

    Raises:
        UserError: it is there already, or its neighbour is not.
    """
    known = fleet.entries(KEY)
    if name in known:
        raise UserError(f"environment {name}: it is there already; choose another name")
    if after is not None:
        place = fleet.named(KEY, "environment", after)
    elif before is not None:
        place = fleet.named(KEY, "environment", before) - 1
    else:
        place = len(known) - 2 if len(known) > 1 else len(known) - 1
    return Edit(splice.added(fleet.text, (KEY,), name, place))


def remove(fleet: Fleet, name: str) -> Edit:
    """Removes an environment that nothing is delivered to and no cluster runs.

    Raises:
        UserError: it is not there, or still in use; the line says by what.
    """
    place = fleet.named(KEY, "environment", name)
    users = [app["name"] for app in fleet.entries("applications") if name in app["environments"]]
    if users:
        hint = f"clusterwright app remove {users[0]} --env {name}"
        raise UserError(f"environment {name}: {', '.join(users)} runs there; `{hint}` first")
    runners = [cluster["name"] for cluster in fleet.entries("clusters") if cluster.get("environment") == name]
    if runners:
        raise UserError(f"environment {name}: the cluster {', '.join(runners)} runs it; give it another one first")
    goes = (f"registry/environments/{name}",)
    return Edit(splice.removed(fleet.text, (KEY, place)), goes=goes, notes=(_confirm(name),))


def _confirm(name: str) -> str:
    return f"Argo CD asks for a confirmation before it deletes the namespaces of {name}, with all that is in them."
