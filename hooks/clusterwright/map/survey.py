"""Surveys a repository: everything that a map shows, as one value."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from clusterwright.map.applications import applications
from clusterwright.map.clusters import Clusters
from clusterwright.map.model import Map, Project
from clusterwright.map.places import Places
from clusterwright.map.roots import roots

if TYPE_CHECKING:
    from clusterwright.check.projects import Project as Written
    from clusterwright.check.repository import Repository


def survey(repository: Repository) -> Map:
    """Everything that a map of a repository shows; whatever the repository holds, it never raises."""
    places = Places()
    clusters = Clusters(repository, places)
    found = clusters.all()
    return Map(
        name=posixpath.basename(repository.own_url) or Path(repository.root).resolve().name,
        clusters=tuple(found),
        applications=applications(repository, clusters, places),
        projects=tuple(_project(one, clusters, places) for _, one in sorted(repository.projects.items())),
        roots=roots(repository, {one.name for one in found}, places),
    )


def _project(project: Written, clusters: Clusters, places: Places) -> Project:
    named = {clusters.called(one.server or one.name) for one in project.destinations}
    return Project(project.name, tuple(sorted(named)), places.of(project.resource))
