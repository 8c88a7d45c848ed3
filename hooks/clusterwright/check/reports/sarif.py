"""The report as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from clusterwright import __version__
from clusterwright.check.explain import url
from clusterwright.check.reports.fingerprints import fingerprints

if TYPE_CHECKING:
    from clusterwright.check.model import Finding, Severity
    from clusterwright.check.report import Report
    from clusterwright.check.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def render(report: Report) -> str:
    """One run: its rules, its results (those that comments ignore are marked so), and what it could not check."""
    shown = [one for one in report.findings if one.severity != "info"]
    marks = fingerprints([*shown, *(one for one, _ in report.ignored)])
    results = [_result(one, report, marks.pop(0)) for one in shown]
    for one, reason in report.ignored:
        ignored = {"suppressions": [{"kind": "inSource", "justification": reason}]}
        results.append(_result(one, report, marks.pop(0)) | ignored)
    notes = [_note(one, report) for one in report.findings if one.severity == "info"]
    run = {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The git repository."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "Clusterwright",
        "semanticVersion": __version__,
        "informationUri": "https://github.com/clusterwright/clusterwright",
        "rules": [_rule(one) for one in report.rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "helpUri": url(rule.id),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, report: Report, fingerprint: str) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(finding, report)],
        "partialFingerprints": {"finding/v1": fingerprint},
    }


def _note(finding: Finding, report: Report) -> dict[str, Any]:
    return {
        "level": "note",
        "message": {"text": f"not checked: {finding.message}"},
        "locations": [_location(finding, report)],
        "associatedRule": {"id": finding.rule},
    }


def _location(finding: Finding, report: Report) -> dict[str, Any]:
    path = quote(os.fsencode(f"{report.prefix}{finding.path}"))
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": path, "uriBaseId": "ROOT"},
            "region": {"startLine": finding.line, "startColumn": finding.col},
        }
    }
