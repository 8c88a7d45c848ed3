"""Where every key and value of a document stands: built only for files that have a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.model import Place

if TYPE_CHECKING:
    from clusterwright.check.scalars import Scalars

Where = tuple[str | int, ...]


class Positions:
    """The places of one document's keys and values."""

    def __init__(self) -> None:
        self.keys: dict[Where, Place] = {}
        self.values: dict[Where, Place] = {}
        self.duplicates: list[tuple[Where, Place]] = []

    def value(self, where: Where) -> Place:
        """The value at a path; inside an alias or a merge, the nearest thing that is written there."""
        while where and where not in self.values:
            where = where[:-1]
        return self.values.get(where, Place(1, 1))

    def key(self, where: Where) -> Place:
        """The key at a path, or what `value` says."""
        return self.keys.get(where) or self.value(where)


def positions(data: bytes, scalars: Scalars) -> list[Positions]:
    """Finds the places of a file's keys and values: one entry for each document, as far as the file can be read."""
    from clusterwright.check.placing import place  # with it comes PyYAML, which a clean repository never needs

    return place(data, scalars)
