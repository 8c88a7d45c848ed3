"""Two processes find what one finds, each thing at its place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.check.conftest import FIXTURES, findings
from tests.check.test_parallel import LINUX

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
from clusterwright.check import judging, parallel
parallel._may_fork = lambda: {forks}
{fault}
from clusterwright.check.run import check
for one in check({root!r}).findings:
    print(one)
"""
FAULTS = {
    "none": "",
    "it ends before it says anything": "judging.serve = lambda *_: 1 / 0",
    "it ends before its last word": "parallel.Pair.finish = lambda *_: 1 / 0",
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("faulty")
    for name in ("schema", "app-path", "yaml-parse", "yaml-duplicate-key", "wave-integer", "placeholder"):
        shutil.copytree(FIXTURES / name / "invalid", root / name)
    for number in range(60):
        (root / f"{number}.yaml").write_text(
            f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: [{number}]\n"
        )
    return root


def found(root: Path, fault: str = "", *, forks: bool) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    program = PROGRAM.format(forks=forks, fault=fault, root=str(root))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=environment, text=True, check=True, timeout=120
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@LINUX
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_two_processes_find_what_one_finds_whatever_becomes_of_the_second(faulty: Path, fault: str) -> None:
    alone = found(faulty, forks=False)
    assert len(alone) > 60
    assert found(faulty, fault, forks=True) == alone


def test_a_message_quotes_no_more_than_anybody_reads(tmp_path: Path) -> None:
    name = "x" * 1_000_000
    (tmp_path / "a.yaml").write_text(f"apiVersion: {name}\nkind: ConfigMap\n")
    (tmp_path / "b.yaml").write_text(f'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  ? "{name}"\n  : 1\n')
    found = findings(tmp_path)
    assert len(found) > 1
    assert max(len(one.message) for one in found) == 503
