"""Work in two processes gives what it gives in one; run in a fresh process, because one with threads is not copied."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from clusterwright.check import parallel
from clusterwright.check.parallel import WORTH_IT, spread

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only there a second process is a copy of the first")
BEGIN = (
    "import os, sys; from clusterwright.check import parallel; parallel._may_fork = lambda: True; here = os.getpid();"
)


def run(program: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + program], capture_output=True, env=environment, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_a_few_items_are_done_in_order() -> None:
    assert spread([3, 1, 2], str) == ["3", "1", "2"]


@LINUX
def test_many_items_are_done_in_order_by_two_processes() -> None:
    program = f"""
done = parallel.spread(list(range({WORTH_IT} + 1)), lambda n: (n, os.getpid(), {{"k": [None, True, 1.5, b"x"]}}))
print([n for n, _, _ in done] == list(range({WORTH_IT} + 1)), len({{pid for _, pid, _ in done}}), done[1][2])
"""
    assert run(program) == "True 2 {'k': [None, True, 1.5, b'x']}"


@LINUX
@pytest.mark.parametrize("fault", ["os._exit(1)", "1 / 0", "os.kill(os.getpid(), 9)"])
def test_what_the_second_process_fails_at_is_done_by_the_first(fault: str) -> None:
    program = f"""
def work(n):
    if os.getpid() != here:
        {fault}
    return n
print(parallel.spread(list(range({WORTH_IT})), work) == list(range({WORTH_IT})))
"""
    assert run(program) == "True"


@LINUX
def test_an_error_here_ends_the_second_process_too() -> None:
    program = f"""
def work(n):
    if os.getpid() == here:
        raise KeyboardInterrupt
    return "x" * 100_000
try:
    parallel.spread(list(range({WORTH_IT})), work)
except KeyboardInterrupt:
    print("stopped")
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("alone")
"""
    assert run(program).split() == ["stopped", "alone"]


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not parallel._may_fork()  # noqa: SLF001 - the decision is what the test is about
