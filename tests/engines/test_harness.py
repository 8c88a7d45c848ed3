"""The harness itself: what it starts outlives no run, however that ends, and what can be built is never skipped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines.harness import build
from tests.engines.harness.processes import within

ROOT = Path(__file__).parents[2]
# A run that starts two programs, one of which does not want to stop, and then never ends by itself.
RUN = """
import os, sys, time
from pathlib import Path
from tests.engines.harness.processes import Processes

EASY = "import time; print(1, flush=True); time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"

def test_that_does_not_end(tmp_path):
    processes = Processes(tmp_path)
    try:
        processes.start("easy", [sys.executable, "-c", EASY], os.environ)
        processes.start("stubborn", [sys.executable, "-c", STUBBORN], os.environ)
        while not all((tmp_path / f"{name}.log").read_text() for name in processes.pids):
            time.sleep(0.1)
        Path("pids.part").write_text(" ".join(map(str, processes.pids.values())))
        Path("pids.part").rename("pids")
        time.sleep(600)
    finally:
        processes.stop()
"""


def runs(pid: int) -> bool:
    """Whether a process is there, and more than an entry in a table."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("name", "lanes"),
    [("SIGINT", 0), ("SIGTERM", 0), ("SIGHUP", 0), ("SIGKILL", 0), ("SIGTERM", 1), ("SIGKILL", 1)],
)
def test_what_was_started_stops_with_an_interrupted_run(name: str, lanes: int, tmp_path: Path) -> None:
    """Also when only the process is told that hands out the tests, and when a run has no time to stop anything."""
    (tmp_path / "test_run.py").write_text(RUN, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    plugins = ["-p", "tests.engines.harness.interrupt", "-p", "no:cacheprovider"]
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *plugins, f"--numprocesses={lanes}", "test_run.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as run:
        try:
            within(120, "the run has started its programs", (tmp_path / "pids").exists)
            pids = [int(pid) for pid in (tmp_path / "pids").read_text(encoding="utf-8").split()]
            assert all(map(runs, pids))
            run.send_signal(signal.Signals[name])
            said, _ = run.communicate(timeout=120)
        finally:
            run.kill()
    assert name == "SIGKILL" or "KeyboardInterrupt" in said
    within(60, "all have ended", lambda: not any(map(runs, pids)))


def test_an_engine_without_go_is_missing_and_a_build_that_fails_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is missing may be skipped; what cannot be built where Go is present may not."""
    monkeypatch.setattr(build, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(build.MissingError, match="Go is not installed, so redis could not be built"):
        build.engine("redis")
    (tmp_path / "go").write_text("#!/bin/sh\necho no such module >&2\nexit 1\n", encoding="utf-8")
    (tmp_path / "go").chmod(0o755)
    with pytest.raises(build.BuildError, match="no such module"):
        build.engine("redis")
    assert not issubclass(build.BuildError, build.MissingError)


def test_a_module_that_a_proxy_keeps_back_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """403 Forbidden is about this machine, so it may be skipped; 404 Not Found is about the module, and may not."""
    monkeypatch.setattr(build, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for said, error in {"403 Forbidden": build.MissingError, "404 Not Found": build.BuildError}.items():
        (tmp_path / "go").write_text(f"#!/bin/sh\necho reading the module: {said} >&2\nexit 1\n", encoding="utf-8")
        (tmp_path / "go").chmod(0o755)
        with pytest.raises(error, match=said):
            build.engine("redis")


SKIPS = """
import pytest

@pytest.fixture
def missing():
    pytest.skip("no such engine: that was not proven")

def test_that_misses_an_engine(missing):
    pass

def test_that_a_proxy_stops():
    pytest.skip("reading the module: 403 Forbidden: that was not proven")

@pytest.mark.skipif(True, reason="another system")
def test_of_another_system():
    pass

@pytest.mark.xfail(reason="a known gap", strict=True)
def test_gap():
    raise AssertionError
"""


@pytest.mark.parametrize("programs", [{"go"}, set()], ids=["go", "no go"])
def test_a_skip_where_go_is_present_fails_the_run(
    programs: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_skips.py").write_text(SKIPS, encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in programs:
        (tmp_path / name).touch(0o755)
    said = run(tmp_path, "-p", "tests.engines.harness.skips")
    assert ("skipped although Go is here: no such engine" in said) == ("go" in programs)
    assert f"{3 - len(programs)} skipped, 1 xfailed" in said


CONFTEST = """
from tests.engines.harness.proof import Proof

def pytest_configure(config):
    config.addinivalue_line("markers", "proves")
    config.pluginmanager.register(Proof())
"""
PROOFS = """
from pathlib import Path
import pytest

@pytest.mark.proves("One")
@pytest.mark.parametrize("path", [Path("laptop.yaml"), Path("laptop-minimal.yaml")], ids=str)
def test_one(path):
    assert path.stem == "laptop"

@pytest.mark.proves("Two", answers="laptop")
@pytest.mark.parametrize("part", [1, 2])
def test_two(part):
    if part == 2:
        pytest.skip("no Go: two was not proven")

@pytest.mark.proves("Two", answers="the matrix")
@pytest.mark.xfail(reason="a known gap", strict=True)
def test_gap():
    raise AssertionError
"""


def cells(text: str) -> dict[tuple[str, str], str]:
    """Reads the table of a run or of the README: what it says, by answers and engine, where it says something."""
    lines = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("| ")]
    (_, *engines), *rows = [[cell.strip() for cell in line] for line in lines]
    pairs = ((name, engine, said) for name, *row in rows for engine, said in zip(engines, row, strict=True))
    return {(name, engine): said for name, engine, said in pairs if said != "-"}


def run(folder: Path, *arguments: str) -> str:
    """Runs pytest and gives what it printed."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def test_the_table_says_no_more_than_the_tests(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_proofs.py").write_text(PROOFS, encoding="utf-8")
    said = run(tmp_path)
    assert cells(said) == {
        ("laptop", "One"): "proven",
        ("laptop", "Two"): "skipped [1]",
        ("laptop-minimal", "One"): "failed",
        ("the matrix", "Two"): "not yet [2]",
    }
    assert "[1] no Go: two was not proven\n[2] a known gap\n" in said


def test_the_readme_claims_nothing_that_no_test_proves() -> None:
    """The table there is the one that `nox -s engines` prints."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## How this is proven\n")[2]
    shown = cells(section.partition("\n## ")[0])
    assert "proven" in shown.values()
    assert shown.keys() <= cells(run(ROOT, "--collect-only", "tests/engines")).keys()
