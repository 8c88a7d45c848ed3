"""Rules on files as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.model import Problem
from clusterwright.check.positions import positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository


def unreadable(repository: Repository) -> Iterator[Problem]:
    """What could not be read or parsed; the loader knows."""
    yield from repository.unreadable


def duplicate_keys(repository: Repository) -> Iterator[Problem]:
    """Each key that a mapping has already."""
    for file in repository.files:
        if file.duplicates and file.scalars is not None:
            for document in positions(file.text, file.scalars):
                for where, place in document.duplicates:
                    first = document.keys[where].line
                    message = f"key {where[-1]!r} is given twice, first on line {first}: remove one"
                    yield Problem(file, place, message, fix="remove entry")
