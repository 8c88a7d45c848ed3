"""What a run has proven: a table of answers files and engines, printed when the run ends.

A test names the engine that it asks, as the table calls it:

    @pytest.mark.proves("kubeconform")
    def test_kubeconform_agrees_with_check(platform: Path) -> None: ...

The answers file is the parameter, of the test or of a fixture of it, that is a path in tests/valid or the name of a
file there. Where none is, the mark names it, or whatever else was proven: `proves("Argo CD", answers="laptop")`,
`proves("kubeconform", answers="the matrix")`. `pytestmark = pytest.mark.proves(...)` marks a module; two marks prove
two things. A cell is proven when every test that is marked with it has passed. A test that cannot run skips with a line
that says what was not proven; the table repeats it. Tests of the tests, such as planted faults, carry no mark.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

VALID = sorted(path.stem for path in (Path(__file__).parents[2] / "valid").glob("*.yaml"))
NOTHING = "-"
# The worst that a cell's tests say is what the cell says.
STATES = ("proven", "not run", "not yet", "skipped", "failed")


class Cell(NamedTuple):
    """What can be proven: an engine accepts what an answers file makes."""

    answers: str
    engine: str


class Proof:
    """The plugin.

    Attributes:
        states: What is known about each cell.
        reasons: Why something was not proven, in the order in which it was said.
    """

    def __init__(self, left_out: Collection[str] = ()) -> None:
        """Takes down proofs, but for those of answers that this run leaves out."""
        self._left_out = left_out
        self.states: dict[Cell, str] = {}
        self.reasons: dict[str, set[Cell]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Writes the cells on each test's reports, which reach the run wherever the test runs."""
        for item in items:
            for cell in (one for one in cells(item) if one.answers not in self._left_out):
                item.user_properties.append(("proves", "\t".join(cell)))
                self.states.setdefault(cell, "")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes down what a part of a test says."""
        state, reason = verdict(report)
        for cell in [Cell(*str(value).split("\t")) for name, value in report.user_properties if name == "proves"]:
            known = self.states.get(cell, "")
            self.states[cell] = max(known, state, key=("", *STATES).index)
            if reason:
                self.reasons.setdefault(reason, set()).add(cell)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Prints the table."""
        if self.states:
            terminalreporter.section("what was proven")
            for line in table({cell: state or "not run" for cell, state in self.states.items()}, self.reasons):
                terminalreporter.write_line(line)


def cells(item: pytest.Item) -> Iterator[Cell]:
    """Returns what a test proves.

    Raises:
        pytest.UsageError: It does not say for which answers.
    """
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    stems = [one.stem if isinstance(one, Path) else one for one in parameters.values()]
    found = [stem for stem in stems if stem in VALID]
    for mark in item.iter_markers("proves"):
        answers = [mark.kwargs["answers"]] if "answers" in mark.kwargs else found
        if not answers:
            raise pytest.UsageError(f"{item.nodeid}: `proves` needs answers=, for no parameter is an answers file")
        yield from (Cell(one, mark.args[0]) for one in answers)


def verdict(report: pytest.TestReport) -> tuple[str, str]:
    """Returns what a report means for its cells, and why it is not more."""
    if hasattr(report, "wasxfail"):
        return "not yet", str(report.wasxfail)
    if report.skipped:
        told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        return "skipped", told.removeprefix("Skipped: ")
    if report.failed:
        return "failed", ""
    return ("proven" if report.when == "call" else ""), ""


def table(states: dict[Cell, str], reasons: dict[str, set[Cell]]) -> list[str]:
    """Returns the table in Markdown, with a footnote for each reason."""
    engines = sorted({cell.engine for cell in states}, key=str.lower)
    answers = sorted({cell.answers for cell in states}, key=lambda name: (name not in VALID, name))
    notes = {cell: number for number, about in enumerate(reasons.values(), 1) for cell in about}

    def say(cell: Cell) -> str:
        note = f" [{notes[cell]}]" if cell in notes else ""
        return states.get(cell, NOTHING) + note

    rows = [["Answers", *engines], *([name, *(say(Cell(name, engine)) for engine in engines)] for name in answers)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines + [f"[{number}] {reason}" for number, reason in enumerate(reasons, 1)]
