"""Runs rules over a repository, in two processes where there are two.

What rules work out of a repository (who applies what, what makes what) they share within a process. So each process has
families of its own to begin with, which ask for the same; the rest falls to whichever is free.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, NoReturn

from clusterwright.check.model import Document, File, Place, Problem
from clusterwright.check.registry import RULES
from clusterwright.check.rule import MANY, MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.check.parallel import Pair
    from clusterwright.check.repository import Repository
    from clusterwright.check.rule import Rule


_FIRST = (
    "argocd", "applicationsets", "clusters", "projects", "order", "bootstrap", "lifecycle", "manifest_paths",
    "namespaces", "references", "providers", "gateways",
)  # fmt: skip
"""What the first process begins with: the families that ask what Applications apply."""
_SECOND = ("schema",)
"""What the second begins with: their engine and its schemas are a third of a small check."""

_LONGEST = 500
_RAW = frozenset(map(chr, range(0xDC80, 0xDD00)))
"""How the bytes of a path are kept that are no UTF-8."""


def judge(repository: Repository, rules: Iterable[Rule], pair: Pair) -> list[tuple[Rule, Problem]]:
    """What each rule says about a repository; of more than `MOST` in a file, the first."""
    wanted = {rule.id: rule for rule in rules}
    if not pair.shared:
        return [(rule, problem) for rule in wanted.values() for problem in _found(rule, repository)]
    pair.post([number for number, family in enumerate(_shared()) if any(one.id in wanted for one in family)])
    done = _judged(repository, [rule for rule in wanted.values() if rule.family in _FIRST])
    for job in pair.jobs():
        done |= _judged(repository, [rule for rule in _shared()[job] if rule.id in wanted])
    while wanted.keys() - done.keys() and (received := pair.receive()) is not None:
        done.update(_decoded(repository, received))
    for name in wanted.keys() - done.keys():
        done[name] = list(_found(wanted[name], repository))
    return [(rule, problem) for rule in wanted.values() for problem in done[rule.id]]


def serve(repository: Repository, pair: Pair) -> NoReturn:
    """The second process' part: it does not know which rules are wanted, and what of it need not be heard."""
    pair.send(_told(repository, [rule for rule in RULES if rule.family in _SECOND]))
    pair.finish({name: found for job in pair.jobs() for name, found in _told(repository, _shared()[job]).items()})


def _shared() -> list[list[Rule]]:
    """The families that fall to either process."""
    rest = [rule for rule in RULES if rule.family not in {*_FIRST, *_SECOND}]
    return [list(rules) for _, rules in groupby(rest, lambda rule: rule.family)]


def _judged(repository: Repository, rules: Iterable[Rule]) -> dict[str, list[Problem]]:
    return {rule.id: list(_found(rule, repository)) for rule in rules}


def _told(repository: Repository, rules: Iterable[Rule]) -> dict[str, list[tuple[Any, ...]]]:
    return {rule.id: _encoded(_found(rule, repository)) for rule in rules}


def _found(rule: Rule, repository: Repository) -> Iterator[Problem]:
    """What a rule says, up to `MOST` about a file; then, that there is more."""
    seen: Counter[str] = Counter()
    for problem in rule.find(repository):
        path = problem.source if isinstance(problem.source, str) else problem.source.path
        seen[path] += 1
        if seen[path] <= MOST:
            yield problem if _is_line(problem.message) else problem._replace(message=_line(problem.message))
    for path, count in seen.items():
        if count > MOST:
            yield Problem(path, (), MANY)


def _is_line(message: str) -> bool:
    return message.isprintable() and len(message) <= _LONGEST


def _line(message: str) -> str:
    """A message in one line of bounded length, whatever the text that it quotes holds."""
    shown = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}..."
    kept = (one if one.isprintable() or one in _RAW else " " for one in shown)
    return " ".join("".join(kept).split())


def _encoded(problems: Iterable[Problem]) -> list[tuple[Any, ...]]:
    """Problems as plain data: a document is the index in its file, a file has none, a path has -1."""
    return [(*_source(one.source), isinstance(one.where, Place), tuple(one.where), *one[2:]) for one in problems]


def _source(source: Document | File | str) -> tuple[str, int | None]:
    if isinstance(source, Document):
        return source.path, source.index
    return (source.path, None) if isinstance(source, File) else (source, -1)


def _decoded(repository: Repository, received: dict[str, list[tuple[Any, ...]]]) -> Iterator[tuple[str, list[Problem]]]:
    """The problems again; of a document that a rule has made, the one in whose place it stands."""
    documents = {(one.path, one.index): one for one in repository.documents} if any(received.values()) else {}
    files = {one.path: one for one in repository.files} if documents else {}
    for rule, problems in received.items():
        yield (
            rule,
            [
                Problem(
                    path if index == -1 else files[path] if index is None else documents.get((path, index), path),
                    Place(*where) if is_place else where,
                    *rest,
                )
                for path, index, is_place, where, *rest in problems
            ],
        )
