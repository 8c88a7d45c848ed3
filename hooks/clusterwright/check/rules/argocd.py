"""Rules on Applications: what they read exists, and stays what it is."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from typing import TYPE_CHECKING

from clusterwright.check.applied import ELSEWHERE, local_path
from clusterwright.check.configuration import configurations
from clusterwright.check.model import Problem, mapping, text
from clusterwright.check.suggest import did_you_mean, listed
from clusterwright.fleet.tree import moved_to, owned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.check.argocd import Application, Source
    from clusterwright.check.repository import Repository

OVERRIDES = ("registry/clusters/*/overrides/*.yaml", "registry/clusters/*/overrides/*.yml")
RELEASE = 53
"""How long the name of a Helm release may be."""
LABEL = 63
"""How long the value of a label may be."""
_TRACKING = "application.resourceTrackingMethod"
_DNS = re.compile(r"[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?")
_HEAD = frozenset(("", "HEAD"))
_EXACT = re.compile(r"v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?|sha256:[0-9a-f]{64}")


def sources(repository: Repository) -> Iterator[Problem]:
    """Each Application that has both or none of source and sources."""
    for application in repository.applications:
        spec = mapping(application.resource.data, "spec")
        given = [key for key in ("source", "sources", "sourceHydrator") if spec.get(key)]
        if "source" in given and "sources" in given:
            yield application.problem(("spec", "source"), "has both source and sources, and ignores source: keep one")
        elif not given:
            yield application.problem(("spec",), "has no source: add spec.source or spec.sources")


def destinations(repository: Repository) -> Iterator[Problem]:
    """Each Application that has both or none of server and name."""
    for application in repository.applications:
        where = ("spec", "destination")
        if application.server and application.cluster:
            yield application.problem(where, "destination has both server and name: keep one")
        elif not application.server and not application.cluster:
            yield application.problem(where, "destination has neither server nor name: add one")


def unique(repository: Repository) -> Iterator[Problem]:
    """Each Application whose name another one of the same Argo CD has."""
    for group in repository.side_by_side:
        first: dict[tuple[str, str], Application] = {}
        for application in group:
            other = first.setdefault((application.resource.namespace, application.name), application)
            if other is not application and application.name and not _alternatives(other, application):
                path = other.resource.document.path
                yield application.problem(
                    ("metadata", "name"), f"the name {application.name} is taken in {path}: rename one of them"
                )


def _alternatives(one: Application, other: Application) -> bool:
    """Whether two files hold ApplicationSets of one name, of which surely only one is used."""
    if one.maker is None or other.maker is None or one.maker is other.maker:
        return False
    return one.maker.name == other.maker.name


def names(repository: Repository) -> Iterator[Problem]:
    """Each name that Helm, a label or Kubernetes does not take."""
    by_label = any(one.data.get(_TRACKING) == "label" for one in configurations(repository))
    for application in repository.applications:
        name, where = application.name, ("metadata", "name")
        if application.maker is not None and name and not _DNS.fullmatch(name):
            yield application.problem(where, f"makes the name {name!r}: use lower case letters, digits and dashes only")
        elif by_label and len(name) > LABEL:
            yield application.problem(
                where, f"the name {name} has {len(name)} characters; a label takes {LABEL}: shorten it"
            )
        for source in application.sources:
            release, at = _release(repository, application, source)
            if len(release) > RELEASE and _DNS.fullmatch(release):
                message = f"the Helm release {release} has {len(release)} characters; Helm takes {RELEASE}"
                yield application.problem(at, f"{message}: set a shorter helm.releaseName")


def _release(repository: Repository, application: Application, source: Source) -> tuple[str, tuple[str | int, ...]]:
    """The name of a source's Helm release and its place; empty if it is no chart."""
    chart = repository.is_own(source) and posixpath.normpath(f"{source.path}/Chart.yaml") in repository.paths
    given = text(source.data, "helm", "releaseName")
    if not (source.chart or chart):
        return "", ()
    return (given, (*source.where, "helm", "releaseName")) if given else (application.name, ("metadata", "name"))


