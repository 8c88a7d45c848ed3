"""Words for messages: did you mean, lists, and numbers of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """`did you mean "x"?` for the known word that is most like this one; empty if none is."""
    folded = word.casefold()
    by_fold = {one.casefold(): one for one in known}
    near = [one for one in by_fold if _may_be_like(folded, one, cutoff)]
    if not near:
        return ""
    from difflib import get_close_matches

    close = get_close_matches(folded, near, n=1, cutoff=cutoff)
    return f'did you mean "{by_fold[close[0]]}"?' if close else ""


def _may_be_like(word: str, other: str, cutoff: float) -> bool:
    """Whether two words have enough letters in common, wherever these are: difflib takes long to say no."""
    enough = cutoff * (len(word) + len(other)) / 2
    if min(len(word), len(other)) < enough:
        return False
    return sum(min(word.count(letter), other.count(letter)) for letter in set(word)) >= enough


def listed(words: Iterable[str], most: int = 6) -> str:
    """The words with commas, cut after some."""
    items = list(words)
    return ", ".join(items[:most]) + (f", ... ({len(items)} in all)" if len(items) > most else "")


def counted(number: int, noun: str) -> str:
    """A number and what it counts."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
