"""Rules on the annotation that says which paths of the repository concern an Application."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from clusterwright.check.applied import local_path, source_files
from clusterwright.check.globs import compiled
from clusterwright.check.model import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application, Source
    from clusterwright.check.model import Problem
    from clusterwright.check.repository import Repository

PATHS = "argocd.argoproj.io/manifest-generate-paths"
_AT = ("metadata", "annotations", PATHS)


def covered(repository: Repository) -> Iterator[Problem]:
    """Each path of this repository that an Application reads, and whose changes it would not notice."""
    for application in repository.applications:
        given = text(application.resource.metadata, "annotations", PATHS)
        refreshing = {source: list(_refreshing(given, source)) for source in application.sources}
        for source, path in _read(repository, application) if given.strip("; ") else ():
            if not any(_covers(one, path) for one in refreshing[source]):
                message = f"reads {path}, which manifest-generate-paths does not cover, so changes there go unnoticed"
                yield application.problem(_AT, f"{message}: add /{path}")


def missing(repository: Repository) -> Iterator[Problem]:
    """Each Application without the annotation, where most of those that read this repository have it."""
    reading = [one for one in repository.applications if any(repository.is_own(source) for source in one.sources)]
    without = [one for one in reading if not text(one.resource.metadata, "annotations", PATHS)]
    if len(without) * 2 > len(reading):
        return
    for application in without:
        message = f"is refreshed by every commit, unlike its neighbours: annotate it with {PATHS}"
        yield application.problem(("metadata",), message)


def _read(repository: Repository, application: Application) -> Iterator[tuple[Source, str]]:
    """What an Application reads from this repository, with the source that reads it."""
    for source in application.sources:
        if repository.is_own(source) and source.path:
            yield source, source.path
            folder = "" if source.path == "." else f"{source.path}/"
            yield from ((source, one) for one in sorted(source_files(repository, source)) if not one.startswith(folder))
        for value_file in source.value_files:
            path = local_path(repository, application, source, value_file)
            if path:
                holders = [one for one in application.sources if value_file.ref and one.ref == value_file.ref]
                yield (holders or [source])[0], path


def _refreshing(given: str, source: Source) -> Iterator[str]:
    """The paths that the annotation means for a source: those without a slash in front are below the source's own."""
    for one in filter(None, map(str.strip, given.split(";"))):
        yield posixpath.normpath(one.lstrip("/") or "." if one.startswith("/") else posixpath.join(source.path, one))


def _covers(item: str, path: str) -> bool:
    if item in {".", path} or path.startswith(f"{item}/"):
        return True
    return compiled(item.replace("**", "*"), "/").match(f"{path}/*") is not None if "*" in item else False
