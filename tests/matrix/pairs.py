"""A few whole platforms in which every two choices that the rules allow together occur together.

What is allowed is found by asking: two choices are set, all else takes its default, and when the rules refuse that,
what the refusal names is changed. Each row is then filled up with what adds most pairs. All draws have one seed.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from .factors import Factor, Level, Setting, factors
from .interview import Interview, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

Pair: TypeAlias = "frozenset[Setting]"
Settings: TypeAlias = "dict[str, Level]"

TEXTS = Path(__file__).with_name("texts.yaml")
SEED = 3
# How many answers beside the two of a pair are changed, one after the other, before it counts as refused.
DEPTH = 4
# And how many such answers are tried: of nine clouds, most refusals lead to dozens of others that help nothing.
TRIES = 60
# In how many finished platforms a pair is tried that no search led to.
NEIGHBOURS = 12


@dataclass(frozen=True)
class Row:
    """A platform of the matrix.

    Attributes:
        answers: What makes it, as an answers file has it.
        settings: What each factor is; without those that are not asked.
    """

    answers: Mapping[str, Any]
    settings: Mapping[str, Level]

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Every two choices that occur together in it."""
        return frozenset(map(frozenset, combinations(self.settings.items(), 2)))


@dataclass(frozen=True)
class Matrix:
    """The platforms.

    Attributes:
        rows: One for each.
        refused: Why the rules refuse each pair that is in none of them.
    """

    rows: tuple[Row, ...]
    refused: Mapping[Pair, str]


@dataclass
class Chooser:
    """Knows what the rules say to any choice.

    Attributes:
        interview: Asks the template.
        texts: Answers to questions that want text.
    """

    interview: Interview
    texts: Mapping[str, Any]
    _known: dict[frozenset[Setting], Outcome] = field(default_factory=dict)

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """What can be chosen."""
        return factors(self.interview.questions)

    def ask(self, settings: Settings) -> Outcome:
        """Asks with some factors set; all others are as the template has them after those."""
        key = frozenset(settings.items())
        if key not in self._known:
            outcome = self.interview.hold(self._answers(settings, {}))
            several = {one.question for one in self.factors if one.choice and one.name in settings}
            if several & outcome.asked.keys():
                # What is on beside the choices that are set is known only now.
                outcome = self.interview.hold(self._answers(settings, outcome.asked))
            self._known[key] = outcome
        return self._known[key]

    def row(self, settings: Settings) -> Row | None:
        """Gives the platform with some factors set; None when it is refused, or when one of them is not asked."""
        outcome = self.ask(settings)
        found = self.read(outcome)
        return Row(outcome.asked, found) if not outcome.refusal and settings.items() <= found.items() else None

    def read(self, outcome: Outcome) -> Settings:
        """Tells what each factor was that was asked."""
        levels = ((one.name, one.level(outcome.asked)) for one in self.factors)
        return {name: level for name, level in levels if level is not None}

    def _answers(self, settings: Settings, before: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that set some factors."""
        answers = dict(self.texts)
        for one in self.factors:
            if one.name in settings and one.choice is None:
                answers[one.question] = settings[one.name]
            elif one.choice is not None and one.question in before:
                on = settings.get(one.name, one.choice in before[one.question])
                answers.setdefault(one.question, [])
                answers[one.question] += [one.choice] if on else []
        return answers


def chooser(template: Path) -> Chooser:
    """Gives what knows the rules of a template, whose sources are in a folder."""
    return Chooser(Interview(template), yaml.safe_load(TEXTS.read_text(encoding="utf-8")))


def matrix(chooser: Chooser) -> Matrix:
    """Makes the matrix of a template."""
    draw = random.Random(SEED)  # noqa: S311 - it has to give the same matrix every time
    pairs = list(all_pairs(chooser.factors))
    draw.shuffle(pairs)
    left = dict.fromkeys(pairs)
    rows: list[Row] = []
    refused: dict[Pair, str] = {}
    while left:
        pair = next(iter(left))
        if reached := reach(chooser, dict(pair)):
            rows.append(fill(chooser, *reached, left.keys(), draw))
            for one in rows[-1].pairs:
                left.pop(one, None)
        else:
            refused[pair] = chooser.ask(dict(pair)).refusal or "one of the two is not asked beside the other"
            del left[pair]
    for pair in list(refused):
        if pair in refused and (reached := transplant(chooser, dict(pair), rows)):
            rows.append(fill(chooser, *reached, refused.keys(), draw))
            for one in rows[-1].pairs:
                refused.pop(one, None)
    return Matrix(tuple(rows), refused)


def transplant(chooser: Chooser, settings: Settings, rows: list[Row]) -> tuple[Row, Settings] | None:
    """Finds a platform among the rows that takes these settings: some want more beside them than a search reaches."""
    near = [one.settings for one in rows if settings.keys() <= one.settings.keys()]
    near.sort(key=lambda one: len(settings.items() & one.items()), reverse=True)
    for one in near[:NEIGHBOURS]:
        changed = {**one, **settings}
        if row := chooser.row(changed):
            return row, changed
    return None


def all_pairs(every: tuple[Factor, ...]) -> Iterator[Pair]:
    """Yields every two choices of different factors."""
    for one, other in combinations(every, 2):
        for here in one.settings:
            for there in other.settings:
                yield frozenset((here, there))


def reach(chooser: Chooser, settings: Settings) -> tuple[Row, Settings] | None:
    """Finds settings beside these that make them acceptable: the fewest that the refusals lead to; None without any."""
    tried = {frozenset(settings.items())}
    level = [settings]
    for _ in range(DEPTH + 1):
        for one in level:
            if row := chooser.row(one):
                return row, one
        if len(tried) > TRIES:
            return None
        following = {frozenset(more.items()): more for one in level for more in remedies(chooser, one)}
        level = [more for key, more in following.items() if key not in tried]
        tried |= following.keys()
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


def fill(chooser: Chooser, row: Row, settings: Settings, wanted: AbstractSet[Pair], draw: random.Random) -> Row:
    """Sets every other factor to what adds most pairs, as long as the rules allow it."""
    for one in draw.sample(chooser.factors, len(chooser.factors)):
        by_gain = sorted(one.settings, key=lambda setting: _gain(settings, setting, wanted), reverse=True)
        for name, level in by_gain if one.name not in settings else ():
            if tried := chooser.row({**settings, name: level}):
                row, settings = tried, {**settings, name: level}
                break
    return row


def _gain(settings: Settings, setting: Setting, wanted: AbstractSet[Pair]) -> int:
    """Counts the wanted pairs that a setting makes with others."""
    return sum(frozenset((one, setting)) in wanted for one in settings.items())
