"""Kinds of reports: each is a module with `render`, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwright.check.report import Report

_MODULES = {"json": "plain"}
"""Formats whose module has another name: one called json would stand before Python's own."""


def render(report: Report, form: str) -> str:
    """The report in one of the formats, as text without a line break at its end."""
    rendered = import_module(f"{__name__}.{_MODULES.get(form, form)}").render(report)
    assert isinstance(rendered, str)  # noqa: S101 - the contract of this folder
    return rendered
