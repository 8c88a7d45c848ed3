"""A few whole platforms in which every two choices that the rules allow together occur together.

What is allowed is found by asking: two choices are set, all else takes its default, and when the rules refuse that,
what the refusal names is changed. Each row is then filled up with what adds most pairs; when few are left, with what
leads to one of them. All draws have one seed.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, cycle
from typing import TYPE_CHECKING

from .factors import ALIKE
from .search import reach, transplant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from .chooser import Chooser, Pair, Row, Settings
    from .factors import Factor, Setting
    from .search import Reached

SEED = 3
# How many pairs are left when rows are packed with them, one by one.
FEW = 1000


@dataclass(frozen=True)
class Matrix:
    """The platforms.

    Attributes:
        rows: One for each.
        refused: Why the rules refuse each pair that is in none of them.
    """

    rows: tuple[Row, ...]
    refused: Mapping[Pair, str]


def matrix(chooser: Chooser) -> Matrix:
    """Makes the matrix of a template."""
    draw = random.Random(SEED)  # noqa: S311 - it has to give the same matrix every time
    pairs = list(all_pairs(chooser.factors))
    draw.shuffle(pairs)
    left = dict.fromkeys(pairs)
    found = cache(lambda pair: reach(chooser, dict(pair)))
    rows: list[Row] = []
    refused: dict[Pair, str] = {}
    while left:
        pair = next(iter(left))
        if reached := found(pair):
            packed = pack(chooser, reached, map(found, left)) if len(left) < FEW else reached
            rows.append(fill(chooser, packed, left.keys(), draw))
            _tick(left, rows[-1])
        else:
            refused[pair] = chooser.ask(dict(pair)).refusal or "one of the two is not asked beside the other"
            del left[pair]
    for pair in list(refused):
        if pair in refused and (reached := transplant(chooser, dict(pair), rows)):
            rows.append(fill(chooser, reached, refused.keys(), draw))
            _tick(refused, rows[-1])
    return Matrix(tuple(in_turn(chooser, needed(rows))), refused)


def _tick(pairs: dict[Pair, str] | dict[Pair, None], row: Row) -> None:
    """Takes the pairs of a row off those that are left."""
    for pair in row.pairs & pairs.keys():
        del pairs[pair]


def all_pairs(every: tuple[Factor, ...]) -> Iterator[Pair]:
    """Yields every two choices of different factors."""
    for one, other in combinations(every, 2):
        for here in one.settings:
            for there in other.settings:
                yield frozenset((here, there))


def pack(chooser: Chooser, reached: Reached, others: Iterable[Reached | None]) -> Reached:
    """Adds to a platform what leads to others, one after the other, as long as the rules allow it."""
    row, settings = reached
    for _, more in filter(None, others):
        merged = {**settings, **more}
        if len(merged) > len(settings) and settings.items() <= merged.items() and (tried := chooser.row(merged)):
            row, settings = tried, merged
    return row, settings


def fill(chooser: Chooser, reached: Reached, wanted: AbstractSet[Pair], draw: random.Random) -> Row:
    """Sets every other factor to what adds most pairs, as long as the rules allow it; first those with most choices."""
    row, settings = reached
    shuffled = draw.sample(chooser.factors, len(chooser.factors))
    for one in sorted(shuffled, key=lambda one: len(one.levels), reverse=True):
        by_gain = sorted(one.settings, key=lambda setting: _gain(settings, setting, wanted), reverse=True)
        for name, level in by_gain if one.name not in settings else ():
            if tried := chooser.row({**settings, name: level}):
                row, settings = tried, {**settings, name: level}
                break
    return row


def _gain(settings: Settings, setting: Setting, wanted: AbstractSet[Pair]) -> int:
    """Counts the wanted pairs that a setting makes with others."""
    return sum(frozenset((one, setting)) in wanted for one in settings.items())


def needed(rows: list[Row]) -> Iterator[Row]:
    """Leaves out the rows whose pairs are all in others."""
    count = Counter(chain.from_iterable(row.pairs for row in rows))
    for row in rows:
        if min(count[pair] for pair in row.pairs) > 1:
            count.subtract(row.pairs)
        else:
            yield row


def in_turn(chooser: Chooser, rows: Iterable[Row]) -> Iterator[Row]:
    """Gives each choice that is alike to another its place in the rows that have the one that stands for them."""
    turns = {name: cycle(choices) for name, choices in ALIKE.items()}
    for row in rows:
        theirs = {name: next(turn) for name, turn in turns.items() if row.answers.get(name) in ALIKE[name]}
        outcome = chooser.interview.hold({**row.answers, **theirs})
        assert not outcome.refusal, outcome.refusal
        yield replace(row, answers=outcome.asked)
