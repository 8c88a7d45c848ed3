"""Finds words in all files at once: most rules that look for words find none, and that is soonest known this way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.once import once

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from clusterwright.check.model import File
    from clusterwright.check.repository import Repository

_BATCH = 4 * 1024 * 1024
"""How many bytes of files are gone through together."""


class _Batch(NamedTuple):
    """Files, and each of their lines once: most lines of a repository are there again and again."""

    files: list[File]
    lines: bytes


def holding(repository: Repository, *words: bytes) -> list[File]:
    """The files that hold one of these words, in order; a word has no line break in it."""
    found = []
    for batch in _batches(repository):
        here = [word for word in words if word in batch.lines]
        found += [file for file in batch.files if any(word in file.text for word in here)] if here else []
    return found


def matching(
    repository: Repository, form: re.Pattern[bytes], counts: Callable[[re.Match[bytes]], bool] = bool
) -> list[File]:
    """The files in which something has a form, in order.

    Args:
        repository: whose files.
        form: what has it has no line break in it.
        counts: whether a match counts, by what is on its line.
    """

    def has(text: bytes) -> bool:
        return any(map(counts, form.finditer(text)))

    return [file for batch in _batches(repository) if has(batch.lines) for file in batch.files if has(file.text)]


@once
def _batches(repository: Repository) -> list[_Batch]:
    return [_Batch(files, b"\n".join(_lines(files))) for files in _parted(repository.files)]


def _parted(files: list[File]) -> Iterator[list[File]]:
    """The files, as many together as make a batch."""
    batch: list[File] = []
    size = 0
    for file in files:
        batch.append(file)
        size += len(file.text)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _lines(files: list[File]) -> set[bytes]:
    return set(b"\n".join([file.text for file in files]).split(b"\n"))
