"""What people type: commands in help texts and documents, read by the program that they are for."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPED = re.compile(r"\bclusterwright (?P<arguments>[^#|&)`\n]*?)(?=  |[#|&)`\n]|$)", re.MULTILINE)


def typed(text: str) -> Iterator[list[str]]:
    """The arguments of each call of `clusterwright`, without what is said or done after it."""
    for found in _TYPED.finditer(text):
        yield shlex.split(found["arguments"])


def leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command, and every one below it, each with what is typed to call it."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for one in command.list_commands(context):
            inner = command.get_command(context, one)
            assert inner is not None
            yield from leaves(inner, f"{name} {one}")


def understood(command: click.Command, name: str, arguments: list[str]) -> None:
    """Lets a command read its arguments, and not run.

    Raises:
        click.UsageError: there is no such option or argument.
        AssertionError: there is no such verb.
    """
    if isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        inner = command.get_command(click.Context(command), arguments[0])
        assert inner is not None, f"{name} {arguments[0]}: there is no such verb"
        understood(inner, f"{name} {arguments[0]}", arguments[1:])
    else:
        command.make_context(name, list(arguments))
