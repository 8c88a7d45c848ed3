"""The verb, as a process sees it: its output, its exit codes, and what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.check.conftest import FIXTURES
from tests.conftest import commit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write


TWICE = "a: 1\na: 1\nb: [1] # stays\n"
WARNED = "check: {severity: {'*': warning}}\n"


def run(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "clusterwright", "check", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **variables}
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment, input=stdin)


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


def test_what_no_schema_judged_fails_where_the_repository_says_so(write: Write) -> None:
    severity = "check:\n  severity:\n    schema-missing: error\n"
    done = run(write({".clusterwright.yaml": severity, "a.yaml": "apiVersion: x.io/v1\nkind: A\n"}))
    assert done.returncode == 1
    assert b"a.yaml:2:7: schema-missing no schema for x.io/v1 A\n" in done.stdout
    assert b"1 error, 0 warnings" in done.stdout


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


def test_the_help_fits_a_screen_and_holds_an_example() -> None:
    lines = run("--help").stdout.decode().splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert "    clusterwright check" in "\n".join(lines)


def test_warnings_fail_only_a_strict_check(write: Write) -> None:
    root = write({".clusterwright.yaml": WARNED, "a.yaml": TWICE})
    done = run(root)
    assert done.returncode == 0
    assert done.stdout.startswith(b"a.yaml:2:1: yaml-duplicate-key warning: key 'a'")
    assert b"\n0 errors, 1 warning in 2 files" in done.stdout
    assert run("--strict", root).returncode == 1


def test_rules_are_selected_and_ignored(write: Write) -> None:
    root = write({".clusterwright.yaml": "", "a.yaml": TWICE, "b.yaml": "a: [\n"})
    done = run("--select", "yaml-parse", root)
    assert b"a.yaml" not in done.stdout
    assert b"\nnot run: " in done.stdout
    assert b"not run" not in run(root).stdout
    assert b"b.yaml" not in run("--select", "yaml-*", "--ignore", "yaml-parse", root).stdout
    assert b"--select: there is no rule 'yaml'" in run("--select", "yaml", root).stderr


@pytest.mark.parametrize(
    ("form", "begin"),
    [("json", b"{"), ("sarif", b"{"), ("junit", b"<?xml"), ("github", b"::error file=a.yaml,line=2"), ("gitlab", b"[")],
)
def test_a_report_goes_to_stdout_or_to_a_file_with_the_text_on_stdout(write: Write, form: str, begin: bytes) -> None:
    root = write({".clusterwright.yaml": "", "a.yaml": TWICE})
    assert run("--format", form, cwd=root).stdout.startswith(begin)
    done = run("--format", form, "--output", "report", cwd=root)
    assert done.returncode == 1
    assert done.stdout.startswith(b"a.yaml:2:1: ")
    assert (root / "report").read_bytes().startswith(begin)


def test_a_report_that_cannot_be_written_is_said_in_a_line(write: Write) -> None:
    done = run("--output", "nowhere/report", cwd=write({"a.yaml": TWICE}))
    assert done.returncode == 3
    assert done.stderr == b"clusterwright: nowhere/report: No such file or directory\n"


def test_colour_can_be_forced(write: Write) -> None:
    root = write({".clusterwright.yaml": "", "a.yaml": TWICE})
    assert b"\x1b" not in run(root).stdout
    shown = run(root, FORCE_COLOR="1").stdout
    assert b"\x1b[31myaml-duplicate-key\x1b[0m key" in shown
    assert b"\x1b[2m     2 |\x1b[0m a: 1\n" in shown


def test_fix_mends_says_so_and_reports_what_is_left(write: Write) -> None:
    root = write({".clusterwright.yaml": "", "a.yaml": TWICE, "b.yaml": "a: 1\na: 2\n"})
    shown = run("--diff", cwd=root)
    assert shown.returncode == 1
    assert shown.stdout == b"--- a/a.yaml\n+++ b/a.yaml\n@@ -1,3 +1,2 @@\n-a: 1\n a: 1\n b: [1] # stays\n"
    assert (root / "a.yaml").read_text() == TWICE
    done = run("--fix", cwd=root)
    assert done.returncode == 1
    assert done.stderr == b"fixed a.yaml:2:1: yaml-duplicate-key key 'a' is given twice, first on line 1: remove one\n"
    assert done.stdout.startswith(b"b.yaml:2:1: yaml-duplicate-key ")
    assert (root / "a.yaml").read_text() == "a: 1\nb: [1] # stays\n"
    again = run("--fix", cwd=root)
    assert (again.stderr, again.stdout.split(b"(")[0]) == (b"", done.stdout.split(b"(")[0])
    assert run("--diff", cwd=root).returncode == 0


def test_stdin_stands_for_a_file(write: Write) -> None:
    root = write({".clusterwright.yaml": "", "a.yaml": "a: [\n", "b.yaml": TWICE})
    done = run("--stdin-filename", "b.yaml", cwd=root, stdin=b"\nx: [\n")
    assert done.returncode == 1
    assert done.stdout.startswith(b"b.yaml:3:1: yaml-parse")
    assert b"in 1 file," in done.stdout
    assert run("--stdin-filename", "a.yaml", cwd=root, stdin=b"a: 1\n").returncode == 0


def test_only_what_has_changed(write: Write) -> None:
    root = write({"a.yaml": TWICE})
    commit(root)
    (root / "b.yaml").write_text(TWICE)
    done = run("--changed-since", "HEAD", cwd=root)
    assert done.stdout.startswith(b"b.yaml:2:1: ")
    assert b"\nnot shown: 1 finding in files that have not changed since HEAD" in done.stdout


def test_a_rule_is_explained_and_all_are_listed() -> None:
    assert run("--explain", "yaml-parse").stdout.startswith(b"# yaml-parse\n\n")
    wrong = run("--explain", "yaml-pars")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b'did you mean "yaml-parse"?' in wrong.stderr
    listed = run("--rules", "--select", "ignore-*").stdout.decode().splitlines()
    assert [line.split()[:2] for line in listed] == [["ignore-reason", "error"], ["ignore-unused", "warning"]]


@pytest.mark.parametrize(
    "arguments", [["--fix", "--diff"], ["--stdin-filename", "a.yaml", "."], ["--stdin-filename", "a.yaml", "--fix"]]
)
def test_what_does_not_go_together_is_wrong_use(write: Write, arguments: list[str]) -> None:
    done = run(*arguments, cwd=write({".clusterwright.yaml": ""}))
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_a_clean_run_imports_no_report_that_it_does_not_print() -> None:
    program = (
        "import sys; from clusterwright.cli import main;"
        f"main(['check', {str(FIXTURES / 'app-ref' / 'valid')!r}]);"
        "print(sorted(name.rpartition('.')[2] for name in sys.modules if '.check.reports.' in name or '.fix' in name));"
        "print(sorted({'colorama', 'difflib', 'subprocess', 'tomllib', 'tempfile'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment, text=True)
    assert done.stdout.splitlines()[-2:] == ["['text']", "[]"]


def test_what_renders_is_never_imported() -> None:
    program = (
        "import sys; from clusterwright.cli import main;"
        f"main(['check', {str(FIXTURES / 'app-ref' / 'valid')!r}]);"
        "print(sorted({'copier', 'jinja2', 'ruamel', 'ruamel.yaml', 'pydantic', 'jsonschema'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
