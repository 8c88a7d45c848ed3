"""Rules on amounts: what the API server refuses although each value by itself is a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.model import Problem, mapping, sequence
from clusterwright.check.quantity import ONE, is_in_thousandths, quantity
from clusterwright.check.workloads import pods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_BYTES = ("memory", "ephemeral-storage", "storage")
_FINEST = ONE // 1000


class _Amounts(NamedTuple):
    """Requests and limits that belong together."""

    document: Document
    at: Where
    title: str
    data: dict[str, Any]


def amounts(repository: Repository) -> Iterator[Problem]:
    """Each amount that is negative or too fine, and each request above its limit."""
    for one in _all(repository):
        for side in ("requests", "limits"):
            for name, written in mapping(one.data, side).items():
                fault = _fault(name, written)
                if fault:
                    yield _problem(one, side, name, f"{written} {fault}")
        for name, written in mapping(one.data, "requests").items():
            limit = mapping(one.data, "limits").get(name)
            asked, given = _amount(written), _amount(limit)
            if asked is not None and given is not None and asked > given:
                yield _problem(
                    one, "requests", name, f"{written} is above the limit of {limit}: raise that, or ask less"
                )


def units(repository: Repository) -> Iterator[Problem]:
    """Each number of bytes in thousandths of a byte."""
    for one in _all(repository):
        for side in ("requests", "limits"):
            for name in _BYTES:
                written = mapping(one.data, side).get(name)
                if isinstance(written, str) and is_in_thousandths(written):
                    bare = written[:-1]
                    message = f"{written} is thousandths of a byte: write {bare}Mi for mebibytes, {bare}M for megabytes"
                    yield _problem(one, side, name, message)


def _all(repository: Repository) -> Iterator[_Amounts]:
    for pod in pods(repository):
        for container in pod.containers:
            data = container.data.get("resources")
            if isinstance(data, dict):
                at = pod.resource.at(*container.at, "resources")
                yield _Amounts(pod.resource.document, at, pod.title, data)
    yield from _of_claims(repository)


def _of_claims(repository: Repository) -> Iterator[_Amounts]:
    for resource in repository.by_kind.get(("", "PersistentVolumeClaim"), []):
        at = resource.at("spec", "resources")
        title = resource.title
        yield _Amounts(resource.document, at, title, mapping(resource.data, "spec", "resources"))
    for resource in repository.by_kind.get(("apps", "StatefulSet"), []):
        for index, claim in enumerate(sequence(resource.data, "spec", "volumeClaimTemplates")):
            at = resource.at("spec", "volumeClaimTemplates", index, "spec", "resources")
            title = resource.title
            yield _Amounts(resource.document, at, title, mapping(claim, "spec", "resources"))


def _amount(written: object) -> int | None:
    return quantity(written) if isinstance(written, str | int | float) else None


def _fault(name: str, written: object) -> str:
    amount = _amount(written)
    if amount is None:
        return ""
    if amount < 0:
        return "is negative: write what is needed, or leave it out"
    if name == "storage" and amount == 0:
        return "is no size for a volume: write how large it has to be"
    if name == "cpu" and amount % _FINEST:
        return "is finer than a thousandth of a core: write it in whole `m`"
    return ""


def _problem(one: _Amounts, side: str, name: str, message: str) -> Problem:
    return Problem(one.document, (*one.at, side, name), f"{one.title}: {side}.{name}: {message}")
