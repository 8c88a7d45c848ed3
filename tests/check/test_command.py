"""The verb, as a process sees it: its output, its exit codes, and what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.check.conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "clusterwright", "check", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment)


def test_nothing_found_is_0_and_one_line() -> None:
    done = run(FIXTURES / "app-ref" / "valid")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"0 errors, 0 warnings in 5 files, 3 resources (")


def test_findings_are_1_and_go_to_stdout() -> None:
    done = run("--format", "text", FIXTURES / "app-ref" / "invalid")
    assert done.returncode == 1
    assert done.stdout.startswith(b"registry/clusters/main/metrics.yaml:18:13: app-ref Application metrics: ")
    assert done.stderr == b""


def test_what_no_schema_judged_does_not_fail(write: Write) -> None:
    done = run(write({".clusterwright.yaml": "", "a.yaml": "apiVersion: x.io/v1\nkind: A\n"}))
    assert done.returncode == 0
    assert b"not checked: no schema for x.io/v1 A" in done.stdout


def test_the_current_folder_is_the_default(write: Write) -> None:
    root = write({".clusterwright.yaml": "", "a.yaml": "a: [\n"})
    assert run(cwd=root).stdout.startswith(b"a.yaml:2:1: yaml-parse")


def test_json_is_json_whatever_a_file_is_called(write: Write) -> None:
    root = write({".clusterwright.yaml": "", "a\nü.yaml": "a: [\n"})
    with open(os.fsencode(root) + b"/\xff.yaml", "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"a: [\n")
    done = run("--format=json", root)
    assert done.returncode == 1
    assert {one["path"] for one in json.loads(done.stdout)["findings"]} == {"a\nü.yaml", "\udcff.yaml"}
    assert run(root).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["--kubernetes-version", "new", "."], "'new' is no version of Kubernetes"),
        (["--kubernetes-version", "1.9", "."], "there are 1."),
        (["--format", "xml", "."], "is not one of 'text', 'json', 'sarif', 'junit', 'github', 'gitlab'"),
    ],
)
def test_wrong_use_is_2_and_one_line_without_a_traceback(write: Write, arguments: list[str], line: str) -> None:
    done = run(*arguments, cwd=write({".clusterwright.yaml": ""}))
    assert done.returncode == 2
    assert line in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_wrong_clusterwright_yaml_is_wrong_use(write: Write) -> None:
    done = run(write({".clusterwright.yaml": "colour: red\n"}))
    assert done.returncode == 2
    assert b"unknown key 'colour'" in done.stderr


def test_what_renders_is_never_imported() -> None:
    program = (
        "import sys; from clusterwright.cli import main;"
        f"main(['check', {str(FIXTURES / 'app-ref' / 'valid')!r}]);"
        "print(sorted({'copier', 'jinja2', 'ruamel', 'ruamel.yaml', 'pydantic', 'jsonschema'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
