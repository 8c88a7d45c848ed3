"""`clusterwright user`: the people who may sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from clusterwright import edit

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Examples:
  clusterwright user add ada --email ada@example.com --git-user ada-l
  clusterwright user update ada --team platform-admins
"""


@click.group(epilog=EPILOG, short_help="Add, update, remove, list or show people.")
def command() -> None:
    """The people of fleet.yaml, who sign in with one account everywhere.

    Each change edits fleet.yaml, its comments kept, and renders what follows: one commit's worth.
    """


@command.command("add", epilog=edit.example("user add ada --email ada@acme.dev --git-user ada-l"))
@click.argument("name", required=False)
@click.option("--email", metavar="ADDRESS", help="Where the first password is announced.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="A team; repeatable.  [default: the developers]")
@click.option("--git-user", metavar="ACCOUNT", help="The account on the git host.")
@edit.dry_run
@edit.repository
def add(  # noqa: PLR0913 - one argument for each option
    *, name: str | None, email: str | None, teams: tuple[str, ...], git_user: str | None, dry_run: bool, folder: Path
) -> int:
    """Add a person."""
    from clusterwright.fleet import people
    from clusterwright.fleet.change import opened

    chosen = edit.asked(name, "NAME", "Name to sign in with")
    address = edit.asked(email, "--email", "E-mail address")
    known = people.teams(opened(folder))
    member_of = teams or (edit.asked(known[1], "--team", f"Team ({', '.join(known)})", known[1]),)
    return edit.carry_out(
        folder,
        lambda fleet: people.add(fleet, chosen, address, member_of, git_user),
        dry=dry_run,
        message=f"Let {chosen} sign in",
    )


@command.command("update", epilog=edit.example("user update ada --team platform-admins"))
@edit.argument("name", "Name of the person")
@click.option("--email", metavar="ADDRESS", help="Another address.")
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="A team; repeatable. Those not named are left.")
@click.option("--git-user", metavar="ACCOUNT", help="Another account on the git host.")
@edit.dry_run
@edit.repository
def update(  # noqa: PLR0913 - one argument for each option
    *, name: str, email: str | None, teams: tuple[str, ...], git_user: str | None, dry_run: bool, folder: Path
) -> int:
    """Change a person's address, teams or account."""
    from clusterwright.fleet import people

    return edit.carry_out(
        folder,
        lambda fleet: people.update(fleet, name, email, teams, git_user),
        dry=dry_run,
        message=f"Change the entry of {name}",
    )


@command.command("remove", epilog=edit.example("user remove ada --dry-run"))
@edit.argument("name", "Name of the person")
@click.option("--yes", is_flag=True, help="Do not ask at the terminal.")
@edit.dry_run
@edit.repository
def remove(*, name: str, yes: bool, dry_run: bool, folder: Path) -> int:
    """Remove a person everywhere."""
    from clusterwright.fleet import people

    edit.confirmed(f"Remove {name} from the platform and its teams?", yes=yes or dry_run)
    message = f"Remove {name}"
    return edit.carry_out(folder, lambda fleet: people.remove(fleet, name), dry=dry_run, message=message)


@command.command("list", epilog=edit.example("user list --format json"))
@edit.form
@edit.repository
def list_(*, form: str, folder: Path) -> None:
    """List people and their teams."""
    from clusterwright.fleet.change import opened

    edit.printed(opened(folder).entries("people"), ("name", "email", "git_user", "teams"), form)


@command.command("show", epilog=edit.example("user show ada"))
@edit.argument("name", "Name of the person")
@edit.form
@edit.repository
def show(*, name: str, form: str, folder: Path) -> None:
    """Show a person."""
    from clusterwright.fleet.change import opened

    fleet = opened(folder)
    edit.shown(fleet.entries("people")[fleet.named("people", "user", name)], form)
