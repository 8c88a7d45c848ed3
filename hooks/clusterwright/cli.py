"""The command line: finds the verb, runs it, and turns every way in which it can end into an exit code."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from clusterwright.errors import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType, TracebackType

VERBS = {
    "new": "Make a platform repository from answers.",
    "apply": "Render what fleet.yaml says now.",
    "app": "Add, deliver, promote, remove, list or show applications.",
    "cluster": "Add, update, remove, list or show clusters.",
    "env": "Add, remove, list or show environments.",
    "user": "Add, update, remove, list or show people.",
    "update": "Bring the next version of the template.",
    "propose": "Open a pull request of what changed.",
    "answer": "Answer a form, or deliver, by a pull request.",
    "check": "Check a repository against every rule.",
    "order": "Simulate the first sync, and show its waves.",
    "review": "Say what a change does, the risk first.",
    "comment": "Keep a report current on a pull request.",
    "map": "Show what is where, and who depends on whom.",
    "doctor": "Say what is missing on this machine.",
    "completion": "Let your shell complete verbs and options.",
}
ISSUES = "https://github.com/clusterwright/clusterwright/issues"


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
        result = _called(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as error:
        if isinstance(error, SystemExit) and not error.code:  # a shell has been told how to complete
            sys.stdout.flush()
            return 0
        # click turns a reader that left into SystemExit(1), which here is "findings"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (Exception, KeyboardInterrupt, Terminated) as error:
        click = sys.modules.get("click")
        if click and isinstance(error, click.ClickException):
            error.show()
            return int(error.exit_code)
        if os.environ.get("CLUSTERWRIGHT_DEBUG"):
            raise
        code, text = _ending(KeyboardInterrupt() if click and isinstance(error, click.Abort) else error)
        for line in text.splitlines():
            print(f"clusterwright: {line}", file=sys.stderr)
        return code
    return result if isinstance(result, int) else 0


def run() -> NoReturn:
    """Is the console script: installs the signal handlers, runs, and exits."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
            signal.signal(number, _terminate)
    code = main()
    if sys.argv[1:2] == ["check"]:
        sys.stderr.flush()
        os._exit(code)  # nothing waits for the end of a check, and freeing a large repository takes a tenth of its time
    sys.exit(code)


def _called(arguments: list[str]) -> object:
    """Runs the verb that is called. A plain `check` does without click, whose import is a fifth of a small check."""
    if arguments[:1] == ["check"]:
        from clusterwright.check.arguments import understood

        options = understood(arguments[1:])
        if options is not None:
            from clusterwright.check.command import run

            return run(options)
    from clusterwright.verbs import cli

    return cli.main(arguments, prog_name="clusterwright", standalone_mode=False)


def _terminate(number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated(number)


def _ending(error: BaseException) -> tuple[int, str]:
    """Gives the exit code and the one line for what ended a command."""
    match error:
        case Stop():
            return error.code, str(error)
        case KeyboardInterrupt():
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
