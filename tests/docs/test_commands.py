"""Every command in the documentation is run as it stands; test_beyond.py has those that reach beyond this machine.

A page that makes a platform begins in an empty folder, every other one in a default platform.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import click
import pytest

from clusterwright.verbs import cli
from tests.commands import leaves, understood
from tests.conftest import ROOT, commit, git
from tests.docs.conftest import run
from tests.docs.pages import DOCS, PAGES, Block
from tests.template.questions import VALID, answers
from tests.toolkit.test_first_hour import PAGE as TRANSCRIPT
from tests.toolkit.test_first_hour import without_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

SPAN = re.MULTILINE | re.DOTALL
LEFT_OUT = "..."


@pytest.fixture(scope="session")
def begun(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A default platform, which the pages begin from."""
    folder = tmp_path_factory.mktemp("begun")
    git(folder, "clone", "--quiet", str(rendered), "platform")
    return folder / "platform"


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
