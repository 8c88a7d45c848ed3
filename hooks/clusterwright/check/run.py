"""Runs every rule over a repository and gives back one report."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clusterwright.check.model import Document, File, Finding, Place, Problem
from clusterwright.check.positions import positions
from clusterwright.check.registry import RULES
from clusterwright.check.repository import load
from clusterwright.check.settings import NAME
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.check.positions import Positions
    from clusterwright.check.repository import Repository
    from clusterwright.check.rule import Rule


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in the order of files and lines.

    Attributes:
        findings: errors, and `info` on what could not be checked.
        files: how many files were read.
        resources: how many Kubernetes resources they hold.
        kubernetes_version: the version whose schemas were used.
        seconds: how long it took.
    """

    findings: tuple[Finding, ...]
    files: int
    resources: int
    kubernetes_version: str
    seconds: float

    @property
    def errors(self) -> list[Finding]:
        """The findings that make the check fail."""
        return [one for one in self.findings if one.severity == "error"]

    @property
    def not_checked(self) -> dict[str, int]:
        """What could not be checked, and how often."""
        return dict(Counter(one.message for one in self.findings if one.severity == "info").most_common())


def check(path: str, kubernetes_version: str = "") -> Report:
    """Checks a repository, or one folder or file of it with the whole repository in view.

    Args:
        path: a folder or a file.
        kubernetes_version: `X.Y`; without it, what `.clusterwright.yaml` says.

    Raises:
        UserError: there is no such path, or `.clusterwright.yaml` is wrong.
    """
    start = time.perf_counter()
    if not os.path.exists(path):  # noqa: PTH110 - a path may be any bytes
        raise UserError(f"{path}: no such file or folder")
    root, inside = repository_root(Path(path))
    repository = load(str(root), kubernetes_version)
    findings = [one for one in find(repository, RULES) if _within(one.path, inside)]
    files = [one for one in repository.files if _within(one.path, inside)]
    resources = [one for one in repository.resources if _within(one.document.path, inside)]
    return Report(
        findings=tuple(findings),
        files=len(files),
        resources=len(resources),
        kubernetes_version=repository.schemas.version,
        seconds=time.perf_counter() - start,
    )


def repository_root(path: Path) -> tuple[Path, str]:
    """The repository that holds a path, and the path inside it; the folder itself if it is in none."""
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    for root in (folder, *folder.parents):
        if (root / NAME).is_file() or (root / ".git").exists():
            inside = path.relative_to(root).as_posix()
            return root, "" if inside == "." else inside
    return folder, "" if path == folder else path.name


def find(repository: Repository, rules: Iterable[Rule]) -> list[Finding]:
    """What rules say about a repository, with the place of each finding, sorted and each only once."""
    found = [(rule, problem) for rule in rules for problem in rule.find(repository)]
    found.sort(key=lambda one: _path(one[1]))
    return sorted(set(_findings(found)))


def _findings(found: list[tuple[Rule, Problem]]) -> Iterator[Finding]:
    """Findings in order of path, so that the positions of one file at a time are in memory."""
    current: File | None = None
    places: list[Positions] = []
    for rule, problem in found:
        file = problem.source.file if isinstance(problem.source, Document) else None
        if file is not None and file is not current:
            current, places = file, positions(file.text, file.scalars) if file.scalars is not None else []
        place = _place(problem, places)
        yield Finding(_path(problem), place.line, place.col, rule.id, rule.severity, problem.message)


def _place(problem: Problem, places: list[Positions]) -> Place:
    if isinstance(problem.where, Place):
        return problem.where
    if not isinstance(problem.source, Document):
        return Place(1, 1)
    document = places[problem.source.index]
    return document.key(problem.where) if problem.key else document.value(problem.where)


def _path(problem: Problem) -> str:
    return problem.source if isinstance(problem.source, str) else problem.source.path


def _within(path: str, inside: str) -> bool:
    return not inside or path == inside or path.startswith(f"{inside}/")
