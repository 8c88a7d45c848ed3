"""The edge that all verbs on fleet.yaml share: what they ask, show and write."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clusterwright.fleet.change import Edit, Fleet

Command = TypeVar("Command", bound="Callable[..., Any]")


def repository(command: Command) -> Command:
    """Adds the option that says where the repository is."""
    return click.option(
        "-C",
        "folder",
        metavar="PATH",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        help="The repository.  [default: the current folder]",
    )(command)


def dry_run(command: Command) -> Command:
    """Adds the option that only shows."""
    return click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")(command)


def form(command: Command) -> Command:
    """Adds the option that says how to print."""
    choice = click.Choice(["text", "json"])
    return click.option("--format", "form", type=choice, default="text", help="How to print.  [default: text]")(command)


def example(*commands: str) -> str:
    """The end of a help text: what somebody types."""
    return "\n".join(["\b", "Example:", *(f"  clusterwright {one}" for one in commands)])


def asked(value: str | None, flag: str, question: str, default: str | None = None) -> str:
    """Gives a value, which is asked for at a terminal when it was not given.

    Raises:
        UserError: there is none, and no terminal to ask at.
    """
    if value is not None:
        return value
    if not sys.stdin.isatty():
        raise UserError(f"{flag}: no value, and no terminal to ask at; give it")
    return str(click.prompt(question, default=default, err=True))


def argument(name: str, question: str) -> Callable[[Command], Command]:
    """Adds an argument of a verb on what is there, which is asked for at a terminal when it was not given."""

    def given(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
        return value if context.resilient_parsing else asked(value, name.upper(), question)

    return click.argument(name, required=False, callback=given)


def confirmed(question: str, *, yes: bool) -> None:
    """Asks at a terminal whether to go on; without a terminal, what was called is what is meant.

    Raises:
        Abort: the answer is no.
    """
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True, err=True)


def carry_out(folder: Path, change: Callable[[Fleet], Edit], *, dry: bool, message: str) -> int:
    """Makes a change, or shows it.

    Args:
        folder: the repository.
        change: the edit of fleet.yaml.
        dry: whether to show it only.
        message: what to call the commit, of which a person is told; empty where none is.

    Returns:
        The exit code.
    """
    from clusterwright.fleet import apply, preview
    from clusterwright.fleet.change import opened, proposed

    fleet = opened(folder)
    proposal, edit = proposed(fleet, change)
    for line in preview.lines(proposal, fleet.text, edit.text):
        click.echo(line)
    for warning in edit.warnings:
        click.echo(f"clusterwright: warning: {warning}", err=True)
    count = len(proposal.plan.changes)
    files = f"{count} file{'' if count == 1 else 's'}"
    if dry:
        click.echo(f"{files} would change; nothing was written.")
        return 0
    apply.carry_out(proposal, allow_delete=True)
    for note in edit.notes:
        click.echo(note)
    click.echo(f"Changed {files}." + (f' Next: git add -A && git commit -m "{message}"' if message else ""))
    return 0


def printed(rows: Sequence[dict[str, Any]], columns: Iterable[str], form: str) -> None:
    """Prints entries: the named columns as a table, or all of them as JSON."""
    if form == "json":
        click.echo(json.dumps(list(rows), indent=2, ensure_ascii=False))
        return
    names = list(columns)
    table = [[name.upper() for name in names], *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[index]) for line in table) for index in range(len(names))]
    for line in table if rows else []:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def shown(entry: dict[str, Any], form: str) -> None:
    """Prints one entry."""
    if form == "json":
        click.echo(json.dumps(entry, indent=2, ensure_ascii=False))
        return
    import yaml

    click.echo(yaml.safe_dump(entry, sort_keys=False, allow_unicode=True, width=120), nl=False)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "-"
    return str(value) if value not in (None, "", {}) else "-"
