"""Rules on order: sync waves agree with what Applications say they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.argocd import NEEDS, WAVE, whole
from clusterwright.check.model import Problem, mapping
from clusterwright.check.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application
    from clusterwright.check.repository import Repository

_WAVE_AT = ("metadata", "annotations", WAVE)
_NEEDS_AT = ("metadata", "annotations", NEEDS)


def integers(repository: Repository) -> Iterator[Problem]:
    """Each sync wave that Argo CD would take for 0."""
    for resource in repository.resources:
        value = mapping(resource.metadata, "annotations").get(WAVE)
        if value is not None and whole(value) is None:
            remedy = f'write "{value}"' if isinstance(value, int) else "write a whole number, quoted"
            message = f"{resource.kind}: sync-wave {value!r}: {remedy}"
            yield Problem(
                resource.document,
                resource.at(*_WAVE_AT),
                message,
                fix="quote" if isinstance(value, int) and not isinstance(value, bool) else None,
            )


def exist(repository: Repository) -> Iterator[Problem]:
    """Each need that no Application beside this one is."""
    for siblings in _siblings(repository):
        for application in siblings.values():
            for name in application.needs:
                if name not in siblings:
                    hint = did_you_mean(name, siblings) or "correct the annotation"
                    yield application.problem(_NEEDS_AT, f"needs {name}, but there is no such Application: {hint}")


def ordered(repository: Repository) -> Iterator[Problem]:
    """Each Application that does not come after what it needs."""
    for siblings in _siblings(repository):
        for application in siblings.values():
            needed = [siblings[name] for name in application.needs if name in siblings]
            for other in needed:
                if other.wave >= application.wave and other is not application:
                    message = f"is in wave {application.wave}, but needs {other.name}, which is in wave {other.wave}"
                    yield application.problem(_WAVE_AT, f"{message}: raise it above {other.wave}")


def circles(repository: Repository) -> Iterator[Problem]:
    """Each circle of needs, once, at its first name."""
    for siblings in _siblings(repository):
        for circle in _circles({name: one.needs for name, one in siblings.items()}):
            way = " -> ".join((*circle, circle[0]))
            yield siblings[circle[0]].problem(_NEEDS_AT, f"needs go round in a circle: {way}; remove one of them")


def _siblings(repository: Repository) -> Iterator[dict[str, Application]]:
    for group in repository.side_by_side:
        yield {application.name: application for application in group}


def _circles(needs: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """One circle for each way back that a search in order of name meets."""
    done: set[str] = set()
    for start in sorted(needs):
        way: list[str] = []
        pending = [(start, iter(sorted(needs[start])))] if start not in done else []
        way.extend(name for name, _ in pending)
        while pending:
            name = next((one for one in pending[-1][1] if one in needs and one not in done), None)
            if name is None:
                done.add(way.pop())
                pending.pop()
            elif name in way:
                circle = way[way.index(name) :]
                first = circle.index(min(circle))
                yield (*circle[first:], *circle[:first])
            else:
                way.append(name)
                pending.append((name, iter(sorted(needs[name]))))
