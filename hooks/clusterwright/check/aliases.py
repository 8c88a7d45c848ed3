"""How much a file's aliases stand for: a few lines of them may mean a billion values."""

from __future__ import annotations

EXPANDED = 500_000
"""How many values a file's aliases may stand for, all told."""


class Aliases:
    """Counts the values that aliases stand for, in one file."""

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}
        self._expanded = 0

    def takes(self, value: object) -> bool:
        """Whether the file may repeat a value, which stays alive as long as this does, once more."""
        self._expanded += self._size(value)
        return self._expanded <= EXPANDED

    def _size(self, value: object) -> int:
        """How many values there are once aliases are written out; what is measured stays alive, so ids are unique."""
        if not isinstance(value, dict | list):
            return 1
        known = self._sizes.get(id(value))
        if known is None:
            children = value.values() if isinstance(value, dict) else value
            known = self._sizes[id(value)] = 1 + sum(map(self._size, children))
        return known
