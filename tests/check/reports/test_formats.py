"""The formats that programs read, each judged by what reads it: parsers, and the official schema of SARIF.

schemas/sarif-2.1.0.json is OASIS's own, errata 01, as the Go module github.com/owenrumney/go-sarif/v3 v3.3.1 has it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema_rs import Draft4Validator

from clusterwright.check.command import FORMATS
from clusterwright.check.reports import render
from clusterwright.records import replace

if TYPE_CHECKING:
    from clusterwright.check.report import Report

SARIF = Draft4Validator((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))


def sarif(report: Report) -> dict[str, Any]:
    log = json.loads(render(report, "sarif"))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_takes_nothing_at_all(report: Report, form: str) -> None:
    assert render(replace(report, findings=(), ignored=()), form)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_takes_whatever_a_file_is_called_and_says(hostile: Report, form: str) -> None:
    assert render(hostile, form).encode("utf-8", "surrogateescape")


def test_json_holds_everything(report: Report) -> None:
    printed = json.loads(render(report, "json"))
    assert printed["version"] == 1
    assert printed["findings"][0] == {
        "path": "a.yaml",
        "line": 2,
        "col": 3,
        "rule": "schema",
        "severity": "error",
        "message": "wrong: do right",
        "fixable": True,
    }
    assert printed["ignored"] == [{**printed["findings"][0], "line": 7, "reason": "made by CI"}]
    assert printed["summary"] == {
        "errors": 1,
        "warnings": 1,
        "files": 2,
        "resources": 3,
        "not_checked": {"no schema for x.io/v1 A": 2},
        "not_shown": 0,
        "rules_not_run": 0,
        "kubernetes_version": "1.35",
        "seconds": 0.25,
    }


def test_json_round_trips_any_path(hostile: Report) -> None:
    assert json.loads(render(hostile, "json"))["findings"][0]["path"] == hostile.findings[0].path


def test_sarif_is_valid_and_names_rule_level_and_place(report: Report) -> None:
    run = sarif(replace(report, prefix="sub dir/"))
    error, warning, ignored = run["results"]
    assert (error["ruleId"], error["level"]) == ("schema", "error")
    assert (warning["ruleId"], warning["level"]) == ("risky", "warning")
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "sub%20dir/a.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 3}
    assert ignored["suppressions"] == [{"kind": "inSource", "justification": "made by CI"}]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["schema", "risky", "schema-missing", "quiet"]


def test_sarif_says_what_was_not_checked_without_making_it_a_result(report: Report) -> None:
    run = sarif(report)
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == ["not checked: no schema for x.io/v1 A"] * 2


def test_sarif_of_a_hostile_name_is_valid(hostile: Report) -> None:
    place = sarif(hostile)["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%0Ab%2C%3A%25%1B%5B31m%FF%20%C3%BC.yaml"


def test_junit_fails_for_errors_and_in_a_strict_check_for_warnings(report: Report) -> None:
    def outcomes(report: Report) -> list[tuple[str | None, list[str]]]:
        suite = ET.fromstring(render(report, "junit"))[0]  # noqa: S314 - our own
        cases = [(case.get("classname"), [child.tag for child in case]) for case in suite]
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(sum("failure" in tags for _, tags in cases))
        assert suite.get("skipped") == str(sum("skipped" in tags for _, tags in cases))
        return cases

    skipped = [("schema-missing", ["skipped"])] * 2
    quiet: tuple[str | None, list[str]] = ("quiet", [])
    assert outcomes(report) == [("schema", ["failure"]), ("risky", ["properties"]), *skipped, quiet]
    assert outcomes(replace(report, strict=True))[1] == ("risky", ["failure"])


def test_junit_of_a_hostile_name_is_xml(hostile: Report) -> None:
    case = ET.fromstring(render(hostile, "junit"))[0][0]  # noqa: S314 - our own
    assert "<&\"'> % ? ?]0;x? ?" in case[0].attrib["message"]


def test_github_annotates_errors_and_warnings(report: Report) -> None:
    lines = render(replace(report, prefix="sub/"), "github").splitlines()
    assert lines[0] == "::error file=sub/a.yaml,line=2,col=3,title=schema::wrong: do right"
    assert lines[1] == "::warning file=sub/a.yaml,line=4,col=1,title=risky::careful: look"
    assert lines[-1] == "::notice title=clusterwright check::not checked: no schema for x.io/v1 A (2)"
    assert len(lines) == 6


def test_nothing_in_a_repository_can_give_commands_to_github(hostile: Report) -> None:
    lines = render(hostile, "github").splitlines()
    assert [line for line in lines if line.startswith("::")] == lines[:1]
    assert "\\n::error::" in lines[0]
    assert "file=a%0Ab%2C%3A%25" in lines[0]


def test_gitlab_names_stay_when_lines_move(report: Report) -> None:
    twice = replace(report, findings=(report.errors[0], replace(report.errors[0], line=8), report.warnings[0]))
    moved = replace(twice, findings=tuple(replace(one, line=one.line + 5) for one in twice.findings))
    first, second = (json.loads(render(one, "gitlab")) for one in (twice, moved))
    names = [one["fingerprint"] for one in first]
    assert names == [one["fingerprint"] for one in second]
    assert len(set(names)) == 3
    assert [one["severity"] for one in first] == ["major", "major", "minor"]
    assert first[0]["location"] == {"path": "a.yaml", "lines": {"begin": 2}}
    assert first[0]["check_name"] == "schema"
