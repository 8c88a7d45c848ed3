"""Work in two processes gives what it gives in one; run in a fresh process, because one with threads is not copied."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from clusterwright.check import parallel
from clusterwright.check.parallel import WORTH_IT, Pair

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only there a second process is a copy of the first")
BEGIN = """
import os, time
from clusterwright.check import parallel
parallel._may_fork = lambda: True
first = os.getpid()
"""


def run(program: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + program], capture_output=True, env=environment, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_a_few_items_are_done_in_order_by_one_process() -> None:
    with Pair() as pair:
        assert pair.share([3, 1, 2], str) == ["3", "1", "2"]
        assert not pair.shared


@LINUX
@pytest.mark.parametrize("count", [WORTH_IT, 199, 200, 201, 1000])
def test_many_items_are_done_in_order_by_two_processes_and_both_have_them(count: int) -> None:
    program = f"""
def work(n):
    time.sleep(0.0005)
    return n, os.getpid(), {{"k": [None, True, 1.5, b"x"]}}
with parallel.Pair() as pair:
    done = pair.share(list(range({count})), work)
    said = [n for n, _, _ in done] == list(range({count})), len({{pid for _, pid, _ in done}}), done[1][2]
    if pair.second:
        pair.finish(said)
    print(said == pair.receive(), *said)
"""
    assert run(program) == "True True 2 {'k': [None, True, 1.5, b'x']}"


@LINUX
def test_each_job_is_taken_once() -> None:
    program = f"""
with parallel.Pair() as pair:
    pair.share(list(range({WORTH_IT})), str)
    pair.post(list(range(99)))
    took = []
    for job in pair.jobs():
        time.sleep(0.001)
        took.append(job)
    if pair.second:
        pair.finish(took)
    theirs = pair.receive()
    print(sorted(took + theirs) == list(range(99)), bool(took), bool(theirs))
"""
    assert run(program) == "True True True"


@LINUX
@pytest.mark.parametrize("fault", ["os._exit(1)", "1 / 0", "os.kill(os.getpid(), 9)"])
def test_what_the_second_process_fails_at_is_done_by_the_first(fault: str) -> None:
    program = f"""
def work(n):
    if os.getpid() != first:
        {fault}
    time.sleep(0.001)
    return n
with parallel.Pair() as pair:
    print(pair.share(list(range({WORTH_IT})), work) == list(range({WORTH_IT})))
    print(pair.shared, pair.receive())
"""
    assert run(program).split() == ["True", "False", "None"]


@LINUX
def test_an_error_here_ends_the_second_process_too() -> None:
    program = f"""
def work(n):
    if os.getpid() == first:
        raise KeyboardInterrupt
    return "x" * 100_000
try:
    with parallel.Pair() as pair:
        pair.share(list(range({WORTH_IT})), work)
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
