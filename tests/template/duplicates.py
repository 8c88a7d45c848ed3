"""Runs of lines that stand twice in the sources of the template and differ in nothing but names."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from tests.template.questions import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# As many lines one after the other, without empty ones and comments, are no accident.
LENGTH = 22
FOLDERS = ("_shared", "providers", "template")
# What stands for a name: an answer, a quoted word, a number, a reference in HCL, and the value of a YAML key for one.
NAMES = re.compile(
    r"""\#\{.*?\}\# | "[^"\s]*" | '[^'\s]*' | \b\d+\b | \b[a-z_]\w*(?:\.[a-z_][\w-]*|\[[^\]]*\])+
        | (?<=name:\ ).* | (?<=namespace:\ ).*""",
    re.VERBOSE,
)


class Run(NamedTuple):
    """Where a run stands twice: path and first line, two times, and how many lines it has."""

    first: str
    second: str
    lines: int


class Line(NamedTuple):
    """A line of a file, without its names."""

    path: str
    number: int
    text: str


def sources() -> Iterator[Path]:
    """Every text that becomes a part of a generated repository."""
    for folder in FOLDERS:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())


def plain(path: Path) -> list[Line]:
    """The lines of a file that say something, without their names."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = NAMES.sub("_", line.strip())
        if text and not text.startswith(("#|", "# ", "#%")):
            found.append(Line(str(path.relative_to(ROOT)), number, text))
    return found


def duplicates(files: list[list[Line]]) -> list[Run]:
    """Every two places with LENGTH lines or more alike, each run once, at its whole length."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for index, lines in enumerate(files):
        for start in range(len(lines) - LENGTH + 1):
            key = tuple(line.text for line in lines[start : start + LENGTH])
            places.setdefault(key, []).append((index, start))
    alike = {pair for found in places.values() for pair in combinations(found, 2) if _apart(*pair)}
    begins = sorted(pair for pair in alike if _before(pair) not in alike)
    return [_run(files, pair, alike) for pair in begins]


def _apart(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two places do not overlap, as those of a list of likes would."""
    return first[0] != second[0] or abs(first[1] - second[1]) >= LENGTH


def _before(pair: tuple[tuple[int, int], tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    (file, start), (other, begin) = pair
    return (file, start - 1), (other, begin - 1)


def _run(
    files: list[list[Line]],
    pair: tuple[tuple[int, int], tuple[int, int]],
    alike: set[tuple[tuple[int, int], tuple[int, int]]],
) -> Run:
    """The run that begins at a pair of places."""
    (file, start), (other, begin) = pair
    more = 0
    while ((file, start + more + 1), (other, begin + more + 1)) in alike:
        more += 1
    first, second = files[file][start], files[other][begin]
    return Run(f"{first.path}:{first.number}", f"{second.path}:{second.number}", LENGTH + more)
