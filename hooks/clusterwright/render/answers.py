"""What people answer: a file, the environment and `--data` flags, checked before Copier sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from clusterwright import document
from clusterwright.errors import Refused, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

RESERVED = ("_", "cw_")
VARIABLE = "CLUSTERWRIGHT_ANSWER_"
"""How a variable of the environment begins that holds an answer: the rest is the answer's name."""
TRUTHS = ("true", "false", "yes", "no", "on", "off", "y", "n")

Question = dict[str, Any]


@dataclass(frozen=True)
class Answers:
    """Answers, and where each was given.

    Attributes:
        data: by name.
        file: the file that they came from, if any.
        flags: the names that `--data` or the environment gave.
    """

    data: dict[str, Any] = field(default_factory=dict)
    file: document.Document | None = None
    flags: frozenset[str] = frozenset()

    def placed(self, refused: Refused) -> UserError:
        """Puts the file and line of the answer before what is wrong with it."""
        if self.file and refused.answer in self.file.data and refused.answer not in self.flags:
            return UserError(f"{self.file.at(refused.answer, refused.problem)}: {refused}")
        return refused

    def written(self, name: str) -> str | None:
        """Gives a scalar as it stands in the file, before YAML makes a number or a date of it."""
        node = self.file.node if self.file and name not in self.flags else None
        return next((value.value for key, value in node.value if key.value == name), None) if node else None


def gather(path: Path | None, flags: Iterable[str], environment: Mapping[str, str] | None = None) -> Answers:
    """Reads the answers file, and lays what the environment says over it, then the `--data` flags."""
    file = document.read(path, str(path)) if path else None
    over = {
        name.removeprefix(VARIABLE).lower(): value
        for name, value in (environment or {}).items()
        if name.startswith(VARIABLE)
    }
    over |= _flags(flags)
    return Answers({**(file.data if file else {}), **over}, file, frozenset(over))


def _flags(flags: Iterable[str]) -> dict[str, str]:
    over: dict[str, str] = {}
    for flag in flags:
        name, equals, value = flag.partition("=")
        if not equals or not name:
            raise UserError("--data: no KEY=VALUE; write --data cloud=k3d")
        if name in over:
            raise UserError(f"--data: {name} is there twice; remove one")
        over[name] = value
    return over


def check(answers: Answers, questions: Mapping[str, Question]) -> None:
    """Refuses what Copier would ignore, or would turn silently into something else.

    Raises:
        Refused: for the first answer that is unknown, computed, or of the wrong type.
    """
    asked = [name for name in questions if not name.startswith(RESERVED)]
    for name, value in answers.data.items():
        if name.startswith(RESERVED):
            raise Refused(name, "computed by the template; remove it")
        if name not in asked:
            raise Refused(name, f"no such answer; {document.nearest(name, asked)}")
        problem = _problem(value, answers.written(name), questions[name])
        if problem:
            raise Refused(name, problem)


def shown(value: object) -> str:
    """Quotes a short value for a message; a long or unprintable one is not repeated."""
    text = str(value)
    return f'"{text}"' if len(text) <= 40 and text.isprintable() else "this value"


def _problem(value: object, written: str | None, question: Question) -> str | None:
    kind = question.get("type", "yaml")
    if kind in ("yaml", "json"):
        return _not_yaml(value)
    if value is None or value == []:
        return None if value == [] and question.get("multiselect") else "no value; give one, or leave the line out"
    if question.get("multiselect"):
        return _no_list(value, question)
    problem = {"int": _no_number, "bool": _no_truth}.get(kind, _no_text)(value, written)
    return problem or _no_choice(value, question)


def _not_yaml(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        yaml.safe_load(value)
    except (yaml.YAMLError, ValueError, RecursionError):
        return "not YAML; quote what holds special characters"
    return None


def _no_list(value: object, question: Question) -> str | None:
    if isinstance(value, str):
        value = None if _not_yaml(value) else yaml.safe_load(value)
    if not isinstance(value, list):
        return "not a list; write [first, second]"
    return next((problem for item in value if (problem := _no_choice(item, question))), None)


def _no_number(value: object, _written: str | None) -> str | None:
    if isinstance(value, str):
        digits = value.strip().removeprefix("-")
        return None if digits.isdecimal() and digits.isascii() else "not a whole number; write one such as 3"
    return None if isinstance(value, int) and not isinstance(value, bool) else "not a whole number; write one such as 3"


def _no_truth(value: object, _written: str | None) -> str | None:
    known = value if isinstance(value, bool) else str(value).strip().lower() in TRUTHS
    return None if known or value is False else "neither true nor false; write one of the two"


def _no_text(value: object, written: str | None) -> str | None:
    if isinstance(value, (list, dict)):
        return "not a line of text; write one"
    if not isinstance(value, str) and written != str(value):
        return f"YAML reads {shown(written)} as something else than text; quote it"
    return None


def _no_choice(value: object, question: Question) -> str | None:
    choices = question.get("choices") or []
    if isinstance(choices, str):
        return None
    values = [str(value) for value in (choices.values() if isinstance(choices, dict) else choices)]
    if not values or str(value) in values:
        return None
    *first, last = values
    return f"{shown(value)} is no choice; use {', '.join(first)} or {last}"
