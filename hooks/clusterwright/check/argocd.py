"""Argo CD's resources as rules look at them: whatever a manifest holds, these never raise."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where

WAVE = "argocd.argoproj.io/sync-wave"
SYNC_OPTIONS = "argocd.argoproj.io/sync-options"
NEEDS = "clusterwright.dev/needs"
IN_CLUSTER = "https://kubernetes.default.svc"


@dataclass(frozen=True, slots=True)
class ValueFile:
    """An entry of a source's `valueFiles`: `ref` and `path` of `$ref/path`, else no ref."""

    written: str
    ref: str
    path: str
    where: Where


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One source of an Application; `path` is `.` for the repository's root, empty if there is none."""

    data: dict[str, Any]
    where: Where
    repo: str
    path: str
    chart: str
    ref: str
    revision: str
    value_files: tuple[ValueFile, ...]
    ignore_missing: bool


@dataclass(frozen=True, slots=True, eq=False)
class Application:
    """An Application, with what rules ask of it; `maker` is the ApplicationSet from whose template it comes."""

    resource: Resource
    sources: tuple[Source, ...]
    project: str
    server: str
    cluster: str
    namespace: str
    maker: Resource | None = None

    @property
    def name(self) -> str:
        """The Application's own name."""
        return self.resource.name

    @property
    def target(self) -> str:
        """The cluster that it goes to, by server or else by name; Argo CD's own has one server, however it is named."""
        return IN_CLUSTER if self.cluster == "in-cluster" else self.server or self.cluster

    @property
    def wave(self) -> int:
        """The sync wave in which it is made: its own, or that of its ApplicationSet."""
        return wave(self.maker or self.resource)

    @property
    def automated(self) -> dict[str, Any] | None:
        """The automated sync policy; None if a person syncs."""
        policy = mapping(self.resource.data, "spec", "syncPolicy").get("automated")
        return policy if isinstance(policy, dict) and policy.get("enabled") is not False else None

    @property
    def options(self) -> frozenset[str]:
        """The sync options that hold for each of its resources."""
        given = sequence(self.resource.data, "spec", "syncPolicy", "syncOptions")
        return frozenset(one for one in given if isinstance(one, str))

    @property
    def needs(self) -> list[str]:
        """The names of the Applications that this one waits for."""
        return [name for one in text(self.resource.metadata, "annotations", NEEDS).split(",") if (name := one.strip())]

    @property
    def title(self) -> str:
        """How messages call it."""
        if self.maker is not None:
            return f"ApplicationSet {self.maker.name}"
        return f"Application {self.name}" if self.name else "Application without a name"

    def problem(self, where: Where, message: str) -> Problem:
        """Something that is wrong at a path of this Application."""
        return Problem(self.resource.document, self.resource.at(*where), f"{self.title}: {message}")


def application(resource: Resource) -> Application:
    """Reads an Application."""
    spec = mapping(resource.data, "spec")
    found: list[tuple[tuple[str | int, ...], Any]] = [(("spec", "source"), spec["source"])] if "source" in spec else []
    found += [(("spec", "sources", index), one) for index, one in enumerate(sequence(spec, "sources"))]
    return Application(
        resource=resource,
        sources=tuple(_source(where, one) for where, one in found if isinstance(one, dict)),
        project=text(spec, "project"),
        server=text(spec, "destination", "server"),
        cluster=text(spec, "destination", "name"),
        namespace=text(spec, "destination", "namespace"),
    )


def _source(where: tuple[str | int, ...], data: dict[str, Any]) -> Source:
    path = text(data, "path")
    names = sequence(data, "helm", "valueFiles")
    return Source(
        data=data,
        where=where,
        repo=text(data, "repoURL"),
        path=posixpath.normpath(path).strip("/") if path else "",
        chart=text(data, "chart"),
        ref=text(data, "ref"),
        revision=text(data, "targetRevision"),
        value_files=tuple(
            _value_file(name, (*where, "helm", "valueFiles", index))
            for index, name in enumerate(names)
            if isinstance(name, str) and name
        ),
        ignore_missing=mapping(data, "helm").get("ignoreMissingValueFiles") is True,
    )


def _value_file(written: str, where: Where) -> ValueFile:
    if not written.startswith("$"):
        return ValueFile(written, "", written, where)
    ref, _, path = written[1:].partition("/")
    return ValueFile(written, ref, posixpath.normpath(path), where)


def wave(resource: Resource) -> int:
    """A resource's sync wave; 0 if it is not given, or no number."""
    return whole(mapping(resource.metadata, "annotations").get(WAVE)) or 0


def options(resource: Resource) -> frozenset[str]:
    """The sync options that a resource's annotation gives."""
    return frozenset(one.strip() for one in text(resource.metadata, "annotations", SYNC_OPTIONS).split(","))


def whole(value: object) -> int | None:
    """A whole number written as text; None for anything else."""
    try:
        return int(value) if isinstance(value, str) else None
    except ValueError:
        return None
