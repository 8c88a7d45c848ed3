r"""Lines as git, editors and our own reports count them: YAML ends a line at four characters more than `\n`."""

from __future__ import annotations

import re
from bisect import bisect_right

from clusterwright.check.model import Place

_ODD = re.compile(rb"\r(?!\n)|\xc2\x85|\xe2\x80[\xa8\xa9]")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NEWLINE = re.compile("\n")


def has_odd(data: bytes) -> bool:
    """Whether YAML may see more lines in a file than others do."""
    return _ODD.search(data) is not None


def counted(data: bytes, seen: Place) -> Place:
    """Where others see what YAML sees at a line and a column of a file."""
    return Lines(data).place(seen) if has_odd(data) else seen


class Lines:
    """Where the lines of a file start, for YAML and for others."""

    def __init__(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        self._seen = [0, *(one.end() for one in _BREAK.finditer(text))]
        self._counted = [0, *(one.end() for one in _NEWLINE.finditer(text))]
        self._end = len(text)

    def place(self, seen: Place) -> Place:
        """Where others see what YAML sees at a line and a column."""
        offset = min(self._seen[min(seen.line, len(self._seen)) - 1] + seen.col - 1, self._end)
        line = bisect_right(self._counted, offset)
        return Place(line, offset - self._counted[line - 1] + 1)
