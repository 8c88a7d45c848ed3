"""`clusterwright env`: the environments that applications are delivered to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from clusterwright import edit

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Examples:
  clusterwright env add qa --after development
  clusterwright env remove qa --dry-run
"""


@click.group(epilog=EPILOG, short_help="Add, remove, list or show environments.")
def command() -> None:
    """The environments of fleet.yaml, in the order of promotion.

    Each change edits fleet.yaml, its comments kept, and renders what follows: one commit's worth.
    """


@command.command("add", epilog=edit.example("env add qa --after development"))
@click.argument("name", required=False)
@click.option("--after", metavar="ENV", help="The environment that it follows.")
@click.option("--before", metavar="ENV", help="The environment that follows it.  [default: the last one]")
@edit.dry_run
@edit.repository
def add(*, name: str | None, after: str | None, before: str | None, dry_run: bool, folder: Path) -> int:
    """Add an environment."""
    from clusterwright.fleet import environments

    chosen = edit.asked(name, "NAME", "Name of the environment")
    message = f"Add the environment {chosen}"
    return edit.carry_out(
        folder, lambda fleet: environments.add(fleet, chosen, after, before), dry=dry_run, message=message
    )


@command.command("remove", epilog=edit.example("env remove qa --dry-run"))
@edit.argument("name", "Name of the environment")
@click.option("--yes", is_flag=True, help="Do not ask at the terminal.")
@edit.dry_run
@edit.repository
def remove(*, name: str, yes: bool, dry_run: bool, folder: Path) -> int:
    """Remove an environment that nothing is delivered to."""
    from clusterwright.fleet import environments

    edit.confirmed(f"Remove the environment {name} and its folder in registry/?", yes=yes or dry_run)
    message = f"Remove the environment {name}"
    return edit.carry_out(folder, lambda fleet: environments.remove(fleet, name), dry=dry_run, message=message)


@command.command("list", epilog=edit.example("env list"))
@edit.form
@edit.repository
def list_(*, form: str, folder: Path) -> None:
    """List environments, in the order of promotion."""
    edit.printed(_all(folder), ("name", "clusters", "applications"), form)


@command.command("show", epilog=edit.example("env show qa"))
@edit.argument("name", "Name of the environment")
@edit.form
@edit.repository
def show(*, name: str, form: str, folder: Path) -> None:
    """Show an environment, and what runs there."""
    from clusterwright.fleet.change import opened

    fleet = opened(folder)
    place = fleet.named("environments", "environment", name)
    runs = {app["name"]: app["environments"][name].get("version", "-") for app in fleet.entries("applications")
            if name in app["environments"]}  # fmt: skip
    edit.shown({**_all(folder)[place], "applications": runs}, form)


def _all(folder: Path) -> list[dict[str, object]]:
    from clusterwright.fleet.change import opened

    fleet = opened(folder)
    apps, clusters = fleet.entries("applications"), fleet.entries("clusters")
    return [
        {
            "name": name,
            "clusters": [one["name"] for one in clusters if one.get("environment") == name] or ["management"],
            "applications": [app["name"] for app in apps if name in app["environments"]],
        }
        for name in fleet.entries("environments")
    ]
