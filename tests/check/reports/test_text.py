from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from clusterwright.check.report import Report
from clusterwright.check.reports.text import Look, look, printable, render
from clusterwright.records import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN = """\
a.yaml:2:3: schema wrong: do right
a.yaml:4:1: risky warning: careful: look
1 error, 1 warning in 2 files, 3 resources (0.2 s)
fixable: 1, with --fix
ignored: 1 finding, by comments
not checked: no schema for x.io/v1 A (2)"""

RICH = """\
a.yaml:2:3: schema wrong: do right
     2 |   "quoted text": 2
       |   ^^^^^^^^^^^^^
a.yaml:4:1: risky warning: careful: look
     4 | [a, b]
       | ^"""


class Terminal(io.BytesIO):
    def isatty(self) -> bool:
        return True


def test_a_line_for_each_finding_then_what_the_report_leaves_out(report: Report) -> None:
    assert render(report) == PLAIN


def test_the_source_with_a_mark_below_it(report: Report) -> None:
    assert render(report, Look(source=True)).startswith(RICH)


def test_colour_adds_colours_and_nothing_else(report: Report) -> None:
    coloured = render(report, Look(source=True, colour=True))
    assert "\x1b[31mschema\x1b[0m" in coloured
    assert "\x1b[33mrisky\x1b[0m" in coloured
    for code in ("0", "1", "2", "31", "33"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == render(report, Look(source=True))


def test_nothing_found() -> None:
    assert render(Report((), 1, 0, "1.35", 0.0)) == "0 errors, 0 warnings in 1 file, 0 resources (0.0 s)"


def test_findings_that_are_not_shown_are_counted(report: Report) -> None:
    shown = render(replace(report, since="main", elsewhere=2))
    assert "\nnot shown: 2 findings in files that have not changed since main\n" in shown


def test_rules_that_did_not_run_are_counted(report: Report) -> None:
    assert "\nnot run: 2 rules of 6\n" in render(replace(report, left_out=2))


@pytest.mark.parametrize("look", [Look(), Look(source=True)])
def test_nothing_in_a_repository_can_steer_the_terminal_or_begin_a_line(hostile: Report, look: Look) -> None:
    shown = render(hostile, look)
    assert not [char for char in shown if char != "\n" and not char.isprintable() and char != "\udcff"]
    assert shown.splitlines()[0].startswith("a\\nb,:%\\x1b[31m\udcff ü.yaml:2:3: schema <&\"'> % \\x00 \\x1b]0;x\\x07")


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (io.BytesIO(), {}, Look()),
        (io.BytesIO(), {"FORCE_COLOR": "1"}, Look(source=True, colour=True)),
        (io.BytesIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, Look(source=True)),
        (Terminal(), {}, Look(source=True, colour=True)),
        (Terminal(), {"NO_COLOR": "1"}, Look(source=True)),
        (Terminal(), {"NO_COLOR": ""}, Look(source=True, colour=True)),
        (Terminal(), {"TERM": "dumb"}, Look()),
    ],
)
def test_how_it_looks_depends_on_who_reads(stream: io.BytesIO, environment: Mapping[str, str], expected: Look) -> None:
    assert look(stream, environment) == expected


def test_printable_leaves_letters_alone() -> None:
    assert printable("größe 日本") == "größe 日本"
