"""Changes a repository as a whole: every new file is ready before the first path changes, and errors undo all."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from clusterwright.errors import UserError
from clusterwright.fleet.tree import write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterwright.fleet.plan import Action
    from clusterwright.fleet.tree import Tree


def apply(root: Path, changes: Mapping[str, Action], wanted: Tree) -> None:
    """Makes the changes.

    Args:
        root: the repository.
        changes: what to do with each path.
        wanted: what the paths shall hold.

    Raises:
        UserError: a path leads out of the repository; nothing was written.
    """
    for path in changes:
        _inside(root, path)
    workshop = Path(mkdtemp(prefix=".clusterwright-", dir=root))
    try:
        for path, action in changes.items():
            if action != "delete":
                write(workshop / "new" / path, wanted[path])
        _swap(root, changes, workshop)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    for path, action in changes.items():
        if action == "delete":
            _prune((root / path).parent, root)


def _inside(root: Path, path: str) -> None:
    parents = [root / parent for parent in Path(path).parents if str(parent) != "."]
    for parent in parents:
        if parent.is_symlink() or (parent.exists() and not parent.is_dir()):
            raise UserError(f"{parent.relative_to(root)}: not a plain folder; restore it, {path} goes into it")


def _swap(root: Path, changes: Mapping[str, Action], workshop: Path) -> None:
    done: list[tuple[str, Action]] = []
    try:
        for path, action in changes.items():
            done.append((path, action))
            if action != "add":
                _move(root / path, workshop / "old" / path)
            if action != "delete":
                _move(workshop / "new" / path, root / path)
    except BaseException:
        for path, action in reversed(done):
            _undo(root, path, action, workshop)
        raise


def _undo(root: Path, path: str, action: Action, workshop: Path) -> None:
    old, new = workshop / "old" / path, workshop / "new" / path
    if action == "add":
        if not new.is_symlink() and not new.exists():
            (root / path).unlink(missing_ok=True)
        _prune((root / path).parent, root)
    elif old.is_symlink() or old.exists():
        _move(old, root / path)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _prune(folder: Path, root: Path) -> None:
    """Removes folders that are empty now; git does not keep them either."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
