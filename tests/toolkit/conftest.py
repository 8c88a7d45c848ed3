"""Runs the command line in this process, and shows all that it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

from clusterwright.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line on stderr, without the program's name."""
        lines = [line for line in self.err.splitlines() if ": note: " not in line]
        assert len(lines) == 1, self.err
        return lines[0].removeprefix("clusterwright: ")


class Run(Protocol):
    """Runs `clusterwright` with arguments."""

    def __call__(self, *arguments: str | Path) -> Outcome: ...


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> Outcome:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return Outcome(code, said.out, said.err)

    return call
