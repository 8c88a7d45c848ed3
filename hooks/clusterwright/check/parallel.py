"""Does independent work in a second process where that pays: half of a large repository's files are parsed there."""

from __future__ import annotations

import marshal
import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Item = TypeVar("Item")

WORTH_IT = 200
"""Fewer items are done sooner than a process is made and its results are brought over."""


def spread(items: list[Item], work: Callable[[Item], Any]) -> list[Any]:
    """Does the work on every item; returns the results in the order of the items.

    Args:
        items: what to work on.
        work: gives plain data: None, booleans, numbers, text, bytes, tuples, lists and dicts of these.
    """
    if len(items) < WORTH_IT or not _may_fork():
        return [work(item) for item in items]
    theirs = items[1::2]
    child, pipe = _start(theirs, work)
    try:
        ours = [work(item) for item in items[::2]]
        received = _received(pipe)
    finally:
        os.close(pipe)
        os.waitpid(child, 0)
    results: list[Any] = [None] * len(items)
    results[::2] = ours
    results[1::2] = [work(item) for item in theirs] if received is None else received
    return results


def _may_fork() -> bool:
    """Whether there is a second processor, and a process without threads to copy."""
    threading = sys.modules.get("threading")
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return processors > 1 and (threading is None or threading.active_count() == 1)


def _start(items: list[Item], work: Callable[[Item], Any]) -> tuple[int, int]:
    """Starts the second process; returns its id, and the end of the pipe from which its results come."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(marshal.dumps([work(item) for item in items]))
    finally:
        os._exit(0)


def _received(pipe: int) -> list[Any] | None:
    """The results of the second process; None if it came to grief, so that its work is done here."""
    with os.fdopen(pipe, "rb", closefd=False) as source:
        data = source.read()
    try:
        results = marshal.loads(data)  # noqa: S302 - what this very program has just written
    except (EOFError, ValueError, TypeError):
        return None
    return results if isinstance(results, list) else None
