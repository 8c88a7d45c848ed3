"""Rules on files as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.model import Problem
from clusterwright.check.once import once
from clusterwright.check.positions import positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository


def unreadable(repository: Repository) -> Iterator[Problem]:
    """What could not be read or parsed, as the loader knows; templates need not be YAML yet."""
    yield from (one for one in repository.unreadable if one not in templates(repository))


@once
def templates(repository: Repository) -> list[Problem]:
    """What could not be parsed because a program fills it in before it is YAML."""
    if not repository.unreadable:
        return []
    from clusterwright.check.templates import is_template

    return [one for one in repository.unreadable if is_template(repository, one.source)]


def duplicate_keys(repository: Repository) -> Iterator[Problem]:
    """Each key that a mapping has already."""
    for file in repository.files:
        if file.duplicates and file.scalars is not None:
            for document in positions(file.text, file.scalars):
                for where, place in document.duplicates:
                    first = document.keys[where].line
                    message = f"key {where[-1]!r} is given twice, first on line {first}: remove one"
                    yield Problem(file, place, message, fix="remove entry")
