"""What can be chosen: a factor for each question with choices, and one for each choice of those that allow several."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Level: TypeAlias = str | bool
Setting: TypeAlias = "tuple[str, Level]"

# Choices that are alike, by their question: first the one that stands for them.
ALIKE: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("alike.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Factor:
    """One thing to choose.

    Attributes:
        question: The question that it answers, wholly or in part.
        choice: The choice that it switches on or off, where the question allows several.
        levels: What it can be; one for all that are alike.
    """

    question: str
    choice: str | None
    levels: tuple[Level, ...]

    @property
    def name(self) -> str:
        """What it is called in a row."""
        return self.question if self.choice is None else f"{self.question}/{self.choice}"

    @property
    def settings(self) -> tuple[Setting, ...]:
        """All that it can be set to."""
        return tuple((self.name, level) for level in self.levels)

    def level(self, asked: Mapping[str, Any]) -> Level | None:
        """Tells what it is in these answers; None where its question was not asked."""
        if self.question not in asked:
            return None
        answer = asked[self.question]
        if self.choice is not None:
            return self.choice in answer
        alike = ALIKE.get(self.question, [])
        level: Level = alike[0] if answer in alike else answer
        return level


def factors(questions: Mapping[str, Mapping[str, Any]]) -> tuple[Factor, ...]:
    """Returns the factors of a template's questions, in the order in which they are asked."""
    return tuple(factor for name, record in questions.items() for factor in _of_question(name, record))


def _of_question(name: str, record: Mapping[str, Any]) -> Iterator[Factor]:
    """Yields a question's factors: none when it is hidden or wants text."""
    if record.get("when") is False:
        return
    offered = record.get("choices", ())
    choices = list(offered.values()) if isinstance(offered, dict) else list(offered)
    if record.get("multiselect"):
        yield from (Factor(name, choice, (True, False)) for choice in choices)
    elif choices:
        yield Factor(name, None, tuple(one for one in choices if one not in ALIKE.get(name, ())[1:]))
    elif record.get("type") == "bool":
        yield Factor(name, None, (True, False))
