"""Prints a report: as text for people, as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from clusterwright.check.suggest import listed

if TYPE_CHECKING:
    from clusterwright.check.run import Report

JSON_VERSION = 1
"""Raised when the shape of the JSON changes in a way that breaks its readers; new keys do not."""


def as_text(report: Report) -> str:
    """One line for each finding, then the summary and what was not checked."""
    lines = [f"{_printable(one.path)}:{one.line}:{one.col}: {one.rule} {one.message}" for one in report.errors]
    lines.append(
        f"{_count(len(report.errors), 'finding')} in {_count(report.files, 'file')},"
        f" {_count(report.resources, 'resource')} ({report.seconds:.1f} s)"
    )
    if report.not_checked:
        what = [message if count == 1 else f"{message} ({count})" for message, count in report.not_checked.items()]
        lines.append(f"not checked: {listed(what)}")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """The whole report, with a version for its shape."""
    import json

    return json.dumps(
        {
            "version": JSON_VERSION,
            "findings": [asdict(one) for one in report.findings],
            "summary": {
                "errors": len(report.errors),
                "files": report.files,
                "resources": report.resources,
                "not_checked": report.not_checked,
                "kubernetes_version": report.kubernetes_version,
                "seconds": round(report.seconds, 3),
            },
        },
        indent=2,
    )


def _printable(path: str) -> str:
    """A path on one line, whatever characters a file name holds."""
    return "".join(char if char.isprintable() or "\udc80" <= char <= "\udcff" else repr(char)[1:-1] for char in path)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
