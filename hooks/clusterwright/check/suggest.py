"""Words for messages: did you mean, lists, and numbers of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """`did you mean "x"?` for the known word that is most like this one; empty if none is."""
    from difflib import get_close_matches

    by_fold = {one.casefold(): one for one in known}
    close = get_close_matches(word.casefold(), by_fold, n=1, cutoff=cutoff)
    return f'did you mean "{by_fold[close[0]]}"?' if close else ""


def listed(words: Iterable[str], most: int = 6) -> str:
    """The words with commas, cut after some."""
    items = list(words)
    return ", ".join(items[:most]) + (f", ... ({len(items)} in all)" if len(items) > most else "")


def counted(number: int, noun: str) -> str:
    """A number and what it counts."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
