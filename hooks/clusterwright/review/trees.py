"""The two trees of a review: what changed between them, and what the files hold, without a checkout."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from clusterwright import git
from clusterwright.check import files
from clusterwright.check.reading import is_read
from clusterwright.errors import UserError
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DIFF = ("--raw", "-z", "-r", "--no-renames", "--no-abbrev", "--relative")
_WORKING = ("--no-optional-locks", "diff", *_DIFF, "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
_NOTHING = "0" * 40
_LINK, _MODULE = "120000", "160000"


class FileChange(NamedTuple):
    """A file that differs: its bytes and mode in both trees; no mode where it is not there, no bytes if not read."""

    path: str
    before: bytes | None
    after: bytes | None
    mode_before: str
    mode_after: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a file in both trees, or in the one where it is: no link and no submodule."""
        return not {self.mode_before, self.mode_after} & {_LINK, _MODULE}


@dataclass(frozen=True, slots=True)
class Trees:
    """Both trees.

    Attributes:
        root: the repository's folder.
        base: the commit that the review starts from: where the work left the base that was asked for.
        head: the commit that it ends with; empty for the working tree.
        changes: what differs, in order of paths.
        given: what the files of the head hold; None for the working tree, where the folder itself holds it.
        notes: what a reader has to know about how the trees were chosen and read.
    """

    root: Path
    base: str
    head: str
    changes: tuple[FileChange, ...]
    given: dict[str, bytes] | None
    notes: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """A line of `git diff --raw`."""

    path: str
    mode_before: str
    mode_after: str
    id_before: str
    id_after: str


def read(root: Path, base: str, head: str = "") -> Trees:
    """Reads both trees.

    Args:
        root: the repository's folder, which may be inside a larger git repository.
        base: a revision, such as `origin/main`: what happened there since the work left it does not count.
        head: a revision; the working tree by default, with the files that git does not know yet.

    Raises:
        UserError: the folder is not under git, or there is no such revision.
    """
    if git.top(root) is None:
        raise UserError(f"{root}: not under git; a review compares two trees of one git repository")
    start, end = _commit(root, base), _commit(root, head) if head else ""
    origin = git.ask(root, "merge-base", start, end or "HEAD")
    notes = (
        () if origin else (f"where the work left {base} is not known here (a shallow clone?): compared with {base}",)
    )
    origin = origin or start
    if end:
        changes = _committed(root, origin, end)
        return Trees(root, origin, end, changes, _contents(root, end), notes)
    return Trees(root, origin, "", _uncommitted(root, origin), None, notes)


def _commit(root: Path, revision: str) -> str:
    commit = git.ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise UserError(f"{revision}: there is no such commit here; fetch it first")
    return commit


def _committed(root: Path, base: str, head: str) -> tuple[FileChange, ...]:
    entries = list(_entries(git.tell(root, "diff-tree", *_DIFF, base, head)))
    found = git.blobs(root, _ids(entries, after=True), files.LIMIT)
    return tuple(
        FileChange(one.path, found.get(one.id_before), found.get(one.id_after), *_modes(one)) for one in entries
    )


def _uncommitted(root: Path, base: str) -> tuple[FileChange, ...]:
    entries = list(_entries(git.tell(root, *_WORKING, base, "--")))
    listed = git.tell(root, "ls-files", "--others", "--exclude-standard", "-z")
    new = [_Entry(path, "", _mode(root / path), _NOTHING, _NOTHING) for path in listed.split("\0") if path]
    found = git.blobs(root, _ids(entries, after=False), files.LIMIT)
    changes = []
    for one in sorted([*entries, *new]):
        change = FileChange(one.path, found.get(one.id_before), _on_disk(root, one), *_modes(one))
        if change.before != change.after or change.mode_before != change.mode_after:
            changes.append(change)
    return tuple(changes)


def _mode(path: Path) -> str:
    """The mode that git would give a file."""
    if path.is_symlink():
        return _LINK
    return "100755" if os.access(path, os.X_OK) else "100644"


def _on_disk(root: Path, entry: _Entry) -> bytes | None:
    if entry.mode_after == _LINK:
        return os.fsencode((root / entry.path).readlink())
    content = files.read(str(root), entry.path) if _modes(entry)[1] else None
    return content.text if content and not content.problem else None


def _entries(raw: str) -> Iterator[_Entry]:
    parts = iter(raw.split("\0"))
    for head in parts:
        if head:
            mode_before, mode_after, id_before, id_after, _status = head.removeprefix(":").split(" ")
            yield _Entry(next(parts), mode_before, mode_after, id_before, id_after)


def _ids(entries: list[_Entry], *, after: bool) -> Iterator[str]:
    for one in entries:
        for name in (one.id_before, one.id_after) if after else (one.id_before,):
            if name.strip("0"):
                yield name


def _modes(entry: _Entry) -> tuple[str, str]:
    return entry.mode_before.replace("000000", ""), entry.mode_after.replace("000000", "")


def _contents(root: Path, commit: str) -> dict[str, bytes]:
    """What every file of a commit holds that a rule looks into; nothing for the others, whose paths still count."""
    listed = git.tell(root, "ls-tree", "-r", "-z", commit)
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    ids = {path: meta.split(" ")[2] for meta, _, path in entries if meta.startswith("100")}
    found = git.blobs(root, (name for path, name in ids.items() if is_read(path)), files.LIMIT)
    return {path: found.get(name, b"") for path, name in ids.items()}
