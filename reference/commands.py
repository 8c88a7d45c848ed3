"""The page of all commands, as they explain themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from clusterwright.cli import VERBS
from clusterwright.verbs import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# Commands

What `clusterwright COMMAND --help` says of each. Exit codes: 0 fine, 1 findings, 2 wrong use, 3 could not finish.
"""


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    for name, text in explained():
        level = "##" if name.count(" ") == 1 else "###"
        lines += [f"{level} {name}", "", "```text", text, "```", ""]
    return "\n".join(lines)


def explained() -> Iterator[tuple[str, str]]:
    """Every command with its help, as a terminal of eighty columns shows it."""
    above = click.Context(cli, info_name="clusterwright", help_option_names=["-h", "--help"])
    for verb in VERBS:
        command = cli.get_command(above, verb)
        if command is not None and not command.hidden:
            yield from _explained(command, verb, above)


def _explained(command: click.Command, name: str, above: click.Context) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=name, parent=above, terminal_width=80)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            inner = command.get_command(context, verb)
            if inner is not None and not inner.hidden:
                yield from _explained(inner, verb, context)
