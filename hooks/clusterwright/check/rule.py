"""What a rule is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.model import Problem, Severity
    from clusterwright.check.repository import Repository

MOST = 1000
"""How many problems of a rule are named in one file: nobody reads more, and a huge file may have a million."""
MANY = f"more than {MOST} times in this file: mend those that are named, then check again"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its public name, what it is about in a line, and where the function is that finds.

    Attributes:
        id: its public name.
        title: what holds where it finds nothing.
        finder: `module.function` in rules/; the function goes from a repository to its problems.
        severity: what its findings weigh if nothing else is configured.
        fixable: `--fix` mends at least some of what it finds.
    """

    id: str
    title: str
    finder: str
    severity: Severity = "error"
    fixable: bool = False

    @property
    def family(self) -> str:
        """The module that holds it."""
        return self.finder.partition(".")[0]

    def find(self, repository: Repository) -> Iterator[Problem]:
        """What is wrong with a repository."""
        module, _, function = self.finder.partition(".")
        found: Callable[[Repository], Iterator[Problem]] = getattr(
            import_module(f"clusterwright.check.rules.{module}"), function
        )
        return found(repository)
