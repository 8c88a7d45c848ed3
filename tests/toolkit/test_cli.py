from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from clusterwright import __version__, cli, git
from clusterwright.commands import new
from clusterwright.errors import Unfinished, UserError
from clusterwright.verbs import cli as group
from tests.commands import leaves, typed, understood
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.toolkit.conftest import Outcome, Run

COMMAND = [sys.executable, "-m", "clusterwright"]


COMMANDS = dict(leaves(group, "clusterwright"))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_a_screen_and_shows_an_example(run: Run, name: str) -> None:
    said = run(*name.split()[1:], "--help")
    assert said.code == 0
    assert len(said.out.splitlines()) <= 40
    assert max(map(len, said.out.splitlines())) <= 80
    assert re.search(rf"^ *(source <\()?{name}( |$)", said.out.partition("Example")[2], re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_is_understood(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-platform").mkdir()
    (tmp_path / "answers.yaml").touch()
    for one in typed(COMMANDS[name].epilog or ""):
        understood(group, "clusterwright", one)


def test_the_short_option_shows_the_same_help(run: Run) -> None:
    assert run("-h") == run("--help")


def test_every_verb_says_the_same_in_both_helps() -> None:
    for verb, summary in cli.VERBS.items():
        command = group.get_command(click.Context(group), verb)
        assert command is not None
        assert command.get_short_help_str(100).rstrip(".") == summary.rstrip(".")


def test_the_version_is_that_of_the_template(run: Run) -> None:
    assert run("--version").out == f"clusterwright {__version__}\n"
    computed = (ROOT / "questions/computed.yml").read_text()
    assert f"cw_version:\n  type: str\n  when: false\n  default: {__version__}\n" in computed


def test_releases_are_named_in_full_and_in_order() -> None:
    releases = yaml.safe_load((ROOT / "releases.yaml").read_text())
    versions = [tuple(map(int, release["version"].split("."))) for release in releases]
    assert versions == sorted(versions)
    assert all(len(release["commit"]) == 40 for release in releases)


def test_releases_name_the_charts_of_their_catalogue() -> None:
    for release in yaml.safe_load((ROOT / "releases.yaml").read_text()):
        catalogue = git.ask(ROOT, "show", f"{release['commit']}:catalogue.yaml")
        if catalogue is None:
            pytest.skip(f"this clone does not hold release {release['version']}")
        records = yaml.safe_load(catalogue).items()
        charts = {name: record["chart"]["version"] for name, record in records if "chart" in record}
        assert release["charts"] == charts


def test_a_verb_is_imported_only_when_it_is_called() -> None:
    heavy = "'yaml', 'jsonschema_rs', 'copier', 'clusterwright.commands.new', 'clusterwright.check'"
    code = f"import sys; from clusterwright.cli import main; main(['-h']); print({{{heavy}}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    "arguments", [[], ["frobnicate"], ["new"], ["new", "x", "--frobnicate"], ["apply", "/nowhere"]]
)
def test_wrong_use_is_two(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).code == 2


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (UserError("cloud: wrong; use another"), 2, "cloud: wrong; use another"),
        (Unfinished("git: not found"), 3, "git: not found"),
        (KeyboardInterrupt(), 130, "interrupted; nothing was left half-written"),
        (cli.Terminated(15), 143, "terminated; nothing was left half-written"),
        (OSError(28, "No space left on device", "/some/file"), 3, "/some/file: No space left on device"),
        (OSError("strange\nerror"), 3, "strange error"),
    ],
)
def test_every_ending_is_one_line_and_a_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, line: str
) -> None:
    assert (ended := end_with(run, monkeypatch, error)).code == code
    assert ended.err.strip() == f"clusterwright: {line}"


def test_a_bug_is_one_line_that_repeats_no_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = end_with(run, monkeypatch, RuntimeError("s3cret"))
    assert ended.code == 3
    assert ended.line.startswith("a bug, RuntimeError at clusterwright.cli:")
    assert "s3cret" not in ended.err


def end_with(run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Outcome:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(new.command, "callback", fail)
    return run("new", "x")


def test_a_reader_that_leaves_early_ends_it_quietly() -> None:
    script = f"{' '.join(COMMAND)} --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, env=os.environ)
    assert done.stderr == ""
    assert done.returncode in (0, 141)


def test_the_wheel_carries_the_toolkit_and_its_schemas_and_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hatchling.builders.wheel import WheelBuilder

    monkeypatch.chdir(ROOT)
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert "clusterwright/cli.py" in names
    assert any(name.startswith("clusterwright/schemas/") for name in names)
    assert not any(name.startswith(("tests/", "hooks/")) for name in names)
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository/x.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: []\n")
    command = [sys.executable, "-c", "from clusterwright.cli import run; run()", "check", "repository"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("x.yaml:4:")
    explained = subprocess.run(
        [*command[:-1], "--explain", "schema"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert explained.stdout == (ROOT / "docs/rules/schema.md").read_text("utf-8")
