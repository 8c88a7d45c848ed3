"""Kinds of reports: each is a module with `render`, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwright.review.model import Review

FORMATS = ("text", "markdown", "html", "json")
ENDINGS = {".txt": "text", ".md": "markdown", ".html": "html", ".json": "json"}
_MODULES = {"json": "plain"}
"""Formats whose module has another name: one called json would stand before Python's own."""


def render(review: Review, form: str) -> str:
    """The review in one of the formats, as text with a line break at its end."""
    rendered = import_module(f"{__name__}.{_MODULES.get(form, form)}").render(review)
    assert isinstance(rendered, str)  # noqa: S101 - the contract of this folder
    return rendered
