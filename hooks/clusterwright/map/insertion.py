"""Keeps the map in a Markdown file current: between two comments, which is all that is touched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

BEGIN, END = "<!-- clusterwright map -->", "<!-- end of map -->"
_BLOCK = re.compile(rf"(?<={BEGIN})(\r?\n).*?(?={END})", re.DOTALL)


def inserted(path: Path, mermaid: str) -> tuple[bytes, bytes]:
    """A Markdown file as it is, and as it is with the map between its two comments.

    Args:
        path: the file; its line endings stay what they are.
        mermaid: the map as Mermaid.

    Raises:
        UserError: there is no such file, or no place in it for the map.
    """
    if not path.is_file():
        raise UserError(f"--insert: {path}: no such file")
    before = path.read_bytes()
    text = before.decode("utf-8", "surrogateescape")
    found = _BLOCK.search(text)
    if not found:
        raise UserError(f"--insert: {path} has no place for the map; write these two lines there: {BEGIN} and {END}")
    block = f"\n```mermaid\n{mermaid}\n```\n".replace("\n", found[1])
    after = text[: found.start()] + block + text[found.end() :]
    return before, after.encode("utf-8", "surrogateescape")