def paths(repository: Repository) -> Iterator[Problem]:
    """Each path that this repository does not have."""
    for application, source in own_sources(repository):
        if source.chart or not source.path or source.path in repository.folders or ELSEWHERE.match(source.path):
            continue
        if source.path in repository.paths:
            hint = f"is a file; name its folder, {posixpath.dirname(source.path) or '.'}"
        else:
            hint = f"does not exist in this repository{_hint(source.path, repository.folders)}"
        yield application.problem((*source.where, "path"), f"path {source.path} {hint}")


def value_files(repository: Repository) -> Iterator[Problem]:
    """Each value file that does not exist; where that is allowed, the first one must, unless a user owns its path."""
    for application in repository.applications:
        for source in application.sources:
            for index, value_file in enumerate(source.value_files):
                path = local_path(repository, application, source, value_file)
                if path is None or path in repository.paths:
                    continue
                if source.ignore_missing and (index or owned(path, repository.settings.user_paths)):
                    continue
                what = "the first value file, its base values," if source.ignore_missing else "value file"
                hint = _hint(path, repository.paths)
                yield application.problem(value_file.where, f"{what} {path} does not exist{hint}")


def refs(repository: Repository) -> Iterator[Problem]:
    """Each `$ref` that no source of the Application declares."""
    for application in repository.applications:
        declared = [source.ref for source in application.sources if source.ref]
        for source in application.sources:
            for value_file in source.value_files:
                ref = value_file.ref
                if ref and ref not in declared and not ref.strip("{").startswith("ARGOCD_"):
                    hint = did_you_mean(ref, declared) or f"declared: {listed(declared) or 'none'}"
                    yield application.problem(value_file.where, f"no source has `ref: {ref}`: {hint}")


def heads(repository: Repository) -> Iterator[Problem]:
    """Each repository that is read at whatever its default branch is."""
    for application in repository.applications:
        for source in application.sources:
            if not source.chart and source.revision in _HEAD and source.repo:
                where = (*source.where, "targetRevision") if source.revision else source.where
                yield application.problem(where, f"{source.repo} is not pinned: name a branch, a tag or a commit")


def revisions(repository: Repository) -> Iterator[Problem]:
    """Each chart that is not pinned, and each source of this repository at another revision."""
    branch = repository.settings.branch
    for application in repository.applications:
        for source in application.sources:
            where = (*source.where, "targetRevision") if source.revision else source.where
            if source.chart and not _EXACT.fullmatch(source.revision):
                given = source.revision or "none"
                yield application.problem(
                    where, f"chart {source.chart} is not pinned ({given}): give one exact version"
                )
            elif branch and repository.is_own(source) and not _is_at(source, branch):
                message = f"reads this repository at {source.revision}, but its branch is {branch}: write {branch}"
                yield application.problem(where, message)


def _is_at(source: Source, branch: str) -> bool:
    """Whether a source reads a branch, or leaves it to the default."""
    return source.revision.removeprefix("refs/heads/") in _HEAD | {branch}


def unused_overrides(repository: Repository) -> Iterator[Problem]:
    """Each override that no Application has among its value files."""
    read = {
        local_path(repository, application, source, value_file)
        for application in repository.applications
        for source in application.sources
        for value_file in source.value_files
    }
    for path in [one for one in repository.sorted_paths if "/overrides/" in one]:
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in OVERRIDES) and path not in read:
            if moved_to(path, repository.settings.moved):
                continue  # the rule path-moved says where it belongs
            hint = _hint(path, [one for one in read if one and "/overrides/" in one]) or ": rename or remove it"
            yield Problem(path, (), f"no Application reads this override{hint}")


def own_sources(repository: Repository) -> Iterator[tuple[Application, Source]]:
    """Every source that is this repository."""
    for application in repository.applications:
        for source in application.sources:
            if repository.is_own(source):
                yield application, source


def _hint(path: str, known: Iterable[str]) -> str:
    """The most similar path beside this one, or with the same name in a folder beside its folder."""
    folder, name = posixpath.split(path)
    above, depth = posixpath.dirname(folder), path.count("/")
    near = [one for one in known if one.startswith(above) and one.endswith(f"/{name}") and one.count("/") == depth]
    beside = [one for one in known if one.startswith(f"{folder}/") and one.count("/") == depth]
    hint = did_you_mean(path, near + beside, cutoff=0.85)
    return f": {hint}" if hint else ""
