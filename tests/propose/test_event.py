"""Events of git hosts: what they ask for, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clusterwright.errors import UserError
from clusterwright.propose.answer import answer
from clusterwright.propose.event import Asked, read

if TYPE_CHECKING:
    from pathlib import Path

FORM = """\
### Name of the application

shop

### Chart

ghcr.io/acme/charts/shop

### Version

1.4.0

### Environments

development, staging

### Team

_No response_

### Port

8080
"""


def event(tmp_path: Path, content: object) -> Asked | None:
    path = tmp_path / "event.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read(path)


def test_a_form_is_read_by_its_headings(tmp_path: Path) -> None:
    asked = event(tmp_path, {"action": "opened", "issue": {"number": 7, "body": FORM.replace("\n", "\r\n")}})
    assert asked is not None
    assert (asked.what, asked.issue) == ("application", 7)
    given = {key: value for key, value in asked.given.items() if value}
    assert given == {
        "name": "shop",
        "chart": "ghcr.io/acme/charts/shop",
        "version": "1.4.0",
        "environments": ("development", "staging"),
        "port": "8080",
    }


def test_gitlab_tells_of_an_issue_in_its_own_words(tmp_path: Path) -> None:
    text = "### Name of the cluster\n<!-- lower-case letters -->\npreview\n\n### Kind\n\nvirtual\n"
    issue = {"iid": 3, "action": "open", "description": text}
    asked = event(tmp_path, {"object_kind": "issue", "object_attributes": issue})
    assert asked is not None
    assert (asked.what, asked.issue, asked.given["name"], asked.given["kind"]) == ("cluster", 3, "preview", "virtual")
    assert event(tmp_path, {"object_kind": "issue", "object_attributes": {**issue, "action": "close"}}) is None


@pytest.mark.parametrize("wrap", [lambda inputs: {"inputs": inputs}, lambda inputs: inputs])
def test_a_delivery_is_read_from_a_dispatch_or_a_trigger(tmp_path: Path, wrap: Any) -> None:  # noqa: ANN401
    asked = event(
        tmp_path, wrap({"application": "shop", "environment": "development", "version": "1.5.0", "image": ""})
    )
    assert asked == Asked(
        "delivery", {"application": "shop", "environment": "development", "version": "1.5.0", "image": None}
    )


@pytest.mark.parametrize(
    "content",
    [{}, {"issue": {"number": 1, "body": "It is broken."}}, {"issue": {"number": 1, "body": None}}, {"inputs": None}],
)
def test_what_asks_for_nothing_is_left_alone(tmp_path: Path, content: object) -> None:
    assert event(tmp_path, content) is None


@pytest.mark.parametrize("content", ["", "[1]", "{", "\x00"])
def test_what_is_no_event_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UserError, match="no event of a git host; give the file that it wrote"):
        event(tmp_path, content)


@pytest.mark.parametrize("value", ["shop\nstore", "x" * 301, "shop\x07"])
def test_a_field_is_one_short_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(UserError, match=r"^Name of the application: more than one short line; write one"):
        event(tmp_path, {"issue": {"number": 1, "body": f"### Name of the application\n\n{value}\n"}})


def test_a_delivery_without_anything_is_a_promotion() -> None:
    given = {"application": "shop", "environment": "production", "version": None, "image": None}
    assert answer(Asked("delivery", given)).title == "Promote shop to production"
    assert answer(Asked("delivery", {**given, "version": "1.5.0"})).branch == "deliver/shop-production"


@pytest.mark.parametrize(
    ("what", "given", "problem"),
    [
        ("application", {"name": None}, "application: no name; fill it in"),
        ("cluster", {"name": "a", "nodes": "few"}, "nodes: not two numbers; "),
        (
            "delivery",
            {"application": "a", "environment": None, "version": None, "image": None},
            "environment: missing; ",
        ),
        ("delivery", {"application": "a", "environment": "b", "version": None, "image": "$(id)"}, "--image: neither "),
    ],
)
def test_what_is_missing_or_makes_no_sense_is_refused(what: str, given: dict[str, Any], problem: str) -> None:
    with pytest.raises(UserError, match=f"^{problem}"):
        answer(Asked(what, given, 1))
