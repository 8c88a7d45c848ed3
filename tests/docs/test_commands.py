"""Every command in the documentation is run; one that needs more than this machine has is read by its own program.

A page that makes a platform begins in an empty folder, every other one in a default platform. A comment before a block
says what is special: `needs more`, what is missing here; `on`, the answers of tests/valid whose platform it is run in;
`file`, which file it is; `in fleet.yaml`, that it is a key of that file.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
import pytest

from clusterwright.verbs import cli
from tests.commands import leaves, typed, understood
from tests.conftest import NOBODY, ROOT, VERSION, commit, git
from tests.template.questions import VALID, answers
from tests.toolkit.test_first_hour import PAGE as TRANSCRIPT
from tests.toolkit.test_first_hour import without_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

DOCS = ROOT / "docs"
BLOCK = re.compile(
    r"(?:^[ ]*<!-- (?P<note>needs more: [^\n]+|on: [^\n]+|file: [^\n]+|in fleet\.yaml) -->\n)?"
    r"^(?P<indent>[ ]*)```(?P<kind>sh|yaml)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
SPAN = re.MULTILINE | re.DOTALL
LEFT_OUT = "..."
ELSEWHERE = {"export", "kubectl"}
"""Programs that ask a cluster, and what sets them up."""


@dataclass(frozen=True)
class Block:
    """A block of a page: its language, what is special about it, and its text."""

    kind: str
    note: str
    text: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = [Block(one["kind"], one["note"] or "", textwrap.dedent(one["text"])) for one in BLOCK.finditer(text)]
    return [block for block in found if block.kind == "sh" or block.note]


PAGES = {str(path.relative_to(DOCS)): found for path in sorted(DOCS.rglob("*.md")) if (found := blocks(path))}


@pytest.fixture(scope="session")
def begun(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A default platform, which the pages begin from."""
    folder = tmp_path_factory.mktemp("begun")
    git(folder, "clone", "--quiet", str(rendered), "platform")
    return folder / "platform"


@pytest.fixture
def shell(template: Template, tmp_path: Path) -> dict[str, str]:
    """Where the programs of this project are found, and `new` takes the template as it stands here."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, module in (("clusterwright", "clusterwright"), ("copier", "copier")):
        more = f'if [ "$1" = new ]; then set -- "$@" --template {template.path} --ref {VERSION}; fi\n'
        program = programs / name
        program.write_text(
            f'#!/bin/sh\n{more if name == "clusterwright" else ""}exec {sys.executable} -m {module} "$@"\n'
        )
        program.chmod(0o755)
    return {**os.environ, **NOBODY, "PATH": f"{programs}:{os.environ['PATH']}"}


def script(found: list[Block]) -> str:
    """What of a page is run, as one script."""
    parts = []
    for number, block in enumerate(found):
        end = f"END_OF_BLOCK_{number}"
        if block.note.startswith("file: "):
            parts.append(f"cat >{block.note.removeprefix('file: ')} <<'{end}'\n{block.text}{end}")
        elif block.note == "in fleet.yaml":
            key = block.text.partition(":")[0]
            parts.append(
                f"{{ grep -v '^{key}:' fleet.yaml; cat; }} >fleet.new <<'{end}'\n{block.text}{end}\n"
                "mv fleet.new fleet.yaml"
            )
        elif not block.note:
            parts.append(block.text)
    return "\n".join(parts)


def run(commands: str, folder: Path, shell: dict[str, str]) -> str:
    """Runs commands as a person types them, each of which has to succeed; returns what is seen."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=folder, env=shell, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_every_command_runs_as_it_stands(begun: Path, shell: dict[str, str], tmp_path: Path, page: str) -> None:
    commands = script(PAGES[page])
    if "clusterwright new" not in commands:
        git(tmp_path, "clone", "--quiet", str(begun), "platform")
    folder = tmp_path / "platform"
    folder.mkdir(exist_ok=True)
    place, seen = 0, without_numbers(run(commands, folder, shell))
    for line in map(without_numbers, shown(page)):
        assert line in seen[place:], f"{line}\n\nis not in\n\n{seen[place:]}"
        place = seen.index(line, place) + len(line)


