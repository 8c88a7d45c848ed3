"""Runs the rules that are wanted over a repository and gives back one report."""

from __future__ import annotations

import time
from operator import attrgetter
from typing import TYPE_CHECKING

from clusterwright.check.choice import PYPROJECT, Choice, from_pyproject
from clusterwright.check.judging import judge, serve
from clusterwright.check.model import Document, File, Finding, Place, Problem
from clusterwright.check.parallel import Pair
from clusterwright.check.positions import positions
from clusterwright.check.registry import RULES
from clusterwright.check.repository import load
from clusterwright.check.root import common_root, prefix_of
from clusterwright.check.rules.ignores import MARK
from clusterwright.errors import UserError
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.check.ignores import Ignored
    from clusterwright.check.positions import Positions
    from clusterwright.check.report import Report
    from clusterwright.check.repository import Repository
    from clusterwright.check.rule import Rule


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to check.

    Attributes:
        kubernetes_version: `X.Y`; without it, what `.clusterwright.yaml` says.
        select: the only rules that run, whatever is configured.
        ignore: rules that do not run, besides those that are configured.
        strict: warnings make the check fail too.
        changed_since: a git revision; only files that have changed since count.
        content: what stands for the file that is the only path, if it is not to be read.
        schema_locations: where else to look for schemas.
    """

    kubernetes_version: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    changed_since: str = ""
    content: bytes | None = None
    schema_locations: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """What rules found, sorted, each once; and what comments ignore of it."""

    findings: list[Finding]
    ignored: list[Ignored]


_PLAIN = Wanted()
_ORDER = attrgetter("path", "line", "col", "rule", "message")
"""The order of findings itself, which a key makes four times faster."""


def check(*paths: str, wanted: Wanted = _PLAIN) -> Report:
    """Checks a repository, or folders or files of it with the whole repository in view.

    Args:
        paths: folders and files of one repository.
        wanted: how to check it.

    Raises:
        UserError: there is no such path, or what configures the check is wrong.
    """
    return checked(*paths, wanted=wanted)[0]


def checked(*paths: str, wanted: Wanted = _PLAIN) -> tuple[Report, Repository]:
    """As `check`, with the repository besides: to free it takes time, which a process that ends anyway can spare."""
    start = time.perf_counter()
    root, inside = common_root(paths, may_miss=wanted.content is not None)
    given = {} if wanted.content is None else dict.fromkeys(inside, wanted.content)
    with Pair() as pair:
        repository = load(root, wanted.kubernetes_version, given, pair, wanted.schema_locations)
        if pair.second:
            serve(repository, pair)
        return _report(repository, inside, wanted, start, pair), repository


def _report(repository: Repository, inside: tuple[str, ...], wanted: Wanted, start: float, pair: Pair) -> Report:
    from clusterwright.check.report import Report
    from clusterwright.check.selection import Selection

    selection = Selection(RULES, _configured(repository), wanted.select, wanted.ignore)
    found = examine(repository, selection.rules, pair)
    counted = [one for one in selection.judged(found.findings) if _within(one.path, inside)]
    shown = _changed(counted, repository.root, wanted.changed_since) if wanted.changed_since else counted
    texts = _texts(repository, {one.path for one in shown})
    findings = _sure(shown, texts)
    return Report(
        findings=tuple(findings),
        files=sum(_within(one.path, inside) for one in repository.files),
        resources=sum(_within(one.document.path, inside) for one in repository.resources),
        kubernetes_version=repository.schemas.version,
        seconds=time.perf_counter() - start,
        root=repository.root,
        prefix=prefix_of(repository.root),
        rules=selection.rules,
        left_out=len(RULES) - len(selection.rules),
        ignored=tuple(one for one in found.ignored if _within(one.finding.path, inside)),
        texts=texts,
        strict=wanted.strict,
        since=wanted.changed_since,
        elsewhere=sum(one.severity != "info" for one in counted) - sum(one.severity != "info" for one in findings),
    )


def find(repository: Repository, rules: Iterable[Rule]) -> list[Finding]:
    """What rules say about a repository, but for what comments ignore, sorted and each only once."""
    return examine(repository, rules).findings


def examine(repository: Repository, rules: Iterable[Rule], pair: Pair | None = None) -> Found:
    """What rules say about a repository, with the place of each finding."""
    ran = {rule.id: rule for rule in rules}
    found = judge(repository, ran.values(), pair or Pair())
    found.sort(key=lambda one: _path(one[1]))
    findings = sorted(set(_findings(found)), key=_ORDER)
    marked = [file for file in repository.files if MARK in file.text]
    if not marked:
        return Found(findings, [])
    from clusterwright.check.ignores import apply
    from clusterwright.check.selection import selectors

    return Found(*apply(marked, findings, ran, selectors(rule.id for rule in RULES)))


def _configured(repository: Repository) -> Choice:
    """What the repository says about rules, in the one place where it says it."""
    own = repository.settings.check
    other = None
    if PYPROJECT in repository.paths:
        other = from_pyproject(next((one.text for one in repository.files if one.path == PYPROJECT), b""))
    if own and other:
        raise UserError(f"{other.origin}: {own.origin} is there too; keep one of them")
    return own or other or Choice()


def _texts(repository: Repository, paths: set[str]) -> dict[str, bytes]:
    return {one.path: one.text for one in repository.files if one.path in paths} if paths else {}


def _sure(findings: list[Finding], texts: dict[str, bytes]) -> list[Finding]:
    """The findings; a fix that is not certain, as the file is, is none."""
    if not any(one.fix for one in findings):
        return findings
    from clusterwright.check.fixes import confirmed

    return confirmed(findings, texts)


def _changed(findings: list[Finding], root: str, revision: str) -> list[Finding]:
    from pathlib import Path

    from clusterwright.check.changed import changed_since

    changed = changed_since(Path(root), revision)
    return [one for one in findings if one.path in changed]


def _findings(found: list[tuple[Rule, Problem]]) -> Iterator[Finding]:
    """Findings in order of path, so that the positions of one file at a time are in memory."""
    current: File | None = None
    places: list[Positions] = []
    for rule, problem in found:
        file = problem.source.file if isinstance(problem.source, Document) else None
        if file is not None and file is not current:
            current, places = file, positions(file.text, file.scalars) if file.scalars is not None else []
        place = _place(problem, places)
        yield Finding(_path(problem), place.line, place.col, rule.id, rule.severity, problem.message, problem.fix)


def _place(problem: Problem, places: list[Positions]) -> Place:
    if isinstance(problem.where, Place):
        return problem.where
    # Nothing is placed that far down in a huge file.
    if not isinstance(problem.source, Document) or problem.source.index >= len(places):
        return Place(1, 1)
    document = places[problem.source.index]
    return document.key(problem.where) if problem.key else document.value(problem.where)


def _path(problem: Problem) -> str:
    return problem.source if isinstance(problem.source, str) else problem.source.path


def _within(path: str, inside: tuple[str, ...]) -> bool:
    return "" in inside or any(path == one or path.startswith(f"{one}/") for one in inside)
