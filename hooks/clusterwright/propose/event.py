"""What an event of the git host asks for: a form that somebody filled in, or a delivery that a pipeline wants."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST = 1_000_000
LONGEST = 300
NOTHING = ("", "_no response_", "none", "n/a", "-")

# The headings of the forms in the repository, and what each answers.
FORMS: dict[str, dict[str, str]] = {
    "application": {
        "Name of the application": "name",
        "Chart": "chart",
        "Git repository": "git",
        "Folder": "path",
        "Image": "scaffold",
        "Version": "version",
        "Environments": "environments",
        "Team": "team",
        "Host name": "host",
        "Port": "port",
        "Secrets": "secrets",
    },
    "cluster": {
        "Name of the cluster": "name",
        "Kind": "kind",
        "Environment": "environment",
        "Ring": "ring",
        "Network": "network",
        "Nodes": "nodes",
        "Region": "region",
        "Node type": "node_type",
    },
}
LISTS = ("environments", "secrets")
_HEADING = re.compile(r"^### +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        what: application, cluster or delivery.
        given: its fields; those that nobody filled in are None.
        issue: the number of the issue, if it is one.
    """

    what: str
    given: dict[str, Any]
    issue: int | None = None


def read(path: Path) -> Asked | None:
    """Reads an event.

    Args:
        path: the JSON that the git host gives to a pipeline.

    Returns:
        What it asks for; None if that is nothing that is answered here.

    Raises:
        UserError: it is no event, or a field is filled in wrongly.
    """
    try:
        content = path.read_bytes()
        event = json.loads(content) if len(content) <= LARGEST else None
    except (OSError, ValueError) as error:
        raise UserError(f"{path}: no event of a git host; give the file that it wrote") from error
    if not isinstance(event, dict):
        raise UserError(f"{path}: no event of a git host; give the file that it wrote")
    number, text = _issue(event)
    if text is not None:
        return _form(text, number)
    inputs = event.get("inputs", event)
    if not isinstance(inputs, dict) or not inputs.get("application"):
        return None
    keys = ("application", "environment", "version", "image")
    return Asked("delivery", {key: _line(key, inputs.get(key)) for key in keys})


def _issue(event: Mapping[str, Any]) -> tuple[int | None, str | None]:
    """The number and text of the issue that an event is about."""
    if event.get("object_kind") == "issue":  # GitLab
        issue = event.get("object_attributes")
        number, text = ("iid", "description") if isinstance(issue, dict) and issue.get("action") == "open" else ("", "")
    else:
        issue, number, text = event.get("issue"), "number", "body"
    if not isinstance(issue, dict):
        return None, None
    found = issue.get(number)
    return (found, str(issue.get(text) or "")) if isinstance(found, int) else (None, "")


def _form(text: str, issue: int | None) -> Asked | None:
    sections = _sections(text)
    for what, headings in FORMS.items():
        if next(iter(headings)) in sections:
            given: dict[str, Any] = {name: _line(head, sections.get(head)) for head, name in headings.items()}
            return Asked(what, {key: _names(value) if key in LISTS else value for key, value in given.items()}, issue)
    return None


def _sections(text: str) -> dict[str, str]:
    """The text below each heading."""
    parts = _HEADING.split(text.replace("\r\n", "\n"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _line(name: str, value: object) -> str | None:
    """What somebody wrote into a field of one line."""
    text = re.sub(r"<!--.*?-->", "", "" if value is None else str(value), flags=re.DOTALL).strip()
    if text.lower() in NOTHING:
        return None
    if len(text) > LONGEST or not text.isprintable():
        raise UserError(f"{name}: more than one short line; write one")
    return text


def _names(value: str | None) -> tuple[str, ...]:
    return tuple(name for name in re.split(r"[\s,]+", value or "") if name)
