"""Answers are untrusted text: each hostile one is refused in one line, or comes out as the same inert value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.template.questions import reaching, text_questions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Template

HOSTILE = {
    "quotes": "a\"b'c",
    "workflow-expression": "${{ secrets.TOKEN }}",
    "helm-expression": "{{ .Values.token }}",
    "hcl-template": '${file("/etc/passwd")}',
    "hcl-directive": "%{ for x in y }",
    "jinja-expression": "#{ 7 * 7 }#",
    "jinja-statement": "#% include 'x' %#",
    "newline": "a\nb: c",
    "line-separator": "a\N{LINE SEPARATOR}b",
    "traversal": "../../etc/passwd",
    "yaml-tag": "!!python/object/apply:os.system [id]",
    "yaml-anchor": "*anchor",
    "markdown": "[x](javascript:alert(1)) <script>x</script> | `code`",
    "shell": "$(id) `id` ; id && id",
    "emoji": "\N{ZEBRA FACE}",
    "long": "x" * 10_000,
    "option": "--help",
    "null": "null",
    "surrogate": "\ud800",
}

LISTS: dict[str, Callable[[str], Any]] = {
    "environments": lambda value: [value],
    "people": lambda value: [{"name": value, "email": "a@acme.dev", "teams": ["developers"]}],
    "versions": lambda value: {"reloader": value},
    "applications": lambda value: [
        {"name": "a", "source": {"path": "apps/a"}, "team": value, "environments": {"development": {}}}
    ],
    "allowed_repositories": lambda value: [value],
    "roots": lambda value: [value],
    "owners": lambda value: {"/apps/": [value]},
    "clusters": lambda value: [{"name": "old", "kind": "physical", "adopt": {"server": value}}],
    "rings": lambda value: {"stable": {"release": value}},
    "aws_node_subnets": lambda value: [value],
    "aws_load_balancer_subnets": lambda value: [value],
    "aws_api_allowed_cidrs": lambda value: [value],
    "google_api_allowed_cidrs": lambda value: [value],
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("question", text_questions())
def test_hostile_text_is_refused_in_one_line_or_stays_inert(
    sources: Template, tmp_path: Path, question: str, kind: str
) -> None:
    value = HOSTILE[kind]
    refusal = sources.refusal({**reaching(question), question: value}, tmp_path / "out")
    if refusal is None:
        recorded = yaml.safe_load((tmp_path / "out/.copier-answers.yml").read_text(encoding="utf-8"))
        assert recorded[question] == value
    else:
        assert_one_line(refusal, question)
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind not in {"option", "null", "emoji"}])
@pytest.mark.parametrize("name", LISTS)
def test_hostile_text_in_fleet_data_is_refused_in_one_line(
    sources: Template, tmp_path: Path, name: str, kind: str
) -> None:
    data: dict[str, Any] = {**reaching(name), name: LISTS[name](HOSTILE[kind])}
    refusal = sources.refusal(data, tmp_path / "out")
    assert refusal is not None
    assert_one_line(refusal, name)


@pytest.mark.parametrize(
    "value",
    ['"; ${x} %{y} {{ z }} ${{ a }}', "[a](b) <b> | `c` *d* _e_ # f \\", "\N{ZEBRA FACE} \u00c9", "null", "a: b, - c"],
)
def test_free_text_reads_back_as_itself_from_the_readme(sources: Template, tmp_path: Path, value: str) -> None:
    repository = sources.render({"organisation": value}, tmp_path / "out")
    tokens = MarkdownIt("commonmark").enable("table").parse((repository / "README.md").read_text(encoding="utf-8"))
    inline = next(token for token in tokens if token.content.startswith("The platform of"))
    assert {child.type for child in inline.children or []} <= {"text", "text_special", "softbreak"}
    read = "".join(child.content for child in inline.children or [])
    assert read.startswith(f"The platform of {value}: ")


def assert_one_line(refusal: str, question: str) -> None:
    assert "\n" not in refusal
    assert refusal.startswith(f"{question}: ")
    assert len(refusal) < 400
