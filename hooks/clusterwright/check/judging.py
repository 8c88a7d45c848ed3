"""Runs rules over a repository, in two processes where there are two: the second begins with the schemas."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NoReturn

from clusterwright.check.model import Document, File, Place, Problem
from clusterwright.check.rule import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.check.parallel import Pair
    from clusterwright.check.repository import Repository
    from clusterwright.check.rule import Rule


def judge(repository: Repository, rules: Iterable[Rule], pair: Pair) -> list[tuple[Rule, Problem]]:
    """What each rule says about a repository; of more than `MOST` in a file, the first."""
    wanted = {rule.id: rule for rule in rules}
    if not pair.shared:
        return [(rule, problem) for rule in wanted.values() for problem in _found(rule, repository)]
    from clusterwright.check.registry import RULES
    from clusterwright.check.rules import schema

    first = {rule.id for rule in schema.RULES}
    pair.post([number for number, rule in enumerate(RULES) if rule.id in wanted and rule.id not in first])
    done = {RULES[job].id: list(_found(RULES[job], repository)) for job in pair.jobs()}
    while wanted.keys() - done.keys() and (received := pair.receive()) is not None:
        done.update(_decoded(repository, received))
    for name in wanted.keys() - done.keys():
        done[name] = list(_found(wanted[name], repository))
    return [(rule, problem) for rule in wanted.values() for problem in done[rule.id]]


def serve(repository: Repository, pair: Pair) -> NoReturn:
    """The second process' part: the schemas, whose engine is a third of a small check, and then what is left."""
    from clusterwright.check.rules import schema

    pair.send({rule.id: _encoded(_found(rule, repository)) for rule in schema.RULES})
    from clusterwright.check.registry import RULES

    pair.finish({RULES[job].id: _encoded(_found(RULES[job], repository)) for job in pair.jobs()})


def _found(rule: Rule, repository: Repository) -> Iterator[Problem]:
    """What a rule says, up to `MOST` about a file; then, that there is more."""
    seen: Counter[str] = Counter()
    for problem in rule.find(repository):
        path = problem.source if isinstance(problem.source, str) else problem.source.path
        seen[path] += 1
        if seen[path] <= MOST:
            yield problem
    for path, count in seen.items():
        if count > MOST:
            yield Problem(path, (), f"more than {MOST} times in this file: mend those that are named, then check again")


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
