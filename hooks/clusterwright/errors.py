"""The errors that end a command: each is one line for a person, and an exit code."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Stop(Exception):
    """Ends the command with one line on stderr.

    Attributes:
        code: the exit code of the process.
    """

    code = 3


class UserError(Stop):
    """What was asked for is wrong; the line says what is wrong and what to do."""

    code = 2


class Unfinished(Stop):
    """What was asked for is right, but it could not be finished; nothing was left half-written."""


class Refused(UserError):
    """An answer cannot be used.

    Attributes:
        answer: the name of the answer.
        problem: what is wrong with it, and what to do.
    """

    def __init__(self, answer: str, problem: str) -> None:
        """Makes one line of both."""
        self.answer = answer
        self.problem = problem
        super().__init__(f"{answer}: {problem}")


@contextmanager
def located(place: str | Path) -> Iterator[None]:
    """Gives a place to errors of the system that name no file, as those of a full disk do."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, str(place)) from error
