"""How answers may reach the output: a grep over the sources for every other way."""

from __future__ import annotations

import re

from tests.template.questions import ROOT

SOURCES = sorted(path for part in ("template", "providers") for path in (ROOT / part).rglob("*") if path.is_file())
# Answers whose validators allow quotes, spaces or any other character that some language reads as its own.
FREE_TEXT = ("organisation", "kube_context")


def test_free_text_is_quoted_wherever_it_is_used() -> None:
    for path in SOURCES:
        for expression in re.findall(r"#\{(.*?)\}#", path.read_text(encoding="utf-8"), re.DOTALL):
            for answer in FREE_TEXT:
                if re.search(rf"\b{answer}\b", expression):
                    assert re.search(rf"\b(yaml|hcl|html|md|sh)\([^)]*\b{answer}\b", expression), (
                        f"{path}: {expression}"
                    )


def test_workflows_take_nothing_from_answers_but_names_and_versions() -> None:
    allowed = {"branch", "extra", "github", "ours", "tool_version", "version"}
    source = (ROOT / "_shared/workflow.jinja").read_text(encoding="utf-8")
    calls = {"history", "review_jobs", "toolkit"}
    found = " ".join(re.findall(r"#\{ (.*?) \}#", source))
    assert set(re.findall(r"[a-z_]+", re.sub(r"'[^']*'", "", found))) - {"if", "else"} == allowed | calls
