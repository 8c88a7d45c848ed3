"""Programs that run beside the tests: they listen on loopback, write to a log, and stop when the tests do."""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
LISTENING = "0A"
# Every new kind makes Argo CD read the schemas of all kinds: a third of that is collecting garbage, with less memory.
RUNTIME = {"GOGC": "400", "GOMEMLIMIT": "2GiB"}


class StoppedError(Exception):
    """A program that must run has ended, or what was waited for did not come."""


def free_port() -> int:
    """Returns a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listeners(pid: int) -> set[str]:
    """Returns the addresses that a process listens on, by Linux' own list of sockets."""
    process = Path(f"/proc/{pid}")
    sockets = {str(descriptor.readlink()) for descriptor in (process / "fd").iterdir()}
    tables = [(process / "net" / name).read_text(encoding="utf-8").splitlines()[1:] for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table]
    return {_address(row[1]) for row in rows if row[3] == LISTENING and f"socket:[{row[9]}]" in sockets}


def _address(written: str) -> str:
    """Reads an address as the kernel writes it: groups of four bytes, each the wrong way round."""
    content = bytes.fromhex(written.partition(":")[0])
    groups = [content[start : start + 4][::-1] for start in range(0, len(content), 4)]
    return str(ip_address(b"".join(groups)))


def within(seconds: float, what: str, probe: Callable[[], T | None], *, pause: float = 0.5) -> T:
    """Asks until the answer is something true, and gives up after some time.

    Args:
        seconds: How long to ask.
        what: What is waited for, as the error names it; it is filled in late, so it may be long.
        probe: What to ask.
        pause: How long to rest between two questions.

    Returns:
        The first true answer.

    Raises:
        StoppedError: It did not come in time.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := probe():
            return answer
        time.sleep(pause)
    raise StoppedError(f"not within {seconds:.0f} s: {what}")


class Processes:
    """Programs that were started here, each with a log of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        """Starts a program with this environment and no other."""
        with (self.folder / f"{name}.log").open("ab") as log:
            # A group of its own: an interrupt reaches the tests first, and they stop things in order.
            self._running[name] = process = subprocess.Popen(
                command,
                env=dict(environment),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        watch.began(process.pid)

    @property
    def pids(self) -> dict[str, int]:
        """What runs, by name."""
        return {name: process.pid for name, process in self._running.items()}

    def check(self) -> bool:
        """Says loudly when one has ended; always true otherwise."""
        for name, process in self._running.items():
            if (code := process.poll()) is not None:
                raise StoppedError(f"{name} ended with {code}:\n{self.tail(name)}")
        return True

    def tail(self, name: str, size: int = 3000) -> str:
        """The end of a program's log."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-size:]

    def stop(self) -> None:
        """Stops all, the last one first; what does not listen is killed."""
        for process in reversed(self._running.values()):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            if process.poll() is None:
                process.kill()
                process.wait(timeout=60)
            watch.ended(process.pid)
        self._running.clear()
