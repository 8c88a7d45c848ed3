"""Whoever ends a run, and however, is obeyed in the same way: the tests stop, and then all that they started."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def pytest_sessionstart() -> None:
    """Listens to all that ends a run; what runs in the background of a script would not hear an interrupt."""
    for one in SIGNALS:
        if one != signal.SIGHUP or signal.getsignal(one) != signal.SIG_IGN:
            signal.signal(one, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Interrupts once: who is impatient must not interrupt the stopping itself, which takes some seconds at most."""
    for one in SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt
