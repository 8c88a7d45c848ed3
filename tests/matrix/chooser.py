"""What the rules of a template say to any choice, and what a platform of that choice is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from .factors import Factor, Level, Setting, factors
from .interview import Interview, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair: TypeAlias = "frozenset[Setting]"
Settings: TypeAlias = "dict[str, Level]"

TEXTS = Path(__file__).with_name("texts.yaml")


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
