"""The report as GitLab reads it: Code Quality, shown in merge requests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clusterwright.check.reports.fingerprints import fingerprints

if TYPE_CHECKING:
    from clusterwright.check.model import Severity
    from clusterwright.check.report import Report

SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor"}


def render(report: Report) -> str:
    """A list with an entry for each error and warning."""
    shown = [one for one in report.findings if one.severity in SEVERITIES]
    entries = [
        {
            "description": one.message,
            "check_name": one.rule,
            "fingerprint": fingerprint,
            "severity": SEVERITIES[one.severity],
            "location": {"path": f"{report.prefix}{one.path}", "lines": {"begin": one.line}},
        }
        for one, fingerprint in zip(shown, fingerprints(shown), strict=True)
    ]
    return json.dumps(entries, indent=2)
