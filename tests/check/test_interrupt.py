"""Ctrl-C ends a check with one line and leaves no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.check.conftest import Write

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PROGRAM = """
import time
from clusterwright.check import parallel, reading
parallel._may_fork = lambda: {forks}
real = reading.Reader.__call__
def slow(*arguments):
    print(flush=True)
    time.sleep(0.2)
    return real(*arguments)
reading.Reader.__call__ = slow
from clusterwright.cli import run
run()
"""


@LINUX
@pytest.mark.parametrize("forks", [True, False], ids=["two processes", "one process"])
@pytest.mark.parametrize(
    ("number", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "term")]
)
def test_a_signal_gives_one_line_and_ends_every_process(
    write: Write, *, forks: bool, number: int, code: int, word: str
) -> None:
    root = write({f"{one}.yaml": "a: 1\n" for one in range(60)})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", PROGRAM.format(forks=forks), "check", str(root)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.5)
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert said.count(b"\n") == 1
    assert said.startswith(f"clusterwright: {word}".encode())
    assert not [one for one in Path("/proc").glob("[0-9]*") if group_of(one) == process.pid]


def group_of(process: Path) -> int:
    """The process group of a process that still runs."""
    try:
        state, _, group = (process / "stat").read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return 0
    return 0 if state == "Z" else int(group)
