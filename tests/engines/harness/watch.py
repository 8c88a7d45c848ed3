"""Who ends what the tests started when they cannot: whoever is killed says nothing more, and that is heard."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

# It reads who began and who ended, until nobody is left who could write.
WATCH = """
import os, signal, sys
running = set()
for line in sys.stdin:
    (running.add if line[0] == "+" else running.discard)(int(line[1:]))
for group in running:
    try:
        os.killpg(group, signal.SIGKILL)
    except OSError:
        pass
"""


@cache
def _watcher() -> subprocess.Popen[str]:
    """The one of this process, out of reach of what interrupts it."""
    command, nowhere = [sys.executable, "-c", WATCH], subprocess.DEVNULL
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, text=True, bufsize=1, start_new_session=True
    )


def began(group: int) -> None:
    """Says that a group of processes runs."""
    _tell(f"+{group}\n")


def ended(group: int) -> None:
    """Says that a group of processes has ended, and its number may be somebody else's."""
    _tell(f"-{group}\n")


def _tell(line: str) -> None:
    stdin = _watcher().stdin
    assert stdin is not None
    stdin.write(line)
