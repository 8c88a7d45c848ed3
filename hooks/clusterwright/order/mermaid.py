"""The timeline as a Mermaid flowchart."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.order.model import Order, Step


def as_mermaid(order: Order) -> str:
    """One subgraph for each wave; solid arrows for what is waited for, dotted ones for what is made."""
    chart = _Chart()
    lines = ["flowchart LR"]
    for root in order.roots:
        lines += chart.step(root, "  ")
    lines += chart.arrows
    for circle in order.deadlocks:
        lines += [f"  %% deadlock: {link.why}" for link in circle]
    return "\n".join(lines)


class _Chart:
    """Numbers the nodes: names of Applications may hold what Mermaid does not take."""

    def __init__(self) -> None:
        self._number = count(1)
        self._ids: dict[str, str] = {}
        self._waiting: list[tuple[str, Step]] = []
        self._made: list[str] = []

    @property
    def arrows(self) -> list[str]:
        waits = [
            f"  {self._ids[one.name]} --> {here}"
            for here, step in self._waiting
            for one in step.waits
            if one.name in self._ids
        ]
        return [*self._made, *waits]

    def step(self, step: Step, indent: str) -> Iterator[str]:
        here = f"n{next(self._number)}"
        self._ids.setdefault(step.name, here)
        self._waiting.append((here, step))
        opening, closing = ("([", "])") if step.kind == "ApplicationSet" else ("[", "]")
        yield f'{indent}{here}{opening}"{_escaped(step.name)}"{closing}'
        for wave in step.waves:
            if not wave.steps:
                continue
            group = f"w{next(self._number)}"
            label = "at once" if step.kind == "ApplicationSet" else f"wave {wave.number}"
            self._made.append(f"  {here} -.-> {group}")
            yield f'{indent}subgraph {group}["{_escaped(step.name)}: {label}"]'
            for one in wave.steps:
                yield from self.step(one, f"{indent}  ")
            yield f"{indent}end"


def _escaped(text: str) -> str:
    return text.replace('"', "#quot;")
