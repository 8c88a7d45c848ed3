"""Where the documents of a file begin, without reading the file again as YAML."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from clusterwright.check.positions import positions
from clusterwright.map.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document, File, Resource
    from clusterwright.check.positions import Positions

_MARKER = re.compile(rb"---(\s|$)")
_NOTHING = re.compile(rb"\s*(#|$)")


class Places:
    """The places of a repository's resources; each file is looked through once."""

    def __init__(self) -> None:
        self._lines: dict[File, list[int]] = {}
        self._exact: dict[File, _Exact] = {}

    def of(self, resource: Resource) -> Place:
        """Where a resource begins."""
        return self.at(resource.document, *resource.where)

    def at(self, document: Document, *where: str | int) -> Place:
        """Where something in a document stands."""
        file = document.file
        if where:
            exact = self._exact.setdefault(file, _Exact(file))
            return Place(file.path, exact.line(document.index, where))
        lines = self._lines.get(file)
        if lines is None:
            lines = self._lines[file] = [*_beginnings(file.text)]
        return Place(file.path, lines[document.index] if document.index < len(lines) else 1)


class _Exact:
    """The places in a file of what is inside its documents."""

    def __init__(self, file: File) -> None:
        self._file = file

    def line(self, index: int, where: tuple[str | int, ...]) -> int:
        found = self._positions
        return found[index].value(where).line if index < len(found) else 1

    @cached_property
    def _positions(self) -> list[Positions]:
        return positions(self._file.text, self._file.scalars) if self._file.scalars else []


def _beginnings(text: bytes) -> Iterator[int]:
    """The line of each document's first word; `---` in the first column is a marker wherever it stands."""
    waiting, inside = 0, False
    for number, line in enumerate(text.split(b"\n"), start=1):
        if _MARKER.match(line):
            if waiting:
                yield waiting
            waiting, inside = number, False
            continue
        if not inside and not _NOTHING.match(line) and not line.startswith(b"%"):
            yield number
            waiting, inside = 0, True
    if waiting:
        yield waiting
