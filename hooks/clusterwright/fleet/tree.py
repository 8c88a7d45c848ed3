"""The files of a folder as values that can be compared, and who owns which path."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


_MEANINGS = {"**/": "((?:.*/)?)", "**": "(.*)", "*": "([^/]*)"}


@dataclass(frozen=True)
class Entry:
    """A file or a symbolic link: all that git keeps of it."""

    content: bytes
    executable: bool = False
    link: bool = False


Tree = dict[str, Entry]


def entry(path: Path) -> Entry | None:
    """Reads one path; None when there is no file and no link."""
    if path.is_symlink():
        return Entry(str(path.readlink()).encode(), link=True)
    if not path.is_file():
        return None
    return Entry(path.read_bytes(), executable=bool(path.stat().st_mode & 0o100))


def read(folder: Path) -> Tree:
    """Reads every file below a folder, git's own left out, by path."""
    paths = (path for path in sorted(folder.rglob("*")) if ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): found for path in paths if (found := entry(path))}


def write(path: Path, wanted: Entry) -> None:
    """Makes a new file or link that reads back as the entry."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if wanted.link:
        path.symlink_to(wanted.content.decode())
        return
    path.write_bytes(wanted.content)
    if wanted.executable:
        mode = path.stat().st_mode
        path.chmod(mode | (mode & 0o444) >> 2)


def owned(path: str, patterns: Iterable[str]) -> bool:
    """Tells whether one of the globs names a path: `*` stays inside one folder, `**` does not."""
    return any(_compiled(pattern).fullmatch(path) for pattern in patterns)


def moved_to(path: str, moves: Iterable[tuple[str, str]]) -> str | None:
    """Where a path belongs now: each wildcard of the glob that names it stands for the same in the new path."""
    for pattern, target in moves:
        match = _compiled(pattern).fullmatch(path)
        if match:
            parts = iter(match.groups())
            return "".join(next(parts, "") if piece in _MEANINGS else piece for piece in _pieces(target))
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_MEANINGS.get(piece, re.escape(piece)) for piece in _pieces(pattern)), re.DOTALL)


def _pieces(pattern: str) -> list[str]:
    return re.split(r"(\*\*/|\*\*|\*)", pattern)
