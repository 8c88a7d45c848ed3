"""Asks the template's own questions under its own rules, thousands of times: no file is rendered, no rule repeated.

Every `when`, default and guard is the template's expression in the template's Jinja environment. Copier asks the same
in a quarter of a second, which is too slow to search with; a test holds the two to the same answers and refusals.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import yaml

from .expression import Expression, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment

    from .expression import Readers

TRUE = frozenset({"y", "yes", "t", "true", "on", "1"})
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The hidden answer that refuses; what comes after it only says what to render.
GUARD = "cw_guard"


@dataclass(frozen=True)
class Outcome:
    """What came of an interview.

    Attributes:
        asked: The answer to each question that was asked.
        refusal: Why the rules refuse them; nothing when they do not.
    """

    asked: Mapping[str, Any]
    refusal: str = ""


@dataclass(frozen=True)
class Question:
    """A question, compiled.

    Attributes:
        kind: What its answer is: str, bool, int, yaml or json.
        when: Tells whether it is asked, or an expression that does.
        default: Gives the answer of those who do not say, where it is computed.
        plain: That answer, where it is not.
    """

    kind: str
    when: Expression | bool
    default: Expression | None
    plain: object

    def asked(self, context: Mapping[str, Any]) -> bool:
        """Tells whether the answers so far lead to it."""
        return self.when if isinstance(self.when, bool) else self.when.render(context).strip().lower() in TRUE

    def answer(self, context: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an answer is of any kind
        """Gives its default after the answers so far."""
        return self.plain if self.default is None else _cast(self.kind, self.default.render(context))


class Interview:
    """The questions of a template."""

    def __init__(self, template: Path) -> None:
        """Reads them with Copier.

        Args:
            template: A folder with the template's sources.
        """
        from clusterwright.render.copier import worker

        with worker()(src_path=str(template), dst_path=template / "nowhere", quiet=True) as run:
            self.questions: dict[str, dict[str, Any]] = run.template.questions_data
            environment: Environment = run.jinja_env
            names = [*takewhile(lambda name: name != GUARD, self.questions), GUARD]
            self._readers: Readers = {}
            self._compiled = {name: _compile(environment, self.questions[name], self._readers) for name in names}
        self._last: dict[str, Any] = {}

    def hold(self, given: Mapping[str, Any]) -> Outcome:
        """Asks everything once.

        Args:
            given: Answers; those to questions that are not asked have no effect.

        Returns:
            The answers of all that was asked, or the refusal.
        """
        context: dict[str, Any] = {}
        asked: dict[str, Any] = {}
        try:
            for name, question in self._compiled.items():
                wanted = question.asked(context)
                context[name] = given[name] if wanted and name in given else question.answer(context)
                self._remember(name, context[name])
                if wanted:
                    asked[name] = context[name]
        except Refused as refused:
            return Outcome(asked, str(refused))
        return Outcome(asked)

    def _remember(self, name: str, answer: object) -> None:
        """Notes an answer; interviews that follow each other differ in little, and what reads none of that is known."""
        if self._last.get(name, self) != answer:
            self._last[name] = answer
            for expression in self._readers.get(name, ()):
                expression.forget()


def _compile(environment: Environment, record: Mapping[str, Any], readers: Readers) -> Question:
    """Compiles a question of the template; a default in which nothing is computed is read here, once."""
    kind, when, default = str(record.get("type", "str")), record.get("when", True), record.get("default")
    asked = Expression(environment, when, readers) if isinstance(when, str) else bool(when)
    if not isinstance(default, str):
        return Question(kind, asked, None, default)
    if environment.variable_start_string in default or environment.block_start_string in default:
        return Question(kind, asked, Expression(environment, default, readers), None)
    return Question(kind, asked, None, _cast(kind, default))


@cache
def _cast(kind: str, text: str) -> Any:  # noqa: ANN401 - an answer is of any kind
    """Reads an answer out of its text, as Copier does; most texts come again and again, and nobody changes those."""
    if kind == "bool":
        return text.strip().lower() in TRUE
    if kind == "json":
        return json.loads(text)
    return text if kind == "str" else yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe one
