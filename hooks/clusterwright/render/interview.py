"""Asks for the answers at a terminal: group by group, with a way back, and nothing is made before the end."""

from __future__ import annotations

import os
import shutil
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from clusterwright.errors import Refused, Stop, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.render.questionnaire import Question, Questionnaire

GROUPS = {
    "platform": "The platform",
    "cloud": "The cluster",
    "git": "The git host",
    "dns": "Names",
    "certificates": "Certificates",
    "gateway": "The way in",
    "secrets": "Secrets and sign-in",
    "iac": "Infrastructure as code",
    "components": "Components",
    "fleet": "The fleet",
}
"""Titles of the groups; those of providers go by their own name."""
HELP = """\
Enter takes what is in brackets, . takes it for all that is left, ? explains again, < goes back, Ctrl-C leaves.
Nothing is made before you have seen all answers together."""
REVIEW = "Enter makes it, a number changes an answer, q leaves: "


class Left(Stop):
    """A person chose not to make it."""

    code = 130


class Interview:
    """One conversation.

    Args:
        questions: what there is to ask.
        given: what is answered already, and not asked any more.
    """

    def __init__(self, questions: Questionnaire, given: dict[str, Any]) -> None:
        self._questions = questions
        self._fixed = given
        self._given: dict[str, Any] = dict(given)
        self._seen: list[str] = []
        self._group = ""
        self._hurried = False

    def hold(self, destination: str) -> dict[str, Any]:
        """Asks everything; returns the answers that differ from their defaults.

        Raises:
            Left: the person leaves.
            UserError: the terminal closes.
        """
        _say("\n".join(_wrapped(line, "") for line in HELP.splitlines()))
        while True:
            self._ask_the_rest()
            refused = self._refusal()
            if refused is None:
                change = self._review(destination)
                if change is None:
                    return self._given
            else:
                _say(f"\n{refused}")
                change = refused.answer
            self._again(change)

    def _ask_the_rest(self) -> None:
        """Asks whatever has not been seen, one after the other; `<` takes the one before back."""
        while question := next((one for one in self._asked() if one.name not in self._seen), None):
            if self._ask(question):
                self._seen.append(question.name)
            elif self._seen:
                before = self._seen.pop()
                self._given.pop(before, None)

    def _asked(self) -> Iterator[Question]:
        """What is asked now, but for what the command line answers."""
        try:
            yield from (one for one in self._questions.asked(self._given) if one.name not in self._fixed)
        except Refused:
            return  # said once everything is answered

    def _ask(self, question: Question) -> bool:
        """Asks until there is an answer; False to go back."""
        if self._hurried and question.value is not None:
            return True
        self._head(question)
        while True:
            written = _input(f"  {question.name} [{_shown(question.value)}]: ")
            if written == "<":
                return False
            if written == "?":
                self._explain(question)
                continue
            self._hurried |= written == "."
            if written in {"", "."} and question.value is not None:
                return True
            value, problem = self._taken(question, written)
            if not problem:
                self._given[question.name] = value
                return True
            _say(f"  {click.style(problem, fg='red')}")

    def _taken(self, question: Question, written: str) -> tuple[Any, str]:
        """The value of what was written, or what is wrong with it."""
        if not question.choices:
            return self._questions.taken(question.name, written, self._given)
        chosen = _chosen(question, written)
        unknown = [one for one in chosen if one not in {choice.value for choice in question.choices}]
        if unknown or (len(chosen) != 1 and not question.several):
            several = ", or several with commas, or none" if question.several else ""
            return None, f"no such choice; take a number from 1 to {len(question.choices)}, or a name{several}"
        text = f"[{', '.join(chosen)}]" if question.several else chosen[0]
        return self._questions.taken(question.name, text, self._given)

    def _head(self, question: Question) -> None:
        if question.group != self._group:
            self._group = question.group
            _say(f"\n{click.style(GROUPS.get(self._group, self._group), bold=True)}")
        self._explain(question)

    def _explain(self, question: Question) -> None:
        _say(f"\n{_wrapped(question.help, '  ')}")
        broad = max((len(one.value) for one in question.choices), default=0)
        for number, one in enumerate(question.choices, start=1):
            _say(_wrapped(f"{number:>3}  {one.value:<{broad}}  {one.about}".rstrip(), "  ", " " * (broad + 9)))

    def _refusal(self) -> Refused | None:
        try:
            self._questions.computed(self._given)
        except Refused as refused:
            return refused
        return None

    def _review(self, destination: str) -> str | None:
        """Shows everything; the name of an answer that shall change, or None to go ahead."""
        asked = [*self._asked()]
        _say(f"\n{click.style('Your answers', bold=True)}")
        broad = max(len(one.name) for one in asked)
        numbered = enumerate(asked, start=1)
        for group, members in groupby(numbered, key=lambda one: one[1].group):
            _say(f"  {GROUPS.get(group, group)}")
            for number, one in members:
                _say(f"{number:>4}  {one.name:<{broad}}  {_shown(one.value)}")
        _say(f"\n{click.style(f'This makes {destination}', bold=True)}")
        for line in summary(self._questions.computed(self._given)):
            _say(_wrapped(line, "  ", "    "))
        _say("")
        while True:
            written = _input(REVIEW)
            if written == "q":
                raise Left("left; nothing was made")
            if not written:
                return None
            names = {str(number): one.name for number, one in enumerate(asked, start=1)} | {
                one.name: one.name for one in asked
            }
            if written in names:
                return names[written]
            _say(f"  {click.style(f'no answer has that number; there are 1 to {len(asked)}', fg='red')}")

    def _again(self, name: str) -> None:
        """Asks one answer anew; what it leads to besides is asked after it."""
        question = next((one for one in self._asked() if one.name == name), None)
        if question is None:
            raise UserError(f"{name}: it cannot be answered here; leave it out of --answers and --data")
        self._group, self._hurried = "", False
        self._ask(question)


def summary(answers: dict[str, Any]) -> Iterator[str]:
    """What the answers make, a line each, as far as the template tells."""
    components = [str(one.get("title", one.get("name"))) for one in answers.get("cw_components") or []]
    if components:
        yield f"{len(components)} components: {', '.join(components)}"
    environments = answers.get("environments") or []
    if environments:
        yield f"environments: {', '.join(map(str, environments))}; people, versions and more are in fleet.yaml"
    roots = (answers.get("cw_iac") or {}).get("roots") or []
    if roots:
        yield f"infrastructure, each with a state of its own: {', '.join(map(str, roots))}"


def _chosen(question: Question, written: str) -> list[str]:
    """The choices that a person wrote, numbers as their values."""
    values = {str(number): one.value for number, one in enumerate(question.choices, start=1)}
    parts = [part.strip() for part in written.split(",")] if question.several else [written]
    if question.several and written == "none":
        return []
    return [values.get(part, part) for part in parts]


def _shown(value: Any) -> str:  # noqa: ANN401 - any answer
    if value is None:
        return "needed"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)


def _say(text: str) -> None:
    """Prints, in colours on a terminal whose owner wants them."""
    click.echo(text, color=False if os.environ.get("NO_COLOR") else None)


def _input(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except EOFError:
        raise UserError("new: the terminal closed before the end; nothing was made") from None


def _wrapped(text: str, indent: str, further: str | None = None) -> str:
    broad = min(shutil.get_terminal_size().columns, 100)
    return fill(text, broad, initial_indent=indent, subsequent_indent=indent if further is None else further)
