"""Rules on the comments that ignore findings. The run itself finds these, once every other rule has spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Problem
    from clusterwright.check.repository import Repository


MARK = b"clusterwright: ignore"
"""What is in every file with such a comment."""
REASON, UNUSED = "ignore-reason", "ignore-unused"


def later(_repository: Repository) -> Iterator[Problem]:
    """Nothing: only when all findings are known can be said what a comment ignores; see check/ignores.py."""
    return iter(())
