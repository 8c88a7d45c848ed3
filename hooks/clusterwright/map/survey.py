"""Surveys a repository: everything that a map shows, as one value."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clusterwright.map.applications import applications, order
from clusterwright.map.clusters import Clusters
from clusterwright.map.model import Map, Project
from clusterwright.map.places import Places
from clusterwright.map.roots import roots

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterwright.check.projects import Project as Written
    from clusterwright.check.repository import Repository
    from clusterwright.map.applications import Made


@dataclass(frozen=True)
class Survey:
    """A map, and what each Application of it is in the repository, by id."""

    repository: Repository
    map: Map
    made: Mapping[str, Made]


def survey(repository: Repository) -> Survey:
    """Everything that a map of a repository shows; whatever the repository holds, it never raises."""
    places = Places()
    clusters = Clusters(repository, places)
    found = clusters.all()
    read = applications(repository, clusters, places)
    shown = Map(
        name=posixpath.basename(repository.own_url) or Path(repository.root).resolve().name,
        clusters=tuple(found),
        applications=tuple(sorted((one for one, _ in read.values()), key=order)),
        projects=tuple(_project(one, clusters, places) for _, one in sorted(repository.projects.items())),
        roots=roots(repository, {one.name for one in found}, places),
    )
    return Survey(repository, shown, {name: made for name, (_, made) in read.items()})


def _project(project: Written, clusters: Clusters, places: Places) -> Project:
    named = {clusters.called(one.server or one.name) for one in project.destinations}
    return Project(project.name, tuple(sorted(named)), places.of(project.resource))
