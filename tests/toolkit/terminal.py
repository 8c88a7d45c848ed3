"""A terminal with a person at it: a program runs in a pseudo-terminal, and its questions are answered one by one."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from fcntl import ioctl
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 120.0
"""How many seconds a program may take to say the next thing, on a machine with other work to do."""
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_REDRAWN = re.compile(r"[^\n]*\r(?!\n)")


class Terminal:
    """Runs a program until the end of a `with` block."""

    def __init__(self, command: Sequence[str], folder: Path, environment: dict[str, str], columns: int = 80) -> None:
        self._main, child = pty.openpty()
        ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        shown = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns), "NO_COLOR": "1", **environment}
        self._process = subprocess.Popen(
            command, cwd=folder, env=shown, stdin=child, stdout=child, stderr=child, start_new_session=True
        )
        os.close(child)
        self._raw = b""
        self._read_to = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._main)

    @property
    def text(self) -> str:
        """Everything on it so far, as a person would have seen it scroll by."""
        plain = _CODES.sub("", self._raw.decode("utf-8", "replace")).replace("\r\n", "\n")
        return _REDRAWN.sub("", plain)

    def expect(self, words: str, why: str = "") -> None:
        """Waits until something new is said; `why` explains what a failure would mean."""
        until = time.monotonic() + LONGEST
        while words not in self.text[self._read_to :]:
            if not self._more(until):
                raise AssertionError(f"{why or 'never said'}: {words!r}, but:\n{self.text}")
        self._read_to = self.text.index(words, self._read_to) + len(words)

    def type(self, words: str) -> None:
        """Types a line."""
        os.write(self._main, f"{words}\n".encode())

    def answer(self, question: re.Pattern[str]) -> int:
        """Types what each question asks for, its first group, until the end; returns the exit code."""
        while self._more(time.monotonic() + LONGEST):
            for asked in question.finditer(self.text, self._read_to):
                self._read_to = asked.end()
                self.type(asked[1])
        return self._process.wait(timeout=LONGEST)

    def interrupt(self) -> None:
        """Presses Ctrl-C, once the program waits: one between its question and its reading may be lost."""
        until = time.monotonic() + LONGEST
        while not self._waits() and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(self._process.pid, signal.SIGINT)

    def close(self) -> None:
        """Presses Ctrl-D."""
        os.write(self._main, b"\x04")

    def end(self) -> int:
        """Waits for the end; returns the exit code."""
        until = time.monotonic() + LONGEST
        while self._more(until):
            pass
        return self._process.wait(timeout=LONGEST)

    def _waits(self) -> bool:
        """Tells whether the program sleeps, where the system says so."""
        status = Path(f"/proc/{self._process.pid}/stat")
        return not status.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "S"

    def _more(self, until: float) -> bool:
        ready, _, _ = select.select([self._main], [], [], max(0.0, until - time.monotonic()))
        try:
            chunk = os.read(self._main, 65536) if ready else b""
        except OSError:  # the other end is closed
            chunk = b""
        self._raw += chunk
        return bool(chunk)
