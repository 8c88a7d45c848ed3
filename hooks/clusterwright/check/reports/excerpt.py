"""The source of a finding below its line, with a mark under what it is about."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from clusterwright.check.reports.text import line, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterwright.check.model import Finding

WIDTH = 100
"""How much of a long line is shown."""
_COLOURS = {"error": "31", "warning": "33", "bold": "1", "dim": "2"}
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s,\[\]{}\"']+|\S")


class Excerpts:
    """Shows findings with their source; a file is split into lines once for all its findings."""

    def __init__(self, texts: Mapping[str, bytes], *, colour: bool) -> None:
        self._texts = texts
        self._colour = colour
        self._current = ("", [""])

    def line(self, finding: Finding) -> str:
        """The line of a finding, in colour if there is any."""
        place, _, rest = line(finding).partition(f": {finding.rule} ")
        return f"{self._in('bold', place)}: {self._in(finding.severity, finding.rule)} {rest}"

    def below(self, finding: Finding) -> Iterator[str]:
        """The line of the source and a mark below it; nothing if there is no such line."""
        lines = self._lines(finding.path)
        if not 0 < finding.line <= len(lines) or not lines[finding.line - 1].strip():
            return
        source, start, end = _window(lines[finding.line - 1], finding.col - 1)
        before, marked = _drawn(source[:start]), _drawn(source[start:end])
        number = f"{finding.line:>6} "
        yield f"{self._in('dim', f'{number}|')} {before}{marked}{_drawn(source[end:])}"
        mark = " " * _width(before) + self._in(finding.severity, "^" * max(1, _width(marked)))
        yield f"{self._in('dim', ' ' * len(number) + '|')} {mark}"

    def _lines(self, path: str) -> list[str]:
        if self._current[0] != path:
            text = self._texts.get(path, b"").removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            self._current = path, [one.rstrip("\r") for one in text.split("\n")]
        return self._current[1]

    def _in(self, colour: str, text: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self._colour else text


def _window(source: str, start: int) -> tuple[str, int, int]:
    """As much of a line as is shown, and where in it the marked part starts and ends."""
    token = _TOKEN.match(source, start)
    end = token.end() if token else start
    if source[start:end].endswith(":"):
        end -= 1
    cut = max(0, start - WIDTH // 2) if len(source) > WIDTH else 0
    shown = source[cut : cut + WIDTH]
    return shown.rstrip(), start - cut, min(end - cut, len(shown))


def _drawn(text: str) -> str:
    return printable(text.replace("\t", "  "))


def _width(text: str) -> int:
    """How many columns a terminal takes for a text."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") - bool(unicodedata.combining(char)) for char in text)
