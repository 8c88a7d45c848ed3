"""Both trees as repositories that rules can look at: the later one whole, the earlier one where it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from clusterwright.check.kustomize import with_patches
from clusterwright.check.reading import is_read
from clusterwright.check.repository import Repository, load
from clusterwright.records import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterwright.check.model import Document, File, Problem
    from clusterwright.check.parallel import Pair
    from clusterwright.review.trees import Trees

Item = TypeVar("Item", bound="File | Document")


def later(trees: Trees, pair: Pair) -> Repository:
    """The later tree.

    Args:
        trees: both trees.
        pair: which processes share the work.
    """
    if trees.given is None:
        return load(str(trees.root), pair=pair)
    return load("", given=trees.given, pair=pair)


def earlier(trees: Trees, after: Repository) -> Repository:
    """The earlier tree: what has not changed is what the later tree has."""
    changed = {one.path for one in trees.changes}
    old = {one.path: one.before for one in trees.changes if one.before is not None and one.is_plain}
    read = load("", given={path: old[path] for path in old if is_read(path)})
    paths = (after.paths - changed) | {one.path for one in trees.changes if one.mode_before}
    same_settings = ".clusterwright.yaml" not in changed
    return replace(
        after,
        settings=after.settings if same_settings else read.settings,
        paths=paths,
        folders=after.folders | read.folders,
        files=_merged(after.files, read.files, changed),
        documents=list(with_patches(_merged(after.documents, read.documents, changed))),
        sealed=sorted({*after.sealed} - changed | {*read.sealed}),
        unreadable=[*(one for one in after.unreadable if _path(one) not in changed), *read.unreadable],
    )


def _merged(after: Iterable[Item], before: Iterable[Item], changed: set[str]) -> list[Item]:
    kept: list[Item] = [one for one in after if one.path not in changed]
    return sorted([*kept, *before], key=lambda one: one.path)


def _path(problem: Problem) -> str:
    return problem.source if isinstance(problem.source, str) else problem.source.path
