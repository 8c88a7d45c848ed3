from __future__ import annotations

import json
from dataclasses import replace

from clusterwright.check.model import Finding
from clusterwright.check.report import as_json, as_text
from clusterwright.check.run import Report

FOUND = Finding("a.yaml", 2, 3, "schema", "error", "wrong: do right")
UNKNOWN = Finding("b.yaml", 1, 1, "schema-missing", "info", "no schema for x.io/v1 A")
REPORT = Report((FOUND, UNKNOWN, replace(UNKNOWN, line=9)), 2, 3, "1.35", 0.25)


def test_text_has_a_line_for_each_finding_and_says_what_was_not_checked() -> None:
    assert as_text(REPORT).splitlines() == [
        "a.yaml:2:3: schema wrong: do right",
        "1 finding in 2 files, 3 resources (0.2 s)",
        "not checked: no schema for x.io/v1 A (2)",
    ]


def test_text_of_nothing() -> None:
    assert as_text(Report((), 1, 0, "1.35", 0.0)) == "0 findings in 1 file, 0 resources (0.0 s)"


def test_a_path_takes_one_line_whatever_it_holds() -> None:
    report = Report((replace(FOUND, path="a\nb\x1b[31m.yaml"),), 1, 0, "1.35", 0.0)
    assert as_text(report).splitlines()[0] == "a\\nb\\x1b[31m.yaml:2:3: schema wrong: do right"


def test_the_shape_of_the_json() -> None:
    printed = json.loads(as_json(REPORT))
    assert printed["version"] == 1
    assert printed["findings"][0] == {
        "path": "a.yaml",
        "line": 2,
        "col": 3,
        "rule": "schema",
        "severity": "error",
        "message": "wrong: do right",
    }
    assert printed["summary"] == {
        "errors": 1,
        "files": 2,
        "resources": 3,
        "not_checked": {"no schema for x.io/v1 A": 2},
        "kubernetes_version": "1.35",
        "seconds": 0.25,
    }
