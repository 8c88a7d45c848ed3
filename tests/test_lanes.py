from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CONFTEST = """\
from tests.lanes import Lanes

def pytest_xdist_make_scheduler(config, log):
    return Lanes(config, log, {"test_one.py": "dear", "test_two.py": "dear"})
"""
TESTS = """\
import os
import pytest

@pytest.mark.parametrize("number", range(8))
def test_it(number):
    with open(os.environ["RAN"], "a") as ran:
        ran.write(f"{__name__} {os.environ['PYTEST_XDIST_WORKER']}\\n")
"""


def test_files_of_a_group_run_in_one_process_and_others_in_any(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    for name in ("one", "two", "other"):
        (tmp_path / f"test_{name}.py").write_text(TESTS, encoding="utf-8")
    # Options for the whole run are not for this one, whose two processes would share a folder.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "RAN": str(tmp_path / "ran"), "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-n2", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    ran = [line.split() for line in (tmp_path / "ran").read_text(encoding="utf-8").splitlines()]
    assert len(ran) == 24
    assert len({process for module, process in ran if module in {"test_one", "test_two"}}) == 1
    assert {process for _, process in ran} == {"gw0", "gw1"}
