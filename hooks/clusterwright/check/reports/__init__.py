"""Kinds of reports: each is a module with `render`, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwright.check.report import Report

FORMATS = {
    "text": "text",
    "json": "plain",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
}
"""What people call a kind of report, and its module."""


def render(report: Report, form: str) -> str:
    """The report in one of the formats, as text without a line break at its end."""
    rendered = import_module(f"{__name__}.{FORMATS[form]}").render(report)
    assert isinstance(rendered, str)  # noqa: S101 - the contract of this folder
    return rendered