def shown(page: str) -> list[str]:
    """The lines that a page says its reader sees, in their order."""
    if page.startswith("rules/"):
        return []
    blocks = re.findall(r"^```text\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), SPAN)
    return [line.rstrip() for block in blocks for line in block.splitlines() if line.strip() not in {"", LEFT_OUT}]


ON = [
    pytest.param(block.note.removeprefix("on: "), block.text, id=f"{page} {block.note}")
    for page, found in PAGES.items()
    for block in found
    if block.note.startswith("on: ")
]


@pytest.mark.parametrize(("name", "text"), ON)
def test_a_command_for_another_platform_runs_there(
    template: Template, shell: dict[str, str], tmp_path: Path, name: str, text: str
) -> None:
    made = template.render(answers(VALID / f"{name}.yaml"), tmp_path / "platform")
    commit(made, "Begin")
    run(text, made, shell)


LATER = [
    (page, line)
    for page, found in PAGES.items()
    for block in found
    if block.note.startswith("needs more")
    for line in block.text.replace("\\\n", "").splitlines()
    if line.strip()
]


@pytest.mark.parametrize(("page", "line"), LATER, ids=[f"{page}: {line}" for page, line in LATER])
def test_a_command_that_needs_more_is_known_to_its_program(
    rendered: Path, monkeypatch: pytest.MonkeyPatch, page: str, line: str
) -> None:
    monkeypatch.chdir(rendered)
    program, *arguments = shlex.split(line, comments=True)
    if program.startswith("bootstrap/"):
        assert os.access(rendered / program, os.X_OK)
    elif program == "clusterwright":
        understood(cli, "clusterwright", arguments)
    else:
        assert program in ELSEWHERE, page


CONSOLE = [
    pytest.param(command, seen, id=f"{path.relative_to(DOCS)}: {command}")
    for path in sorted(DOCS.rglob("*.md"))
    if path != TRANSCRIPT
    for command, seen in re.findall(r"^```console\n\$ ([^\n]+)\n(.*?)^```$", path.read_text(encoding="utf-8"), SPAN)
]


@pytest.mark.parametrize(("command", "seen"), CONSOLE)
def test_a_terminal_in_a_page_shows_what_a_person_sees(
    shell: dict[str, str], tmp_path: Path, command: str, seen: str
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=shell, capture_output=True, check=False, text=True)
    assert done.stdout + done.stderr == seen


def test_a_verb_or_option_that_a_sentence_names_is_there() -> None:
    known = dict(leaves(cli, "clusterwright"))
    for path in (ROOT / "README.md", *sorted(DOCS.rglob("*.md"))):
        for found in re.findall(r"(?<!`)`(clusterwright [^`]+)`(?!`)", path.read_text(encoding="utf-8")):
            words = shlex.split(found)
            verb = max((name for name in known if words[: name.count(" ") + 1] == name.split()), key=len)
            assert verb != "clusterwright", f"{path}: {found}"
            options = {spelled for one in known[verb].params for spelled in (*one.opts, *one.secondary_opts)}
            assert {word for word in words if word.startswith("--")} <= options, f"{path}: {found}"


def test_a_wrong_option_in_a_page_would_be_found() -> None:
    with pytest.raises(click.UsageError, match=r"No such option '?--outputs"):
        understood(cli, "clusterwright", ["map", "--outputs", "map.html"])


def test_every_command_of_the_readme_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-platform").mkdir()
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [one for block in re.findall(r"^```sh\n(.*?)^```$", text, SPAN) for one in typed(block)]
    assert len(commands) > 5
    for one in commands:
        understood(cli, "clusterwright", one)
