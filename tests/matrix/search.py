"""Finds out what two choices want beside them, by asking: what a refusal names is changed until there is none."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from .chooser import Row, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .chooser import Chooser

# A platform, and the settings that lead to it.
Reached: TypeAlias = tuple[Row, Settings]

# How many platforms are asked for before a pair counts as refused: most refusals lead to dozens that help nothing.
TRIES = 50
# In how many finished platforms a pair is tried that no search led to.
NEIGHBOURS = 12


def reach(chooser: Chooser, settings: Settings) -> Reached | None:
    """Finds settings beside these that make them acceptable: the fewest that the refusals lead to; None without any."""
    queue, known = [settings], {frozenset(settings.items())}
    for one in islice(queue, TRIES):
        if row := chooser.row(one):
            return row, one
        if len(queue) < TRIES:
            new = {frozenset(more.items()): more for more in remedies(chooser, one)}
            queue += [more for key, more in new.items() if key not in known]
            known |= new.keys()
    return None


def remedies(chooser: Chooser, settings: Settings) -> Iterator[Settings]:
    """Yields what may help settings that are refused or not asked: a change of what the refusal or a `when` names."""
    outcome = chooser.ask(settings)
    found = chooser.read(outcome)
    text = outcome.refusal
    if not text:
        missing = {one.question for one in chooser.factors if one.name in settings and one.name not in found}
        text = " ".join(str(chooser.interview.questions[name].get("when")) for name in missing)
    words = set(re.findall(r"[a-z0-9][a-z0-9_-]*", text))
    for one in chooser.factors:
        names = {one.question, one.choice, *map(str, one.levels)}
        if one.name not in settings and names & words:
            yield from ({**settings, one.name: level} for level in one.levels if found.get(one.name) != level)


def transplant(chooser: Chooser, settings: Settings, rows: Iterable[Row]) -> Reached | None:
    """Finds a platform among the rows that takes these settings: some want more beside them than a search reaches."""
    near = [one.settings for one in rows if settings.keys() <= one.settings.keys()]
    near.sort(key=lambda one: len(settings.items() & one.items()), reverse=True)
    for one in near[:NEIGHBOURS]:
        changed = {**one, **settings}
        if row := chooser.row(changed):
            return row, changed
    return None
