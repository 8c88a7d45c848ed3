"""The timeline as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.suggest import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterwright.order.model import Gate, Link, Order, Step, Wave

_MOST = 2


def as_text(order: Order) -> str:
    """Each root with its waves, then those that make nothing, then what holds for all."""
    makers = [one for one in order.roots if one.waves]
    alone = [one for one in order.roots if not one.waves]
    blocks = ["\n".join(_root(one)) for one in makers]
    if alone:
        blocks.append("\n".join(_alone(alone)))
    blocks.extend("\n".join(_deadlock(one)) for one in order.deadlocks)
    blocks.append("\n".join(_summary(order)))
    return "\n\n".join(blocks)


def _root(root: Step) -> Iterator[str]:
    yield f"{root.name}  ({root.path})"
    yield from _waves(root, "  ")


def _waves(step: Step, indent: str) -> Iterator[str]:
    is_set = step.kind == "ApplicationSet"
    width = max((len(one.name) for wave in step.waves for one in wave.steps), default=0)
    digits = max(len(str(wave.number)) for wave in step.waves) if step.waves else 0
    for wave in step.waves:
        label = "all at once" if is_set else f"wave {wave.number:>{digits}}"
        for line in _wave(wave, width):
            yield f"{indent}{label}  {line}"
            label = " " * len(label)
    if step.unseen and step.waves:
        yield f"{indent}not seen here: {listed(step.unseen)}"


def _wave(wave: Wave, width: int) -> Iterator[str]:
    """The lines of a wave; what its steps make in turn is below them, indented."""
    if wave.others:
        yield listed((counted(count, kind) for kind, count in wave.others), 8)
    for step in wave.steps:
        notes = "; ".join(_notes(step))
        yield f"{step.name:<{width}}  {notes}".rstrip()
        yield from _waves(step, "  ")


def _notes(step: Step) -> Iterator[str]:
    if step.kind == "ApplicationSet":
        yield "ApplicationSet"
    if step.waits:
        yield f"waits for {', '.join(_wait(one.name, one.why) for one in step.waits)}"
    if step.brings:
        yield f"defines {_few(step.brings, 'API groups')}"
    if step.unseen and not step.waves:
        yield f"not seen here: {listed(step.unseen)}"


def _wait(name: str, why: tuple[str, ...]) -> str:
    kinds = [one for one in why if one != "needs"]
    return f"{name} ({_few(kinds, 'kinds')})" if kinds else name


def _few(words: Sequence[str], noun: str) -> str:
    """The words themselves, or how many there are."""
    return ", ".join(words) if len(words) <= _MOST else f"{len(words)} {noun}"


def _alone(steps: list[Step]) -> Iterator[str]:
    yield "on their own, at once:"
    width = max(len(step.name) for step in steps)
    for step in steps:
        yield f"  {step.name:<{width}}  {'; '.join((*_notes(step), step.path))}"


def _deadlock(circle: tuple[Link, ...]) -> Iterator[str]:
    names = [link.name for link in circle]
    yield f"deadlock: {' -> '.join((*names, names[0]))}"
    yield from (f"  {link.why}" for link in circle)


def _summary(order: Order) -> Iterator[str]:
    yield _gate(order.gate)
    applications = sum((one.kind == "Application") + one.applications for one in order.roots)
    roots = len(order.roots)
    end = counted(len(order.deadlocks), "deadlock") if order.deadlocks else "no deadlock"
    yield f"{counted(applications, 'Application')} from {counted(roots, 'root')}: {end}"


def _gate(gate: Gate) -> str:
    if gate.closed is None:
        return "each wave waits for the one before if Argo CD has a health check for Applications; nothing here tells"
    if gate.closed:
        return f"each wave waits until the Applications of the one before are healthy ({gate.path})"
    return f"waves do not wait for Applications: Argo CD has no health check for them ({gate.path})"
