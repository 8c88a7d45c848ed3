"""Reads and writes trees as git keeps them: no folder is checked out, and no index of anybody is touched."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from clusterwright import git
from clusterwright.fleet.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterwright.fleet.tree import Tree

LINK, MODULE = "120000", "160000"
_NONE = "0" * 40
_LARGEST = 1 << 31


class Listed(NamedTuple):
    """A file of a commit."""

    path: str
    mode: str
    id: str


def listed(folder: Path, commit: str) -> Iterator[Listed]:
    """The files of a commit below a folder of the repository, with paths relative to it."""
    for entry in git.tell(folder, "ls-tree", "-r", "-z", commit).split("\0"):
        if entry:
            meta, _, path = entry.partition("\t")
            mode, _kind, name = meta.split(" ")
            yield Listed(path, mode, name)


def read(folder: Path, commit: str) -> Tree:
    """What a commit holds below a folder of the repository; submodules are left out."""
    found = [one for one in listed(folder, commit) if one.mode != MODULE]
    contents = git.blobs(folder, (one.id for one in found), _LARGEST)
    return {one.path: Entry(contents[one.id], one.mode == "100755", one.mode == LINK) for one in found}


def commit(folder: Path, parent: str, changes: Mapping[str, Entry | None], message: str) -> str:
    """Makes a commit; nothing points to it yet.

    Args:
        folder: the repository, or a folder in it that the paths are relative to.
        parent: the commit that it follows.
        changes: what paths shall hold; None for those that shall go.
        message: what it says.

    Returns:
        The new commit.
    """
    prefix = git.ask(folder, "rev-parse", "--show-prefix") or ""
    with TemporaryDirectory(prefix="clusterwright-") as scratch:
        names = _stored(folder, Path(scratch), changes)
        lines = [f"{_mode(entry)} {names.get(path, _NONE)}\t{prefix}{path}\0" for path, entry in changes.items()]
        index = {"GIT_INDEX_FILE": f"{scratch}/index"}
        git.tell(folder, "read-tree", parent, variables=index)
        git.tell(folder, "update-index", "-z", "--index-info", given="".join(lines), variables=index)
        tree = git.tell(folder, "write-tree", variables=index).strip()
    signed = ["-S"] if git.ask(folder, "config", "--type=bool", "commit.gpgSign") == "true" else []
    return git.tell(folder, *git.author(folder), "commit-tree", *signed, "-p", parent, tree, given=message).strip()


def _stored(folder: Path, scratch: Path, changes: Mapping[str, Entry | None]) -> dict[str, str]:
    """Keeps contents as objects; gives their ids by path."""
    kept = {path: entry.content for path, entry in changes.items() if entry is not None}
    for number, content in enumerate(kept.values()):
        (scratch / str(number)).write_bytes(content)
    paths = "".join(f"{scratch / str(number)}\n" for number in range(len(kept)))
    ids = git.tell(folder, "hash-object", "-w", "--no-filters", "--stdin-paths", given=paths).split()
    return dict(zip(kept, ids, strict=True))


def _mode(entry: Entry | None) -> str:
    if entry is None:
        return "0"
    return LINK if entry.link else "100755" if entry.executable else "100644"
