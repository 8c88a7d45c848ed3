"""The report as JUnit XML: a test for each finding, and one for each rule that found nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from clusterwright.check.model import Finding
    from clusterwright.check.report import Report

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """One suite. What could not be checked is skipped; a warning is said, and fails in a strict check only."""
    failures = set(report.failures)
    speaking = {one.rule for one in report.findings}
    cases = [_case(one, report.prefix, fails=one in failures) for one in report.findings]
    cases += [
        f"    <testcase {_attributes(classname=one.id, name=one.title)}/>"
        for one in report.rules
        if one.id not in speaking
    ]
    totals = _attributes(
        name="clusterwright check",
        tests=str(len(cases)),
        failures=str(len(failures)),
        errors="0",
        skipped=str(sum(one.severity == "info" for one in report.findings)),
        time=f"{report.seconds:.3f}",
    )
    suite = [f"  <testsuite {totals}>", *cases, "  </testsuite>"]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suite, "</testsuites>"])


def _case(finding: Finding, prefix: str, *, fails: bool) -> str:
    where = f"{finding.path}:{finding.line}:{finding.col}"
    case = _attributes(
        classname=finding.rule,
        name=f"{where} {finding.message}",
        file=f"{prefix}{finding.path}",
        line=str(finding.line),
    )
    message = _attributes(message=f"{where}: {finding.message}")
    if fails:
        inside = f"<failure {message} {_attributes(type=finding.severity)}/>"
    elif finding.severity == "info":
        inside = f"<skipped {message}/>"
    else:
        inside = f"<properties><property {_attributes(name='warning', value=finding.message)}/></properties>"
    return f"    <testcase {case}>{inside}</testcase>"


def _attributes(**values: str) -> str:
    """Attributes of XML; what no XML may hold is shown as a question mark."""
    return " ".join(f"{name}={quoteattr(_ILLEGAL.sub('?', value))}" for name, value in values.items())
