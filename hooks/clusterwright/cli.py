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
    from collections.abc import Iterator, Sequence
    from types import FrameType, TracebackType

VERBS = {
    "new": "Make a platform repository from answers.",
    "apply": "Render what fleet.yaml says now.",
    "check": "Check a repository against every rule.",
    "order": "Simulate the first sync, and show its waves.",
}
ISSUES = "https://github.com/clusterwright/clusterwright/issues"
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
    except (BrokenPipeError, SystemExit):  # click turns a reader that left into SystemExit(1), which here is "findings"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (Exception, KeyboardInterrupt, Terminated) as error:
        if os.environ.get("CLUSTERWRIGHT_DEBUG"):
            raise
        code, text = _ending(error)
        for line in text.splitlines():
            click.echo(f"clusterwright: {line}", err=True)
        return code
    return result if isinstance(result, int) else 0


def run() -> NoReturn:
    """Is the console script: installs the signal handlers, runs, and exits."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
            signal.signal(number, _terminate)
    sys.exit(main())


def _terminate(number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated(number)


def _ending(error: BaseException) -> tuple[int, str]:
    """Gives the exit code and the one line for what ended a command."""
    match error:
        case Stop():
            return error.code, str(error)
        case KeyboardInterrupt() | click.Abort():
            return 130, "interrupted; nothing was left half-written"
        case Terminated():
            return 128 + int(error.args[0]), "terminated; nothing was left half-written"
        case OSError(filename=None):
            return 3, " ".join((error.strerror or str(error)).split())
        case OSError():
            return 3, f"{os.fsdecode(error.filename)}: {error.strerror}"
    return 3, f"a bug, {type(error).__name__} at {_place(error)}; please report it ({ISSUES})"


def _place(error: BaseException) -> str:
    """Names the line of ours that raised: a message could repeat what people answered, a line of code does not."""
    ours = [
        f"{frame.tb_frame.f_globals['__name__']}:{frame.tb_lineno}"
        for frame in _frames(error)
        if str(frame.tb_frame.f_globals.get("__name__", "")).startswith("clusterwright")
    ]
    return ours[-1] if ours else "an unknown place"


def _frames(error: BaseException) -> Iterator[TracebackType]:
    trace = error.__traceback__
    while trace:
        yield trace
        trace = trace.tb_next
