"""Every way to show a map, by the name of the format and by the ending of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwright.map.model import Map

FORMATS = ("text", "mermaid", "svg", "html", "json")
ENDINGS = {".txt": "text", ".mmd": "mermaid", ".svg": "svg", ".html": "html", ".json": "json"}


def render(shown: Map, form: str) -> str:
    """A map in a format.

    Raises:
        UserError: the format is a picture with places, and nothing here can place boxes.
    """
    if form == "html":
        from clusterwright.map.page import as_page

        return as_page(shown)
    if form == "json":
        from clusterwright.map.data import as_json

        return as_json(shown)
    if form == "text":
        from clusterwright.map.text import as_text

        return as_text(shown)
    from clusterwright.map.boxes import view

    if form == "svg":
        from clusterwright.map.svg import as_svg

        return as_svg(view(shown))
    from clusterwright.map.mermaid import as_mermaid

    return as_mermaid(view(shown))
