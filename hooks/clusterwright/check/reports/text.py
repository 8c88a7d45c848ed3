"""The report for people: a line for each finding, on a terminal with the source below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.suggest import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

    from clusterwright.check.model import Finding
    from clusterwright.check.report import Report


class Look(NamedTuple):
    """How the text looks: with the source of each finding or without, and in colour or not."""

    source: bool = False
    colour: bool = False


PLAIN = Look()


def look(stream: IO[bytes], environment: Mapping[str, str]) -> Look:
    """How text looks best on a stream: plain lines if a program reads them, unless FORCE_COLOR says otherwise."""
    rich = bool(environment.get("FORCE_COLOR")) or (stream.isatty() and environment.get("TERM") != "dumb")
    return Look(rich, rich and not environment.get("NO_COLOR"))


def render(report: Report, look: Look = PLAIN) -> str:
    """Errors and warnings in order of files and lines, then the summary and what was not checked."""
    source = None
    if look.source:
        from clusterwright.check.reports.excerpt import Excerpts

        source = Excerpts(report.texts, colour=look.colour)
    lines: list[str] = []
    for one in report.findings:
        if one.severity != "info":
            lines.append(source.line(one) if source else line(one))
            lines.extend(source.below(one) if source else ())
    return "\n".join([*lines, *summary(report)])


def line(finding: Finding) -> str:
    """`path:line:col: rule message`; that of a warning says so."""
    weight = "warning: " if finding.severity == "warning" else ""
    message = printable(f"{weight}{finding.message}")
    return f"{printable(finding.path)}:{finding.line}:{finding.col}: {finding.rule} {message}"


def summary(report: Report) -> Iterator[str]:
    """What was found and, line by line, what the report does not show and why."""
    yield (
        f"{counted(len(report.errors), 'error')}, {counted(len(report.warnings), 'warning')} in"
        f" {counted(report.files, 'file')}, {counted(report.resources, 'resource')} ({report.seconds:.1f} s)"
    )
    if report.fixable:
        yield f"fixable: {len(report.fixable)}, with --fix"
    if report.ignored:
        yield f"ignored: {counted(len(report.ignored), 'finding')}, by comments"
    if report.elsewhere:
        yield f"not shown: {counted(report.elsewhere, 'finding')} in files that have not changed since {report.since}"
    if report.left_out:
        yield f"not run: {counted(report.left_out, 'rule')} of {report.left_out + len(report.rules)}"
    if report.not_checked:
        what = [message if times == 1 else f"{message} ({times})" for message, times in report.not_checked.items()]
        yield printable(f"not checked: {listed(what)}")


def printable(text: str) -> str:
    """A text on one line, whatever characters it holds: none of them may steer a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or "\udc80" <= char <= "\udcff" else repr(char)[1:-1] for char in text)
