"""What a simulated bootstrap is: roots, their waves, the steps in them, and the circles in which nothing can start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["Application", "ApplicationSet"]


@dataclass(frozen=True, slots=True)
class Wait:
    """Another Application that must be there first, and why: `needs`, or the kinds that it defines."""

    name: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """An Application or ApplicationSet that is made.

    Attributes:
        name: its name.
        kind: which of the two it is.
        path: the file that holds it.
        waits: what must be there first.
        brings: the API groups that it defines.
        unseen: what it applies, and cannot be seen here.
        waves: what it makes in turn.
    """

    name: str
    kind: Kind
    path: str
    waits: tuple[Wait, ...] = ()
    brings: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    waves: tuple[Wave, ...] = ()

    @property
    def applications(self) -> int:
        """How many Applications it makes, and those make in turn."""
        steps = [step for wave in self.waves for step in wave.steps]
        return sum((step.kind == "Application") + step.applications for step in steps)


@dataclass(frozen=True, slots=True)
class Wave:
    """What is made at once: steps, and how many other resources of each kind."""

    number: int
    steps: tuple[Step, ...]
    others: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One part of a circle: who waits for whom, and why, in words that name both."""

    name: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a wave waits until the Applications of the one before are healthy; None if nothing here tells."""

    closed: bool | None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A simulated bootstrap: one step for each root, and every deadlock as the circle that it is."""

    roots: tuple[Step, ...]
    gate: Gate
    deadlocks: tuple[tuple[Link, ...], ...]
