"""One report with every sort of finding in it."""

from __future__ import annotations

import pytest

from clusterwright.check.ignores import Ignored
from clusterwright.check.model import Finding
from clusterwright.check.report import Report
from clusterwright.check.rule import Rule
from clusterwright.records import replace

ERROR = Finding("a.yaml", 2, 3, "schema", "error", "wrong: do right", "quote")
WARNING = Finding("a.yaml", 4, 1, "risky", "warning", "careful: look")
UNKNOWN = Finding("b.yaml", 1, 1, "schema-missing", "info", "no schema for x.io/v1 A")
RULES = (
    Rule("schema", "Every resource is right", "yaml.unreadable"),
    Rule("risky", "Nothing is risky", "yaml.unreadable", "warning"),
    Rule("schema-missing", "Every kind has a schema", "yaml.unreadable", "info"),
    Rule("quiet", "Something holds", "yaml.unreadable"),
)


@pytest.fixture
def report() -> Report:
    return Report(
        findings=(ERROR, WARNING, UNKNOWN, replace(UNKNOWN, line=9)),
        files=2,
        resources=3,
        kubernetes_version="1.35",
        seconds=0.25,
        rules=RULES,
        ignored=(Ignored(replace(ERROR, line=7), "made by CI"),),
        texts={"a.yaml": b'one: 1\n  "quoted text": 2\n\n[a, b]\n'},
    )


@pytest.fixture
def hostile(report: Report) -> Report:
    """A report whose path and message hold what every format has to escape."""
    bad = replace(ERROR, path="a\nb,:%\x1b[31m\udcff ü.yaml", message="<&\"'> % \x00 \x1b]0;x\x07 \ud800\n::error::")
    return replace(report, findings=(bad,), texts={bad.path: b"x\n\x1b[2J\t\xff\n"})
