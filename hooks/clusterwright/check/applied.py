"""What an Application applies from this repository: the files of its folder, or of its kustomization."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from clusterwright.check.classify import KUSTOMIZATIONS
from clusterwright.check.globs import matches
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.urls import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application, Source
    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

_MANIFESTS = (".yaml", ".yml", ".json")


def applied(repository: Repository, application: Application) -> Iterator[Resource]:
    """Every resource that Argo CD would read, as a plain manifest, for an Application."""
    for source in application.sources:
        if source.path and not source.chart and identity(source.repo) == repository.own_url:
            for path in sorted(source_files(repository, source)):
                yield from repository.by_path.get(path, [])


def source_files(repository: Repository, source: Source) -> set[str]:
    """The manifests that a source of this repository holds; none for a chart."""
    folder = source.path
    here = repository.by_folder.get(folder, [])
    names = {posixpath.basename(path) for path in here}
    if "Chart.yaml" in names:
        return set()
    if names & KUSTOMIZATIONS:
        return _kustomized(repository, folder, set())
    directory = mapping(source.data, "directory")
    found = _below(repository, folder) if directory.get("recurse") is True else here
    return {path for path in found if path.endswith(_MANIFESTS) and _selected(path, folder, directory)}


def grouped(repository: Repository) -> dict[object, list[Application]]:
    """The Applications that one Argo CD sees side by side: those with the same parent, or else in the same folder."""
    parents: dict[str, str] = {}
    for application in repository.applications:
        for source in application.sources:
            if source.path and not source.chart and identity(source.repo) == repository.own_url:
                parents.update(dict.fromkeys(source_files(repository, source), application.name))
    groups: dict[object, list[Application]] = {}
    for application in repository.applications:
        path = application.resource.document.path
        key = (parents[path],) if path in parents else posixpath.dirname(path)
        groups.setdefault(key, []).append(application)
    return groups


def _selected(path: str, folder: str, directory: dict[str, object]) -> bool:
    relative = path if folder == "." else path[len(folder) + 1 :]
    include, exclude = text(directory, "include"), text(directory, "exclude")
    return not (exclude and matches(exclude, relative)) and (not include or matches(include, relative))


def _below(repository: Repository, folder: str) -> list[str]:
    prefix = "" if folder == "." else f"{folder}/"
    return [path for path in repository.paths if path.startswith(prefix)]


def _kustomized(repository: Repository, folder: str, seen: set[str]) -> set[str]:
    """The files that a kustomization takes in, those of other kustomizations too."""
    if folder in seen:
        return set()
    seen.add(folder)
    found: set[str] = set()
    for document in repository.kustomizations.get(folder, []):
        for key in ("resources", "bases", "components"):
            for name in sequence(document.data, key):
                path = posixpath.normpath(posixpath.join(folder, name)) if isinstance(name, str) else ""
                if path in repository.folders:
                    found |= _kustomized(repository, path, seen)
                elif path in repository.paths:
                    found.add(path)
    return found
