"""The report as GitHub Actions reads it: commands on stdout become annotations of the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.reports.text import printable, summary

if TYPE_CHECKING:
    from clusterwright.check.model import Finding
    from clusterwright.check.report import Report

_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """An annotation for each error and warning, a notice on what was not checked, and the summary for the log."""
    lines = [_annotation(one, report.prefix) for one in report.findings if one.severity != "info"]
    for line in summary(report):
        if line.startswith("not checked: "):
            lines.append(f"::notice title=clusterwright check::{line.translate(_MESSAGE)}")
        else:
            lines.append(line)
    return "\n".join(lines)


def _annotation(finding: Finding, prefix: str) -> str:
    path = f"{prefix}{finding.path}".translate(_PROPERTY)
    where = f"file={path},line={finding.line},col={finding.col},title={finding.rule.translate(_PROPERTY)}"
    return f"::{finding.severity} {where}::{printable(finding.message).translate(_MESSAGE)}"
