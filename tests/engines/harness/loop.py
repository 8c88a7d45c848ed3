"""What goes on beside the tests: a loop that looks around every second."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from .api import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Loop:
    """Takes its steps every second; what is refused, or not there in between, is tried again."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def stopping(self) -> bool:
        """Whether it is to end."""
        return self._stop.is_set()

    def steps(self) -> Iterable[Callable[[], None]]:
        """What is to be done in a round."""
        raise NotImplementedError

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def __enter__(self) -> Self:
        """Begins."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends."""
        self.stop()

    def stop(self) -> None:
        """Ends, after the step that it is at."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=60)

    def _run(self) -> None:
        while not self._stop.wait(1):
            for step in self.steps():
                with suppress(RefusedError, OSError):
                    step()
