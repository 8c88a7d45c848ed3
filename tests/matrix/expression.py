"""An expression of the template that is worked out once for the answers that it reads, however often others change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from jinja2.runtime import Context

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from jinja2 import Environment

ABSENT = object()


class Reader(Context):
    """What templates are rendered with; it keeps the names that were read of it, in their order."""

    read: ClassVar[dict[str, None]] = {}

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - whatever has that name
        self.read.setdefault(key)
        return super().resolve_or_missing(key)


@dataclass
class Place:
    """Where an expression is after some of what it reads.

    Attributes:
        name: What it reads next.
        then: Where it is when it has, by what it finds.
        text: What comes of it when there is nothing more to read.
    """

    name: str = ""
    then: dict[Hashable, Place] = field(default_factory=dict)
    text: str | None = None


class Expression:
    """An expression, compiled. What it reads first never changes, and what it reads then depends on that alone."""

    def __init__(self, environment: Environment, text: str) -> None:
        """Compiles it.

        Args:
            environment: What compiles it; its templates read from a Reader from now on.
            text: The expression.
        """
        environment.context_class = Reader
        self._template = environment.from_string(text)
        self._start = Place()
        # A mark may be the number of an object, which must not become another's.
        self._kept: list[object] = []

    def render(self, context: Mapping[str, Any]) -> str:
        """Gives what comes of it after some answers."""
        place: Place | None = self._start
        while place is not None and place.text is None:
            place = place.then.get(_mark(context.get(place.name, ABSENT)))
        return self._learn(context) if place is None else str(place.text)

    def _learn(self, context: Mapping[str, Any]) -> str:
        """Renders it, and remembers what it has read; nothing when it refuses."""
        Reader.read.clear()
        text = self._template.render(context)
        place = self._start
        for name in Reader.read:
            value = context.get(name, ABSENT)
            self._kept.append(value)
            place.name = name
            place = place.then.setdefault(_mark(value), Place())
        place.text = text
        return text


def _mark(value: object) -> Hashable:
    """Tells values apart: texts, and lists of them, by what they say; all else by which object it is."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return (type(value), value) if isinstance(value, str | bool | int | float) else id(value)
