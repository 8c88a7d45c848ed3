"""Which repository a path is in. Paths are plain text here: they may be any bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clusterwright.check.settings import NAME
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def repository_root(path: Path) -> tuple[Path, str]:
    """The repository that holds a path, and the path inside it; the folder itself if it is in none."""
    root, inside = _located(os.fspath(path))
    return type(path)(root), inside


def common_root(paths: Sequence[str], *, may_miss: bool) -> tuple[str, tuple[str, ...]]:
    """The one repository that holds the paths, and the paths inside it.

    Args:
        paths: files and folders.
        may_miss: they need not exist.

    Raises:
        UserError: a path does not exist, or is in another repository than the first.
    """
    for path in paths:
        if not may_miss and not os.path.exists(path):
            raise UserError(f"{path}: no such file or folder")
    roots = [_located(path) for path in paths]
    for path, (root, _) in zip(paths, roots, strict=True):
        if root != roots[0][0]:
            raise UserError(f"{path}: in another repository than {paths[0]}; check one at a time")
    return roots[0][0], tuple(inside for _, inside in roots)


def prefix_of(root: str) -> str:
    """The repository's folder inside the git repository around it, which is how services name files."""
    top = next((folder for folder in _upwards(root) if os.path.exists(f"{folder}/.git")), root)
    return "" if top == root else f"{_inside(root, top)}/"


def _located(path: str) -> tuple[str, str]:
    path = os.path.realpath(path)
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    for root in _upwards(folder):
        if os.path.isfile(f"{root}/{NAME}") or os.path.exists(f"{root}/.git"):
            return root, _inside(path, root)
    return folder, _inside(path, folder)


def _upwards(folder: str) -> Iterator[str]:
    """A folder, the one that it is in, and so on."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def _inside(path: str, folder: str) -> str:
    """A path as it is called in a folder above it; empty if it is that folder."""
    return path[len(folder) :].replace(os.sep, "/").lstrip("/")
