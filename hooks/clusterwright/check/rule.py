"""What a rule is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.model import Problem, Severity
    from clusterwright.check.repository import Repository

MOST = 1000
"""How many problems of a rule are named in one file: nobody reads more, and a huge file may have a million."""


class Rule(NamedTuple):
    """A rule: its public name, what it is about in a line, and the function that finds.

    `fixable` says that `--fix` mends at least some of what it finds.
    """

    id: str
    title: str
    find: Callable[[Repository], Iterator[Problem]]
    severity: Severity = "error"
    fixable: bool = False
