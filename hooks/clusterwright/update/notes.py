"""What the template says about the versions between two: the sections of its changelog."""

from __future__ import annotations

import re
from typing import NamedTuple

_SECTION = re.compile(r"^## v?(\d+(?:\.\d+)+)\b.*$", re.MULTILINE)
_UPGRADING = re.compile(r"^### Upgrading[ \t]*\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


class Note(NamedTuple):
    """A version: what is new in it, and what somebody who comes from an older one has to do."""

    version: str
    text: str
    upgrading: str


def notes(changelog: str, old: list[int], new: list[int]) -> list[Note]:
    """The versions after the old one up to the new one, the oldest first.

    Args:
        changelog: the template's CHANGELOG.md: a section `## 1.2.0 (date)` for each version, with or without a part
            `### Upgrading`.
        old: the numbers of the version that one comes from; nothing if that is unknown.
        new: the numbers of the version that one goes to; nothing if that is not released.
    """
    heads = list(_SECTION.finditer(changelog))
    found = []
    for head, end in zip(heads, [*(one.start() for one in heads[1:]), len(changelog)], strict=True):
        numbers = [int(one) for one in head[1].split(".")]
        if numbers > old and (not new or numbers <= new):
            text = changelog[head.end() : end].strip()
            upgrading = _UPGRADING.search(f"{text}\n")
            found.append(Note(head[1], text, upgrading[1].strip() if upgrading else ""))
    return found[::-1]
