"""An expression of the template that is worked out once for the answers that it reads, however often others change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from jinja2.runtime import Context

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from jinja2 import Environment

ABSENT = object()
# The expressions that have read a name.
Readers: TypeAlias = "dict[str, set[Expression]]"


class Reader(Context):
    """What templates are rendered with; it keeps the names that were read of it, in their order."""

    read: ClassVar[dict[str, None]] = {}

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - whatever has that name
        self.read.setdefault(key)
        return super().resolve_or_missing(key)


class Refused(Exception):
    """The rules refuse the answers; its text says why."""


@dataclass
class Place:
    """Where an expression is after some of what it reads.

    Attributes:
        name: What it reads next.
        then: Where it is when it has, by what it finds.
        outcome: What comes of it when there is nothing more to read: a text, and whether it refuses.
    """

    name: str = ""
    then: dict[Hashable, Place] = field(default_factory=dict)
    outcome: tuple[str, bool] | None = None


class Expression:
    """An expression, compiled. What it reads first never changes, and what it reads then depends on that alone."""

    def __init__(self, environment: Environment, text: str, readers: Readers) -> None:
        """Compiles it.

        Args:
            environment: What compiles it; its templates read from a Reader from now on.
            text: The expression.
            readers: Whose expressions have read a name; this one is added where it reads.
        """
        environment.context_class = Reader
        self._template = environment.from_string(text)
        self._readers = readers
        self._start = Place()
        self._last: tuple[str, bool] | None = None
        # A mark may be the number of an object, which must not become another's.
        self._kept: list[object] = []

    def render(self, context: Mapping[str, Any]) -> str:
        """Gives what comes of it after some answers.

        Raises:
            Refused: It is a rule that those break.
        """
        if self._last is None:
            self._last = self._found(context) or self._learn(context)
        text, refuses = self._last
        if refuses:
            raise Refused(text)
        return text

    def forget(self) -> None:
        """Has to be said when something that it reads is another than when it was last rendered."""
        self._last = None

    def _found(self, context: Mapping[str, Any]) -> tuple[str, bool] | None:
        """What came of it after answers in which all that it reads was the same."""
        place: Place | None = self._start
        while place is not None and place.outcome is None:
            place = place.then.get(_mark(context.get(place.name, ABSENT)))
        return place.outcome if place is not None else None

    def _learn(self, context: Mapping[str, Any]) -> tuple[str, bool]:
        """Renders it, and remembers what it has read."""
        Reader.read.clear()
        outcome = self._outcome(context)
        place = self._start
        for name in Reader.read:
            value = context.get(name, ABSENT)
            self._kept.append(value)
            self._readers.setdefault(name, set()).add(self)
            place.name = name
            place = place.then.setdefault(_mark(value), Place())
        place.outcome = outcome
        return outcome

    def _outcome(self, context: Mapping[str, Any]) -> tuple[str, bool]:
        try:
            return self._template.render(context), False
        except Exception as error:
            if type(error).__name__ != "FilterArgumentError":  # the guards raise it; its package has no types
                raise
            return str(error), True


def _mark(value: object) -> Hashable:
    """Tells values apart: texts, and lists of them, by what they say; all else by which object it is."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return (type(value), value) if isinstance(value, str | bool | int | float) else id(value)
