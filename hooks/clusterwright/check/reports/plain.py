"""The report for programs: all of it as JSON, with a version for its shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clusterwright.check.model import Finding
    from clusterwright.check.report import Report

VERSION = 1
"""Raised when the shape changes in a way that breaks its readers; new keys do not."""


def render(report: Report) -> str:
    """Findings, what comments ignore, and the summary."""
    return json.dumps(
        {
            "version": VERSION,
            "findings": [_finding(one) for one in report.findings],
            "ignored": [{**_finding(one), "reason": reason} for one, reason in report.ignored],
            "summary": {
                "errors": len(report.errors),
                "warnings": len(report.warnings),
                "files": report.files,
                "resources": report.resources,
                "not_checked": report.not_checked,
                "not_shown": report.elsewhere,
                "rules_not_run": report.left_out,
                "kubernetes_version": report.kubernetes_version,
                "seconds": round(report.seconds, 3),
            },
        },
        indent=2,
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "path": finding.path,
        "line": finding.line,
        "col": finding.col,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "fixable": finding.fix is not None,
    }
