"""What is known is not asked again, and what may have changed is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.engines.harness.memory import KEPT, Memory, digest

ROOT = Path(__file__).parents[2]
CONFTEST = """
from pathlib import Path

from tests.engines.harness.known import Known
from tests.engines.harness.memory import Memory


def pytest_addoption(parser):
    parser.addoption("--afresh", action="store_true")


def pytest_configure(config):
    config.pluginmanager.register(Known(Memory(afresh=config.getoption("--afresh"), place=Path("known").absolute())))
"""
# Two tests that write down that they ran; the second may fail.
TESTS = """
from pathlib import Path

def note(name):
    with Path("ran").open("a") as file: file.write(name)

def test_one(): note("1")

def test_two():
    note("2")
    assert not Path("broken").exists()
"""


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(place=tmp_path / "known").of("question", "the code that asks")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository whose tests of a server write down that they ran."""
    place = tmp_path / "tests/engines"
    place.mkdir(parents=True)
    (place / "test_argo_cd.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def ran(folder: Path, *options: str) -> tuple[str, str]:
    """Runs the tests; gives which of them ran, and what the run says in the end."""
    (folder / "ran").write_text("", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "tests/engines/test_argo_cd.py"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return (folder / "ran").read_text(encoding="utf-8"), done.stdout


def test_an_answer_is_found_for_the_same_input_only(memory: Memory) -> None:
    memory.keep(["said"], "one", b"two")
    assert memory.recall("one", b"two") == ["said"]
    assert memory.recall("one", b"other") is None
    assert memory.recall("onet", b"wo") is None


def test_an_answer_is_not_found_when_other_code_asks(memory: Memory) -> None:
    memory.keep(["said"], "input")
    assert memory.of("question", "other code").recall("input") is None
    assert memory.of("other question", "the code that asks").recall("input") is None


def test_who_asks_afresh_finds_nothing_and_keeps_what_is_said(memory: Memory) -> None:
    afresh = Memory(memory.question, memory.depends, afresh=True, place=memory.place)
    afresh.keep(["said"], "input")
    assert afresh.recall("input") is None
    assert memory.recall("input") == ["said"]


def test_what_nobody_asks_for_goes(memory: Memory) -> None:
    for name in ("wanted", "unwanted"):
        memory.keep(["said"], name)
    old = time.time() - (KEPT + 1) * 24 * 60 * 60
    for path in memory.place.glob("*/*"):
        os.utime(path, (old, old))
    assert memory.recall("wanted")
    memory.forget()
    assert memory.recall("wanted")
    assert memory.recall("unwanted") is None


def test_a_folder_is_told_apart_by_names_and_contents(tmp_path: Path) -> None:
    seen = []
    for name, text in (("a", "1"), ("a", "2"), ("b", "2")):
        for path in tmp_path.iterdir():
            path.unlink()
        (tmp_path / name).write_text(text, encoding="utf-8")
        seen.append(digest(tmp_path))
    assert len(set(seen)) == 3
    assert seen[-1] == digest(tmp_path)


def test_tests_of_servers_run_once(folder: Path) -> None:
    assert ran(folder)[0] == "12"
    again, said = ran(folder)
    assert again == ""
    assert "2 tests of servers were not run again" in said
    assert "2 passed" in said
    assert ran(folder, "--afresh")[0] == "12"


def test_a_file_of_which_one_test_failed_is_run_again_as_a_whole(folder: Path) -> None:
    (folder / "broken").touch()
    assert ran(folder)[0] == "12"
    (folder / "broken").unlink()
    assert ran(folder)[0] == "12"
    assert ran(folder)[0] == ""
