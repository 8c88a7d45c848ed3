"""A destination that appears whole or not at all."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from clusterwright.errors import Unfinished, UserError, located

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Stage:
    """Where a tree is made before it is put in place.

    Attributes:
        tree: the folder to make; it does not exist yet.
        target: where `place` will put it.
        kept: where the tree that was there before is now, once it is replaced.
    """

    tree: Path
    target: Path
    kept: Path | None = None

    def place(self) -> None:
        """Puts the finished tree in place; when that fails, what was there before is back."""
        if not self.target.exists():
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self.tree.rename(self.target)
        elif self.tree.parent.parent == self.target:
            _fill(self.tree, self.target)
        else:
            self._replace()

    def _replace(self) -> None:
        kept = next(
            path for n in count(1) if not (path := self.target.with_name(f"{self.target.name}.bak-{n}")).exists()
        )
        self.target.rename(kept)
        try:
            self.tree.rename(self.target)
        except BaseException:
            kept.rename(self.target)
            raise
        self.kept = kept


@contextmanager
def stage(destination: str, *, force: bool) -> Iterator[Stage]:
    """Makes a staging folder on the destination's file system, and removes it in the end, however that comes.

    Args:
        destination: where the tree shall be in the end.
        force: whether a folder with something in it may be replaced; it is kept beside.

    Yields:
        The stage.

    Raises:
        UserError: the destination cannot be used; nothing was touched.
    """
    target = usable(destination, force=force)
    if target.is_dir() and not any(target.iterdir()):
        beside = target  # it may be a mount point, or the current folder: it stays, and is filled
    else:
        beside = next(parent for parent in target.parents if parent.exists())
    workshop = Path(mkdtemp(prefix=".clusterwright-", dir=beside))
    try:
        with located(destination):
            yield Stage(workshop / target.name, target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
        if workshop.exists():
            raise Unfinished(f"{workshop}: could not be removed; remove it by hand")


def usable(destination: str, *, force: bool) -> Path:
    """Where a destination is; raises UserError if it cannot be used, and touches nothing."""
    target = _target(destination)
    if target.is_dir() and any(target.iterdir()) and not force:
        raise UserError(f"{destination}: not empty; choose another folder, or --force to replace it and keep a copy")
    return target


def _target(destination: str) -> Path:
    path = Path(destination).expanduser()
    try:
        target = path.resolve()
    except (OSError, RuntimeError) as error:
        raise UserError(f"{destination}: a symbolic link to itself; choose another folder") from error
    if path.is_symlink() and not target.exists():
        raise UserError(f"{destination}: a symbolic link to nothing; remove it, or choose another folder")
    obstacle = next((each for each in (target, *target.parents) if each.exists() and not each.is_dir()), None)
    if obstacle:
        raise UserError(f"{destination}: {obstacle} is a file; choose another folder")
    if not target.name:
        raise UserError(f"{destination}: the root of a file system; choose a folder in it")
    return target


def _fill(tree: Path, target: Path) -> None:
    moved: list[Path] = []
    try:
        for entry in sorted(tree.iterdir(), key=lambda path: path.name == ".git"):
            entry.rename(target / entry.name)
            moved.append(target / entry.name)
    except BaseException:
        for entry in moved:
            entry.rename(tree / entry.name)
        raise
