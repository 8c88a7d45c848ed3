"""`clusterwright cluster`: the workload clusters beside the management cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from clusterwright import edit
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Examples:
  clusterwright cluster add preview --kind virtual --environment development
  clusterwright cluster add eu --kind physical --network 10.1.0.0/16
  clusterwright cluster update eu --state draining
"""


@click.group(epilog=EPILOG, short_help="Add, update, remove, list or show clusters.")
def command() -> None:
    """The workload clusters of fleet.yaml, physical and virtual.

    Each change edits fleet.yaml, its comments kept, and renders what follows: one commit's worth. A cluster goes in two
    steps, each in a pull request of its own: draining, then destroying. Only then is it removed.
    """


@command.command("add", epilog=edit.example("cluster add preview --kind virtual --environment development"))
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(["physical", "virtual"]), help="Nodes of its own, or a part of its host.")
@click.option("--environment", metavar="ENV", help="Whose applications it runs.")
@click.option("--ring", metavar="RING", help="When new versions reach it.")
@click.option("--host", metavar="CLUSTER", help="Where a virtual cluster runs.  [default: management]")
@click.option("--domain", metavar="DOMAIN", help="Below which its applications have their names.")
@click.option("--adopt", "server", metavar="URL", help="The API server of a cluster that somebody else has made.")
@click.option("--secret", metavar="NAME", help="Of an adopted cluster: its name below secret/clusters/ in the store.")
@click.option("--provisioner", type=click.Choice(["atlantis", "crossplane"]), help="What makes it, if not atlantis.")
@click.option("--region", metavar="REGION", help="Where, if not where the management cluster is.")
@click.option("--network", metavar="RANGE", help="Its own private range of addresses, such as 10.1.0.0/16.")
@click.option("--node-type", metavar="TYPE", help="The kind of its nodes.")
@click.option("--nodes", metavar="MIN:MAX", help="How many nodes, such as 3:9.")
@click.option("--kubernetes-version", metavar="MINOR", help="Such as 1.35.")
@click.option(
    "--api-allowed-cidr",
    "api_allowed_cidrs",
    multiple=True,
    metavar="RANGE",
    help="Who reaches its API server; repeatable.",
)
@click.option("--component", "components", multiple=True, metavar="NAME", help="What runs there; repeatable.")
@edit.dry_run
@edit.repository
def add(*, name: str | None, dry_run: bool, folder: Path, **given: Any) -> int:  # noqa: ANN401 - click's options
    """Add a cluster."""
    from clusterwright.fleet import clusters

    chosen = edit.asked(name, "NAME", "Name of the cluster")
    kind = edit.asked(given.pop("kind"), "--kind", "Kind (physical, virtual)", "virtual")
    server, secret = given.pop("server"), given.pop("secret")
    adopt = {key: value for key, value in (("server", server), ("secret", secret)) if value}
    entry = {"name": chosen, "kind": kind, "adopt": adopt, **_keys(given)}
    message = f"Add the cluster {chosen}"
    return edit.carry_out(folder, lambda fleet: clusters.add(fleet, entry), dry=dry_run, message=message)


@command.command("update", epilog=edit.example("cluster update preview --state draining"))
@edit.argument("name", "Name of the cluster")
@click.option("--state", type=click.Choice(["active", "draining", "destroying"]), help="The next step on the way out.")
@click.option("--ring", metavar="RING", help="When new versions reach it.")
@click.option("--environment", metavar="ENV", help="Whose applications it runs.")
@click.option("--node-type", metavar="TYPE", help="The kind of its nodes.")
@click.option("--nodes", metavar="MIN:MAX", help="How many nodes, such as 3:9.")
@click.option("--kubernetes-version", metavar="MINOR", help="Such as 1.35.")
@click.option(
    "--api-allowed-cidr",
    "api_allowed_cidrs",
    multiple=True,
    metavar="RANGE",
    help="Who reaches its API server; all of them.",
)
@click.option("--component", "components", multiple=True, metavar="NAME", help="What runs there; all of it.")
@edit.dry_run
@edit.repository
def update(*, name: str, dry_run: bool, folder: Path, **given: Any) -> int:  # noqa: ANN401 - click's options
    """Change a cluster, such as its state."""
    from clusterwright.fleet import clusters

    changes = _keys(given)
    if not changes:
        raise UserError("update: nothing to change; give an option such as --ring")
    state = changes.get("state")
    message = f"Let the cluster {name} be {state}" if state else f"Change the cluster {name}"
    return edit.carry_out(folder, lambda fleet: clusters.update(fleet, name, changes), dry=dry_run, message=message)


@command.command("remove", epilog=edit.example("cluster remove preview --dry-run"))
@edit.argument("name", "Name of the cluster")
@click.option("--yes", is_flag=True, help="Do not ask at the terminal.")
@edit.dry_run
@edit.repository
def remove(*, name: str, yes: bool, dry_run: bool, folder: Path) -> int:
    """Remove a cluster that is being destroyed."""
    from clusterwright.fleet import clusters

    edit.confirmed(f"Remove the files of the cluster {name}?", yes=yes or dry_run)
    message = f"Remove the cluster {name}"
    return edit.carry_out(folder, lambda fleet: clusters.remove(fleet, name), dry=dry_run, message=message)


@command.command("list", epilog=edit.example("cluster list --format json"))
@edit.form
@edit.repository
def list_(*, form: str, folder: Path) -> None:
    """List clusters."""
    from clusterwright.fleet import clusters
    from clusterwright.fleet.change import opened

    rows = [{**one, "state": clusters.state(one)} for one in opened(folder).entries("clusters")]
    edit.printed(rows, ("name", "kind", "host", "environment", "ring", "state"), form)


@command.command("show", epilog=edit.example("cluster show preview"))
@edit.argument("name", "Name of the cluster")
@edit.form
@edit.repository
def show(*, name: str, form: str, folder: Path) -> None:
    """Show a cluster, and the applications of its environment."""
    from clusterwright.fleet.change import opened

    fleet = opened(folder)
    entry = fleet.entries("clusters")[fleet.named("clusters", "cluster", name)]
    runs = [app["name"] for app in fleet.entries("applications") if entry.get("environment") in app["environments"]]
    edit.shown({**entry, "applications": runs}, form)


def _keys(given: dict[str, Any]) -> dict[str, Any]:
    """The keys of fleet.yaml for what options gave."""
    from clusterwright.fleet import clusters

    nodes = given.pop("nodes", None)
    entry = {key: list(value) if isinstance(value, tuple) else value for key, value in given.items() if value}
    return {**entry, "nodes": clusters.nodes(nodes)} if nodes else entry
