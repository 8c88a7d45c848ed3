"""What `clusterwright check` does once its command line is read."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from clusterwright.errors import UserError, located
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from clusterwright.check.report import Report
    from clusterwright.check.run import Wanted

FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab")
_KEPT: list[object] = []
"""What was read, so that it is not freed before the process ends anyway: that would be a fiftieth of the time."""


@dataclass(frozen=True, slots=True)
class Options:
    """The command line: what each option is called, and what it is if it is not given."""

    paths: tuple[str, ...] = ()
    form: str = "text"
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    fix: bool = False
    diff: bool = False
    changed_since: str | None = None
    stdin_filename: str | None = None
    kubernetes_version: str | None = None
    schema_location: tuple[str, ...] = ()
    explain: str | None = None
    rules: bool = False


def run(options: Options) -> int:
    """Checks; returns the exit code."""
    gc.disable()  # one run builds much and frees nothing: collecting would cost a quarter of the time

    if options.explain or options.rules:
        return _tell(options)
    _possible(options)
    from clusterwright.check.run import checked

    wanted = _wanted(options)
    paths = (options.stdin_filename,) if options.stdin_filename else options.paths or (".",)
    report, repository = checked(*paths, wanted=wanted)
    _KEPT.append(repository)
    if options.diff:
        return _diff(report)
    if options.fix and _fix(report):
        report, _ = checked(*paths, wanted=wanted)
    _print(report, options.form, options.output)
    return 1 if report.failures else 0


def _tell(options: Options) -> int:
    """Says what rules there are, or what one of them is."""
    from clusterwright.check.choice import Choice
    from clusterwright.check.explain import page, table
    from clusterwright.check.registry import RULES
    from clusterwright.check.selection import Selection

    if options.explain:
        sys.stdout.write(page(options.explain, (rule.id for rule in RULES)))
    else:
        print(table(Selection(RULES, Choice(), options.select, options.ignore).rules))
    return 0


def _possible(options: Options) -> None:
    """Refuses what does not go together."""
    mends = options.fix or options.diff
    if options.stdin_filename and (options.paths or mends):
        raise UserError("--stdin-filename: is one file, and is only read: leave out PATH, --fix and --diff")
    if options.fix and options.diff:
        raise UserError("--fix and --diff: one writes, the other shows; choose one")


def _wanted(options: Options) -> Wanted:
    from clusterwright.check.run import Wanted
    from clusterwright.check.settings import minor_version

    version = options.kubernetes_version
    return Wanted(
        kubernetes_version=minor_version(version, "--kubernetes-version") if version else "",
        select=options.select,
        ignore=options.ignore,
        strict=options.strict,
        changed_since=options.changed_since or "",
        content=sys.stdin.buffer.read() if options.stdin_filename else None,
        schema_locations=options.schema_location,
    )


def _diff(report: Report) -> int:
    from clusterwright.check.fix import changes, diff

    shown = [diff(one) for one in changes(report)]
    for one in shown:
        _write(one)
    return 1 if shown else 0


def _fix(report: Report) -> bool:
    """Mends files, and says on stderr what it mended; whether there was anything."""
    from clusterwright.check.fix import changes, write
    from clusterwright.check.reports.text import line

    done = False
    for change in changes(report):
        write(report.root, change)
        done = True
        for finding in change.findings:
            print(f"fixed {line(finding)}", file=sys.stderr)
    return done


def _print(report: Report, form: str, output: str | None) -> None:
    """Prints the report; one that goes into a file is printed as text besides."""
    if output:
        from pathlib import Path

        from clusterwright.check.reports import render

        with located(output):
            Path(output).write_bytes(_bytes(render(report, form)))
        form = "text"
    if form == "text":
        from clusterwright.check.reports import text

        _write(text.render(report, text.look(sys.stdout.buffer, os.environ)))
    else:
        from clusterwright.check.reports import render

        _write(render(report, form))


def _write(text: str) -> None:
    sys.stdout.buffer.write(_bytes(text))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape") + b"\n"
