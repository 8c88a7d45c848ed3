"""The commands of the documentation, read from its pages.

A comment before a block says what is special about it:

- `on: NAME`: it is for the platform of these answers of tests/valid.
- `file: NAME`: it is this file; `in fleet.yaml`: it is a key of that one.
- `with stand-ins`: it starts or changes a cluster. What it calls stands in for Docker, k3d, kubectl and the others.
- `at a git host`: it asks one, which stands in for Gitea and GitHub.
- `at a cluster`: it asks an API server, which the engines' tests have.

CONTRIBUTING.md lists the commands of the last three kinds.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = ROOT / "docs"
STAND_INS, GIT_HOST, CLUSTER = "with stand-ins", "at a git host", "at a cluster"
_BLOCK = re.compile(
    rf"(?:^[ ]*<!-- (?P<note>{STAND_INS}|{GIT_HOST}|{CLUSTER}|on: [^\n]+|file: [^\n]+|in fleet\.yaml) -->\n)?"
    r"^(?P<indent>[ ]*)```(?P<kind>sh|yaml)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A block of a page: its language, what is special about it, and its text."""

    kind: str
    note: str
    text: str

    @property
    def lines(self) -> Iterator[str]:
        """Its commands, each on one line."""
        joined = re.sub(r"\\\n\s*", "", self.text)
        yield from (line.strip() for line in joined.splitlines() if line.strip())


def blocks(page: Path) -> list[Block]:
    """Those of a page that are commands, or what commands need."""
    text = page.read_text(encoding="utf-8")
    found = [Block(one["kind"], one["note"] or "", textwrap.dedent(one["text"])) for one in _BLOCK.finditer(text)]
    return [block for block in found if block.kind == "sh" or block.note]


PAGES = {str(path.relative_to(DOCS)): found for path in sorted(DOCS.rglob("*.md")) if (found := blocks(path))}


def noted(note: str) -> list[tuple[str, Block]]:
    """The blocks with a note, each with its page."""
    return [(page, block) for page, found in PAGES.items() for block in found if block.note == note]
