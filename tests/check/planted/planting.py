"""How faults are planted into a repository, so that one more is a line in a table.

A planter knows one kind of fault and the rule that has to find it. `edit` changes what is there, `add` brings a file,
`remove` takes one away. `§` in what is written marks the line that the finding has to name; without it, that is the
line on which the change begins.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

Base = dict[str, str]
"""The text of a repository's files by path."""
MARK = "§"


class Fault(NamedTuple):
    """A fault: the files that it writes (None: removes), and the rule that has to find it, and where."""

    rule: str
    files: Mapping[str, str | None]
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}"


class Planter(NamedTuple):
    """A kind of fault: the rule that finds it, and every such fault that a repository has room for, in any order."""

    rule: str
    faults: Callable[[Base, Random], Iterator[Fault]]


def edit(rule: str, glob: str, before: str, after: str, found: str = "") -> Planter:
    """Replaces what an expression matches in one of the files that a glob matches.

    Args:
        rule: the rule that finds it.
        glob: which files; `*` matches `/` too.
        before: a regular expression; `^` and `$` are the ends of a line.
        after: what takes its place; `\\1` is its first group.
        found: the path and, after a colon, a part of the line where the finding is, if a mark cannot say it; `{path}`
            is that of the edited file.
    """

    def faults(base: Base, random: Random) -> Iterator[Fault]:
        pattern = re.compile(before, re.MULTILINE)
        places = [
            (path, match) for path, text in base.items() if fnmatchcase(path, glob) for match in pattern.finditer(text)
        ]
        random.shuffle(places)
        for path, match in places:
            text = match.string[: match.start()] + match.expand(after) + match.string[match.end() :]
            text, line = _marked(text, match.start())
            here = _line({**base, path: text}, found.format(path=path)) if found else (path, line)
            yield Fault(rule, {path: text}, *here)

    return Planter(rule, faults)


def add(rule: str, path: str, *texts: str, beside: Mapping[str, str] | None = None) -> Planter:
    """Brings a file, once for each text; others may come with it."""

    def faults(_base: Base, random: Random) -> Iterator[Fault]:
        for text in random.sample(texts, len(texts)):
            files = {path: text, **(beside or {})}
            (where, line), *_ = (
                (name, _marked(one, 0)[1]) for name, one in files.items() if MARK in one or len(files) == 1
            )
            yield Fault(rule, {name: one.replace(MARK, "") for name, one in files.items()}, where, line)

    return Planter(rule, faults)


def everywhere(rule: str, before: str, after: str, path: str, text: str) -> Planter:
    """Replaces what an expression matches wherever it does, and brings a file that then is at fault."""

    def faults(base: Base, _random: Random) -> Iterator[Fault]:
        pattern = re.compile(before)
        files = {name: pattern.sub(after, one) for name, one in base.items() if pattern.search(one)}
        yield Fault(rule, {**files, path: text.replace(MARK, "")}, path, _marked(text, 0)[1])

    return Planter(rule, faults)


def remove(rule: str, glob: str, found: str = "") -> Planter:
    """Takes away one of the files that a glob matches; `found` is as in `edit`, else the first line of that file."""

    def faults(base: Base, random: Random) -> Iterator[Fault]:
        paths = [path for path in base if fnmatchcase(path, glob)]
        random.shuffle(paths)
        for path in paths:
            yield Fault(rule, {path: None}, *(_line(base, found) if found else (path, 1)))

    return Planter(rule, faults)


def _marked(text: str, offset: int) -> tuple[str, int]:
    """The text without its mark, and the line of the mark; without one, that of an offset."""
    at = text.find(MARK)
    return text.replace(MARK, ""), text.count("\n", 0, offset if at < 0 else at) + 1


def _line(base: Base, found: str) -> tuple[str, int]:
    path, _, wanted = found.partition(":")
    lines = base[path].splitlines()
    return path, next(number for number, line in enumerate(lines, 1) if wanted in line)
