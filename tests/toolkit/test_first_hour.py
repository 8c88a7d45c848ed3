"""The transcript in the documentation, typed again: what it shows is what a person sees, but for numbers."""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING

from clusterwright import __version__
from tests.conftest import NOBODY, ROOT, Template, commit, copy_sources
from tests.toolkit.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "first-hour.md"
LEFT_OUT = "..."
LONGEST = 300.0
"""The five minutes in which a newcomer comes to a checked repository."""
_ASKED = re.compile(r"^(?:  \w+ \[.*\]|Enter makes it.*): ?")
_NUMBER = re.compile(r"v?[0-9]+(\.[0-9]+)*")


def transcript() -> list[str]:
    """The lines of the terminal, without the command that began them."""
    text = PAGE.read_text(encoding="utf-8")
    command, *lines = text.partition("```console\n")[2].partition("```")[0].splitlines()
    assert command == "$ clusterwright new my-platform"
    return lines


def without_numbers(text: str) -> str:
    return _NUMBER.sub("N", text)


def test_it_names_the_release_that_this_is() -> None:
    tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    for text in (PAGE.read_text(encoding="utf-8"), tutorial):
        assert f", from Clusterwright v{__version__}.\n" in text


def test_the_transcript_is_what_a_person_sees(tmp_path: Path) -> None:
    sources, folder = tmp_path / "template", tmp_path / "empty"
    sources.mkdir()
    folder.mkdir()
    commit(copy_sources(sources), "Release", "v999.0.0")
    template = Template(sources)
    command = [sys.executable, "-m", "clusterwright", "new", "my-platform", "--template", str(template.path)]
    begun = time.monotonic()
    with Terminal(command, folder, NOBODY) as terminal:
        for line in transcript():
            question = _ASKED.match(line)
            if question:
                terminal.expect(question[0].rstrip())
                terminal.type(line[question.end() :])
        assert terminal.end() == 0
        seen = without_numbers(terminal.text)
    assert time.monotonic() - begun < LONGEST
    place = 0
    for line in (without_numbers(one).rstrip() for one in transcript() if one not in {"", LEFT_OUT}):
        assert line in seen[place:], seen
        place = seen.index(line, place) + len(line)
    assert (folder / "my-platform" / "fleet.yaml").is_file()
