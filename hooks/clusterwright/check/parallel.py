"""Two processes share the work of one run, where a second processor makes that sooner done.

Inside `with Pair() as pair`, the first work that is large enough to share makes a second process, a copy of the first:
from there on both run the same program. The second ends silently with the block, whatever happens in it; should it come
to grief, the first does all of the work itself.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Item = TypeVar("Item")

WORTH_IT = 40
"""Fewer items are done sooner than a process is made and its results are brought over."""
_CHUNKS = 200
_LENGTH = 8


class Pair:
    """This process alone, or the first or second of two.

    Attributes:
        second: this is the second process.
        shared: there are two.
    """

    def __init__(self) -> None:
        self.second = self.shared = False
        self._child = 0
        self._jobs = self._posts = self._reading = self._writing = -1
        self._given = self._taken = _NOTHING

    def __enter__(self) -> Self:
        """Begins with one process."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Ends the second process."""
        self._part()

    def share(self, items: list[Item], work: Callable[[Item], Any]) -> list[Any]:
        """Does the work on every item, in one process or the other; both get all results, in the order of the items.

        Args:
            items: what to work on.
            work: gives plain data: None, booleans, numbers, text, bytes, tuples, lists and dicts of these.
        """
        if len(items) < WORTH_IT or not _may_fork():
            return [work(item) for item in items]
        size = -(-len(items) // _CHUNKS)
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        tokens = _tokens(len(chunks))
        self._begin()
        mine = {number: [work(item) for item in chunks[number]] for number in _taken(tokens)}
        os.close(tokens)
        theirs = self._exchange(mine)
        done = {**mine, **theirs}
        return [one for number, chunk in enumerate(chunks) for one in done.get(number) or map(work, chunk)]

    def post(self, jobs: list[int]) -> None:
        """Offers jobs, numbers below 256, to whichever process takes them; what the second offers is not heard."""
        if self._posts >= 0:
            os.write(self._posts, bytes(jobs))
            os.close(self._posts)
            self._posts = -1

    def jobs(self) -> Iterator[int]:
        """The jobs that fall to this process: each is taken by one process only."""
        return _taken(self._jobs)

    def send(self, data: Any) -> None:  # noqa: ANN401 - plain data of any shape
        """Gives plain data to the other process."""
        length = self._given.add(marshal.dumps(data))
        os.write(self._writing, length.to_bytes(_LENGTH, "big"))

    def finish(self, data: Any) -> NoReturn:  # noqa: ANN401 - plain data of any shape
        """Gives the last of the second process' data, and ends it."""
        self.send(data)
        os._exit(0)

    def receive(self) -> Any:  # noqa: ANN401 - whatever the other process sent
        """What the other process sends; None if it is no more."""
        if not self.shared:
            return None
        length = int.from_bytes(os.read(self._reading, _LENGTH), "big")
        packed = self._taken.next(length)
        return marshal.loads(packed) if packed else None  # noqa: S302 - what this very program has just written

    def _begin(self) -> None:
        """Makes the second process, and the pipes between both."""
        (hear_first, tell_second), (hear_second, tell_first) = os.pipe(), os.pipe()
        self._jobs, self._posts = os.pipe()
        self._given, self._taken = _Memory("first"), _Memory("second")
        self._child = os.fork()
        self.second, self.shared = not self._child, True
        if self.second:
            self._reading, self._writing = hear_first, tell_first
            self._given, self._taken = self._taken, self._given
            unused = [hear_second, tell_second, self._posts]
        else:
            self._reading, self._writing = hear_second, tell_second
            unused = [hear_first, tell_first]
        for one in unused:
            os.close(one)
        if self.second:
            self._posts = -1

    def _exchange(self, mine: dict[int, Any]) -> dict[int, Any]:
        """Gives the other process these results for its own; nothing if the second process is no more."""
        try:
            self.send(mine)
        except BrokenPipeError:
            self._part()
        theirs = self.receive()
        if self.second and theirs is None:
            os._exit(0)
        return dict(theirs or {})

    def _part(self) -> None:
        """Goes on alone; the second process ends."""
        if self.second:
            os._exit(0)
        if self.shared:
            for one in (self._reading, self._writing, self._jobs, self._posts, self._given.file, self._taken.file):
                if one >= 0:
                    os.close(one)
            os.kill(self._child, signal.SIGKILL)  # what it may still be at is not wanted any more
            os.waitpid(self._child, 0)
        self.shared = False


class _Memory:
    """Bytes that one process adds and another takes: in memory, so that neither waits for the other with each piece."""

    def __init__(self, name: str) -> None:
        self.file = os.memfd_create(name) if name else -1
        self._at = 0

    def add(self, data: bytes) -> int:
        """Adds bytes; returns how many."""
        view = memoryview(data)
        while view:
            view = view[os.write(self.file, view) :]
        return len(data)

    def next(self, length: int) -> bytes:
        """Takes so many bytes that were not taken yet."""
        parts = []
        while length and (part := os.pread(self.file, length, self._at)):
            parts.append(part)
            self._at += len(part)
            length -= len(part)
        return b"".join(parts)


_NOTHING = _Memory("")


def _may_fork() -> bool:
    """Whether there is a second processor, memory to share, and a process without threads to copy."""
    threading = sys.modules.get("threading")
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" and hasattr(os, "memfd_create") else 1
    return processors > 1 and (threading is None or threading.active_count() == 1)


def _tokens(count: int) -> int:
    """A pipe that holds the numbers below a count; whoever reads one has it alone."""
    reading, writing = os.pipe()
    os.write(writing, bytes(range(count)))
    os.close(writing)
    return reading


def _taken(tokens: int) -> Iterator[int]:
    while token := os.read(tokens, 1):
        yield token[0]
