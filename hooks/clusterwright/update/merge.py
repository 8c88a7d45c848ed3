"""Merges what the template changed into what people have: file by file, three ways, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from clusterwright import git
from clusterwright.fleet.tree import Entry, moved_to, owned
from clusterwright.records import dataclass
from clusterwright.render.copier import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterwright.fleet.tree import Tree

Reason = Literal["lines", "removed", "added", "form", "moved"]
"""Why a person has to look at a file: both changed the same lines; the template removed what people changed; both
added it; one side is no text or a link; what has to be moved would meet a file that is there."""

_LABELS = ("before updating", "last update", "after updating")


@dataclass(frozen=True)
class Merged:
    """What an update makes of a repository.

    Attributes:
        changes: what paths shall hold, in order; None for those that go.
        conflicts: the paths that a person has to look at, and why.
        edited: paths of the template that people have changed, whether or not that is a conflict.
        moved: where files of people go, by where they are.
    """

    changes: dict[str, Entry | None]
    conflicts: dict[str, Reason]
    edited: tuple[str, ...]
    moved: dict[str, str]


def merge(old: Tree, new: Tree, mine: Tree, kept: Iterable[str], moves: Mapping[str, str]) -> Merged:
    """Merges three trees.

    Args:
        old: what the template rendered when the repository was last updated.
        new: what it renders now.
        mine: the repository.
        kept: globs of paths that are the user's alone.
        moves: where files of people belong now, by where they belonged.

    Returns:
        What to do; `mine` with its changes is the updated repository.
    """
    patterns = tuple(kept)
    moved, taken = _moved(old, new, mine, moves)
    found: dict[str, tuple[Entry | None, Reason | None]] = {path: (mine[path], "moved") for path in taken}
    for path in sorted(old.keys() | new.keys()):
        sides = old.get(path), new.get(path), mine.get(path)
        if owned(path, patterns):
            found[path] = sides[2] or sides[1], None  # what is missing is fleet.yaml: nothing else of theirs is seeded
        else:
            found[path] = _merged(path, *sides)
    for source, target in moved.items():
        found[source] = None, None
        found[target] = _carried(old.get(source), new.get(target), mine[source])
    return Merged(
        changes={path: found[path][0] for path in sorted(found) if found[path][0] != mine.get(path)},
        conflicts={path: reason for path in sorted(found) if (reason := found[path][1])},
        edited=tuple(path for path in sorted(old) if _is_edited(path, old, mine) and not owned(path, patterns)),
        moved=moved,
    )


def _is_edited(path: str, old: Tree, mine: Tree) -> bool:
    return path != ANSWERS and mine.get(path) != old[path]


def _merged(path: str, old: Entry | None, new: Entry | None, mine: Entry | None) -> tuple[Entry | None, Reason | None]:
    """What a path of the template shall hold."""
    if path == ANSWERS or mine in (old, new):
        return new, None
    if old == new or mine is None:
        return mine, None  # the template has nothing new to say, or people have removed what it changes
    if new is None:
        return mine, "removed"
    return _both(old, new, mine)


def _both(old: Entry | None, new: Entry, mine: Entry) -> tuple[Entry, Reason | None]:
    """What both have changed, or both have added."""
    executable = new.executable if old is None or mine.executable == old.executable else mine.executable
    texts = [b"" if old is None else old.content, new.content, mine.content]
    if any(side is not None and side.link for side in (old, new, mine)) or any(b"\0" in text for text in texts):
        return mine, "form"
    content, clean = three_way(*texts)
    return Entry(content, executable), None if clean else "added" if old is None else "lines"


def three_way(old: bytes, new: bytes, mine: bytes) -> tuple[bytes, bool]:
    """Merges three texts as git does, with the marks of Copier; whether that went without a conflict."""
    if new in {mine, old}:
        return mine, True
    if mine == old:
        return new, True
    with TemporaryDirectory(prefix="clusterwright-") as scratch:
        for name, text in (("mine", mine), ("old", old), ("new", new)):
            Path(scratch, name).write_bytes(text)
        return git.merged(Path(scratch), "mine", "old", "new", _LABELS) or (mine, False)


def _carried(old: Entry | None, new: Entry | None, mine: Entry) -> tuple[Entry, Reason | None]:
    """What is moved: as it is, or merged with what the template has at its new place."""
    return (mine, None) if new is None else _both(old, new, mine)


def _moved(old: Tree, new: Tree, mine: Tree, moves: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The files that go elsewhere; and those that would, if there were not another file."""
    found: dict[str, str] = {}
    taken = []
    for path in sorted(mine):
        target = moved_to(path, moves.items())
        if target is None or path in new or (path in old and old[path] == mine[path]):
            continue
        if target in mine or (path not in old and target in new):
            taken.append(path)
        else:
            found[path] = target
    return found, taken
