"""What an Application applies from this repository: the files of its folder, or of its kustomization."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from clusterwright.check.classify import KUSTOMIZATIONS
from clusterwright.check.globs import matches
from clusterwright.check.kustomize import taken
from clusterwright.check.model import mapping, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from clusterwright.check.argocd import Application, Source, ValueFile
    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

ELSEWHERE = re.compile(r"[a-z0-9+.-]+://|.*(\$\{?ARGOCD_|[*?{])")
"""A path that is an address, a pattern, or known to Argo CD only."""
_MANIFESTS = (".yaml", ".yml")
_HARMLESS = frozenset(
    ("apiVersion", "kind", "metadata", "resources", "bases", "generatorOptions", "configMapGenerator")
)
"""What a kustomization may say without changing the resources that it takes in."""
_AFTER_SLASH = "0"


@once
def applied(repository: Repository, application: Application) -> tuple[Resource, ...]:
    """Every resource of this repository that Argo CD would read, as it is, for an Application."""
    found = repository.by_path
    return tuple(one for path in sorted(repository.reads[application]) for one in found.get(path, ()))


def reads(repository: Repository, application: Application) -> frozenset[str]:
    """The manifests that an Application takes from this repository."""
    return frozenset(path for source in application.sources for path in source_files(repository, source))


@once
def source_files(repository: Repository, source: Source) -> frozenset[str]:
    """The manifests that a source takes from this repository; none if it is a chart, or elsewhere."""
    if not source.path or not repository.is_own(source):
        return frozenset()
    here = repository.by_folder.get(source.path, [])
    names = {path.rpartition("/")[2] for path in here}
    if "Chart.yaml" in names:
        return frozenset()
    if names & KUSTOMIZATIONS:
        return frozenset(_kustomized(repository, source.path, set()))
    directory = mapping(source.data, "directory")
    found = _below(repository, source.path) if directory.get("recurse") is True else here
    manifests = [path for path in found if path.endswith(_MANIFESTS)]
    return frozenset(_selected(manifests, source.path, directory))


@once
def clusters_of(repository: Repository, resource: Resource) -> frozenset[str]:
    """The clusters that a resource is applied to, as its Applications name them; empty if none of them applies it."""
    return frozenset(one.target for one in repository.parents.get(resource.document.path, []))


@once
def is_plain(repository: Repository, application: Application) -> bool:
    """Whether what it applies from this repository arrives as it is written here, names and namespaces included."""
    return not any(_changes(repository, source) for source in application.sources if repository.is_own(source))


def _changes(repository: Repository, source: Source) -> bool:
    if mapping(source.data, "kustomize") or mapping(source.data, "plugin"):
        return True
    folders = {posixpath.dirname(path) or "." for path in source_files(repository, source)} | {source.path}
    documents = [one for folder in folders for one in repository.kustomizations.get(folder, [])]
    return any(one.data.keys() - _HARMLESS for one in documents)


def local_path(repository: Repository, application: Application, source: Source, file: ValueFile) -> str | None:
    """Where in this repository a value file is; None if it is somewhere else."""
    if ELSEWHERE.match(file.path) or file.ref.strip("{").startswith("ARGOCD_"):
        return None
    if file.ref:
        holders = [one for one in application.sources if one.ref == file.ref]
        return file.path if holders and repository.is_own(holders[0]) else None
    if not repository.is_own(source):
        return None
    return posixpath.normpath(posixpath.join("/", source.path, file.path)).lstrip("/")


def side_by_side(repository: Repository) -> list[list[Application]]:
    """The Applications that one Argo CD surely sees together: those of one parent, or else those of one folder."""
    groups: dict[Application | str, list[Application]] = {}
    for application in repository.applications:
        path = application.resource.document.path
        parents = [one for one in repository.parents.get(path, []) if one is not application]
        groups.setdefault(parents[-1] if parents else posixpath.dirname(path), []).append(application)
    return list(groups.values())


def _selected(paths: list[str], folder: str, directory: dict[str, object]) -> list[str]:
    """The paths that a source's globs leave of those below its folder."""
    include, exclude = text(directory, "include"), text(directory, "exclude")
    begin = 0 if folder == "." else len(folder) + 1
    if include:
        paths = [path for path in paths if matches(include, path[begin:])]
    return [path for path in paths if not matches(exclude, path[begin:])] if exclude else paths


def _below(repository: Repository, folder: str) -> list[str]:
    paths = repository.sorted_paths
    if folder == ".":
        return paths
    return paths[bisect_left(paths, f"{folder}/") : bisect_left(paths, f"{folder}{_AFTER_SLASH}")]


def _kustomized(repository: Repository, folder: str, seen: set[str]) -> set[str]:
    """The files that a kustomization takes in, those of other kustomizations too."""
    if folder in seen:
        return set()
    seen.add(folder)
    found: set[str] = set()
    for document in repository.kustomizations.get(folder, []):
        for path in taken(document):
            if path in repository.folders:
                found |= _kustomized(repository, path, seen)
            elif path in repository.paths:
                found.add(path)
    return found
