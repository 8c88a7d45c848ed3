"""Every report says the same, the risk first, and none can be misused by what a repository holds."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest
from markdown_it import MarkdownIt

from clusterwright.review.reports import FORMATS, render
from clusterwright.review.reports.markdown import LONGEST, MARKER, cell, code, fenced, prose
from tests.conftest import ROOT
from tests.review.garden import FILES, LOKI, SHOP, application

if TYPE_CHECKING:
    from clusterwright.review.model import Review
    from tests.review.conftest import Workshop

SCHEMA = json.loads((ROOT / "schemas" / "review.json").read_bytes())
NASTY = [
    "@everyone",
    "<img src=x onerror=alert(1)>",
    "](https://evil.example)",
    "`` ` ``` `code`",
    "a | b",
    "#1 !2 $3 %4 ~5 owner/repo#6",
    "https://evil.example www.evil.example mail@evil.example",
    "-->",
    "</details>",
    "\x1b[31mred",
    "\\",
    " ",
    "*a* _b_ **c** ~~d~~",
    "&lt;b&gt;",
]


@pytest.fixture
def review(workshop: Workshop) -> Review:
    """A bump that two clusters share, a danger, and something outside of clusters."""
    west = "registry/clusters/west/loki.yaml"
    workshop.commit({**FILES, west: application("loki", "west"), "infrastructure/git/main.tf": "locals {}\n"})
    for path in (LOKI, west):
        workshop.edit(path, "targetRevision: 2.4.1", "targetRevision: 2.4.2")
    workshop.edit(SHOP, "  name: data\n", "  name: more-data\n")
    workshop.edit("CODEOWNERS", "apps/ @acme/shop", "apps/ @acme/all")
    return workshop.review()


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_begins_with_the_verdict_and_names_the_danger_early(review: Review, form: str) -> None:
    text = render(review, form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    body = text.partition("<body>")[2] or text
    assert "volume-claim-removed" in body[:3000]
    assert text == render(review, form)


def test_the_text_has_everything_in_its_order(review: Review) -> None:
    lines = render(review, "text").splitlines()
    assert lines[:2] == [
        "Needs attention: 2 dangers",
        "2 of 2 clusters touched · 4 distinct changes in 4 files",
    ]
    heads = [line for line in lines if line and not line.startswith(" ")][2:]
    assert heads == [
        "Attention (2)",
        "Reach",
        "Changes (4)",
        "Whose changes these are, by who owns a path (.clusterwright.yaml)",
        "Not checked",
    ]
    assert "  ~ Application <cluster>-loki  (2 clusters)" in lines
    assert "      spec.sources[chart=loki].targetRevision: 2.4.1 -> 2.4.2" in lines
    assert "  east, west (2)" in lines
    assert "    loki  version 2.4.1 -> 2.4.2" in lines


def test_json_is_as_its_schema_says(review: Review) -> None:
    data = json.loads(render(review, "json"))
    jsonschema_rs.Draft202012Validator(SCHEMA).validate(data)
    assert data["verdict"] == "attention"
    assert [one["rule"] for one in data["attention"]] == ["volume-claim-removed", "protection-removed"]
    assert [row["clusters"] for row in data["rows"]] == [["east", "west"]]


def test_markdown_begins_with_the_marker_and_is_closed_as_it_is_opened(review: Review) -> None:
    text = render(review, "markdown")
    assert text.startswith(f"{MARKER}\n")
    assert text.count("<details>") == text.count("</details>") == text.count("<summary>")
    assert "| 🛑 danger | `PersistentVolumeClaim data`" in text


def test_markdown_stays_below_the_limit_and_says_what_it_leaves_out(workshop: Workshop) -> None:
    paths = [f"platform/shop/values-{number}.yaml" for number in range(300)]
    workshop.commit(dict.fromkeys(paths, "a: 1\n"))
    for number, path in enumerate(paths):
        workshop.write(path, f"a: {number + 2}\n" + "".join(f"key{line}: {number}\n" for line in range(40)))
    text = render(workshop.review(), "markdown")
    assert LONGEST * 0.9 < len(text) <= LONGEST
    assert re.search(r"^\d+ more changes are in the full report: there is no room here\.$", text, re.MULTILINE)
    assert text.count("<details>") == text.count("</details>")


def test_markdown_stays_below_the_limit_with_hundreds_of_dangers(workshop: Workshop) -> None:
    names = [f"{'long-' * 20}{number}" for number in range(200)]
    workshop.commit({f"registry/{name}.yaml": application("loki", name) for name in names})
    for name in names:
        workshop.remove(f"registry/{name}.yaml")
    text = render(workshop.review(), "markdown")
    assert len(text) <= LONGEST
    assert text.splitlines()[2].startswith("### 🛑 Needs attention: ")


@pytest.mark.parametrize("value", NASTY)
def test_nothing_from_a_repository_is_markup(value: str) -> None:
    markdown = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
    for made in (code(value), prose(value)):
        tokens = markdown.parseInline(made)[0].children or []
        assert {token.type for token in tokens} <= {"code_inline", "text", "text_special"}
    (table,) = re.findall(r"<td>(.*?)</td>", markdown.render(f"|a|\n|---|\n| {cell(value)} |"), re.DOTALL)
    assert re.fullmatch(r"<code>.*</code>", table, re.DOTALL)
    block, *others = markdown.parse(fenced([value, "```"], "diff"))
    assert (block.type, others) == ("fence", [])
    assert "\x1b" not in prose(value) + code(value) + block.content


@pytest.mark.parametrize("value", NASTY)
def test_nobody_is_mentioned_and_nothing_is_a_link(value: str) -> None:
    text = prose(value)
    assert not re.search(r"@\w|(?<!\\)#\d|!\d|\$\d|%\d|://\w|www\.|\w@", text)
    assert text.replace("\u200b", "").replace("\\", "").replace("&lt;", "<") in {
        value.replace("\\", ""), "x1b[31mred",
    } or value == "&lt;b&gt;"  # fmt: skip


def test_secrets_are_not_repeated(workshop: Workshop) -> None:
    manifest = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\nstringData:\n  password: {}\n"
    token = "ghp_" + "Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2"
    workshop.commit({**FILES, "platform/shop/manifests/secret.yaml": manifest.format("correct-horse")})
    workshop.write("platform/shop/manifests/secret.yaml", manifest.format("battery-staple"))
    workshop.write("bootstrap/more.sh", f"export TOKEN={token}\n")
    workshop.write("platform/loki/values.yaml", f"token: {token}\n")
    workshop.write("docs/components.md", f"| loki | {token} |\n")
    for form in FORMATS:
        text = render(workshop.review(), form)
        assert "correct-horse" not in text
        assert "battery-staple" not in text
        assert token not in text
