"""The questions of a template one by one, each under the answers so far; the template's own rules decide."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterwright import git
from clusterwright.progress import step
from clusterwright.render import answers as rules
from clusterwright.render.copier import worker
from clusterwright.render.refusals import explain, explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterwright.render.answers import Answers
    from clusterwright.render.source import Source

_NAME = re.compile(r"^(\w+):", re.MULTILINE)
_DATA = frozenset(("json", "yaml"))


@dataclass(frozen=True)
class Choice:
    """A value that may be chosen, and what it means."""

    value: str
    about: str


@dataclass(frozen=True)
class Question:
    """A question as it stands under some answers.

    Attributes:
        name: how the answer is called.
        group: the file that it comes from, without its ending.
        help: what is asked, in a sentence.
        kind: what the answer is: str, int or bool.
        several: whether several choices may be taken.
        choices: what may be chosen; empty if anything may.
        value: the answer so far, its default if there is none; None if it has no default that could be taken.
    """

    name: str
    group: str
    help: str
    kind: str
    several: bool
    choices: tuple[Choice, ...]
    value: Any


class Questionnaire:
    """Asks Copier what to ask. It holds one clone of the template, and renders nothing."""

    def __init__(self, run: Any) -> None:  # noqa: ANN401 - Copier's class is private
        self._run = run
        self._groups = _groups(Path(run.template.local_abspath))

    def check(self, answers: Answers) -> None:
        """Refuses answers that no question asks for; raises Refused."""
        rules.check(answers, self._run.template.questions_data)

    def asked(self, given: Mapping[str, Any]) -> Iterator[Question]:
        """What is asked under some answers, in order; lists and mappings are for fleet.yaml.

        Raises:
            Refused: the answers do not go together; only once all questions have been given.
        """
        for question, value in self._walk(given):
            kind = question.get_type_name()
            if value is not _HIDDEN and kind not in _DATA:
                yield self._question(question, kind, value)

    def computed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every answer, with those that the template computes; raises Refused where they do not go together."""
        for _ in self._walk(given):
            pass
        return dict(self._run.answers.combined)

    def taken(self, name: str, written: str, given: Mapping[str, Any]) -> tuple[Any, str]:
        """The value of what a person wrote, and what is wrong with it; one of both."""
        question = next(one for one, _ in self._walk(given) if one.var_name == name)
        try:
            value = question.parse_answer(written)
            question.validate_answer(value)
        except Exception as error:
            refused = explain(error)
            if refused is None and not isinstance(error, (ValueError, TypeError)):
                raise
            return None, getattr(refused, "problem", "") or "not a value of the kind that is asked for"
        return value, ""

    def _walk(self, given: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
        """Each question of Copier's with its value, or with a mark if it is not asked."""
        from copier._user_data import AnswersMap
        from copier._user_data import Question as Asked

        run = self._run
        run.answers = AnswersMap(metadata=run.template.metadata, external=run._external_data())  # noqa: SLF001
        for name, details in run.template.questions_data.items():
            context = run._render_context()  # noqa: SLF001
            question = Asked(
                answers=run.answers, context=context, jinja_env=run.jinja_env, settings=run.settings, var_name=name,
                **details,
            )  # fmt: skip
            wanted = question.get_when()
            with explained():
                value = given[name] if wanted and name in given else _default(question, required=wanted)
            run.answers.user[name] = value
            if not wanted:
                run.answers.hide(name)
            yield question, value if wanted else _HIDDEN

    def _question(self, question: Any, kind: str, value: Any) -> Question:  # noqa: ANN401
        choices = (_choice(one) for one in question._formatted_choices)  # noqa: SLF001
        return Question(
            name=question.var_name,
            group=self._groups.get(question.var_name, ""),
            help=question.get_message().strip(),
            kind=kind,
            several=question.multiselect,
            choices=tuple(choices),
            value=value,
        )


_HIDDEN = object()


@contextmanager
def opened(source: Source) -> Iterator[Questionnaire]:
    """Fetches a template, for as long as there is something to ask; raises Unfinished if it cannot be had."""
    git.forget_local()
    with explained(), worker()(src_path=source.url, vcs_ref=source.ref, dst_path=Path(), quiet=True) as run:
        with step("Reading the questions"):
            questions = Questionnaire(run)
        yield questions


def _default(question: Any, *, required: bool) -> Any:  # noqa: ANN401
    """The default of a question; None where it is none that the template would take."""
    try:
        return question.get_default()
    except ValueError:
        if required:
            return None
        raise


def _choice(written: Any) -> Choice:  # noqa: ANN401
    value = str(written.value)
    return Choice(value, str(written.title).removeprefix(value).lstrip(": "))


def _groups(template: Path) -> dict[str, str]:
    """By answer, the file in questions/ that asks for it."""
    found: dict[str, str] = {}
    for path in sorted(template.glob("questions/*.yml")):
        found.update(dict.fromkeys(_NAME.findall(path.read_text("utf-8")), path.stem))
    return found
