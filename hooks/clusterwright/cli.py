"""The command line: finds the verb, runs it, and turns every way in which it can end into an exit code."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from clusterwright import __version__
from clusterwright.errors import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

VERBS = {
    "new": "Make a platform repository from answers.",
    "apply": "Render what fleet.yaml says now.",
    "check": "Check a repository against every rule.",
}

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


class Terminated(BaseException):
    """SIGTERM or SIGHUP, raised like Ctrl-C so that every `finally` runs."""


def _terminate(number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated(number)


def _say(line: str) -> None:
    click.echo(f"clusterwright: {' '.join(line.split())}", err=True)


def _os_error(error: OSError) -> str:
    name = error.filename if error.filename2 is None else error.filename2
    return f"{os.fsdecode(name)}: {error.strerror}" if name is not None else str(error.strerror or error)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: what follows the program's name; those of the process by default.

    Returns:
        The exit code: 0 fine, 1 findings, 2 wrong use, 3 could not finish, 128 + n for a signal.
    """
    try:
        result = cli.main(arguments, prog_name="clusterwright", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Stop as stop:
        _say(str(stop))
        return stop.code
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; nothing was left half-written")
        return 130
    except Terminated as stop:
        _say("terminated; nothing was left half-written")
        return 128 + int(stop.args[0])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        _say(_os_error(error))
        return 3
    return result if isinstance(result, int) else 0


def run() -> NoReturn:
    """Is the console script: installs the signal handlers, runs, and exits."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _terminate)
    sys.exit(main())
