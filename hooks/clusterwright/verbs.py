"""The verbs of the command line, as click knows them."""

from __future__ import annotations

from importlib import import_module

import click

from clusterwright import __version__
from clusterwright.cli import VERBS

EPILOG = """\b
Example:
  clusterwright new my-platform --data cloud=k3d
\b
Exit codes: 0 fine, 1 findings, 2 wrong use, 3 could not finish.
"""


class Verbs(click.Group):
    """A group whose verbs are modules, imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names the verbs in the order in which people meet them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Imports a verb."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"clusterwright.commands.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - the contract of commands/
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Lists the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="clusterwright", message="%(prog)s %(version)s")
def cli() -> None:
    """Make a GitOps platform repository from a page of answers, and keep it true."""
