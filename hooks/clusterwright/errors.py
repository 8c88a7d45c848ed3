"""The errors that end a command: each is one line for a person, and an exit code."""


class Stop(Exception):  # noqa: N818 - it is a reason to stop, said to a person, and not always an error
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
