"""What a map shows: clusters, Applications, environments, projects and the roots of OpenTofu or Terraform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["", "added", "changed", "removed"]
"""What a change does to something; empty where it leaves it alone, or where nothing is compared."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: a file of the repository, and a line; no path if nothing here declares it."""

    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that something is delivered to.

    Attributes:
        name: how people call it.
        kind: `management` is where Argo CD runs, `virtual` one inside a host, `physical` any other.
        host: the name of the cluster that a virtual one runs in; empty if nothing tells.
        environment: the stage that it serves, if it serves one.
        ring: the group of clusters that a change reaches together.
        state: that it is on its way out, such as `draining`; empty if nothing says so.
        server: its address; empty if nothing here tells.
        place: what declares it.
    """

    name: str
    kind: Literal["management", "physical", "virtual"]
    host: str
    environment: str
    ring: str
    state: str
    server: str
    place: Place
    status: Status = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an Application comes from: a chart or a path, and its version or revision."""

    repository: str
    path: str
    chart: str
    version: str


@dataclass(frozen=True, slots=True)
class Application:
    """An Application or an ApplicationSet.

    Attributes:
        id: tells it from every other one of the map.
        name: its own name.
        title: its name without that of its cluster.
        kind: which of the two it is.
        cluster: the name of the cluster that it delivers to.
        namespace: where on that cluster.
        project: the Argo CD project that permits it.
        environment: the stage that it belongs to; empty for a part of the platform.
        wave: when it is made, relative to those that are made with it.
        delivers: it brings something to its cluster; if not, it makes other Applications, and is a root of theirs.
        maker: the id of what makes it; empty if that is a person or a script.
        needs: the ids of those that must be there first.
        plane: the name of the virtual cluster whose control plane it is.
        sources: where it comes from.
        place: its manifest.
        was: the version of its chart before a change that moves it.
    """

    id: str
    name: str
    title: str
    kind: Literal["Application", "ApplicationSet"]
    cluster: str
    namespace: str
    project: str
    environment: str
    wave: int
    delivers: bool
    maker: str
    needs: tuple[str, ...]
    plane: str
    sources: tuple[Source, ...]
    place: Place
    status: Status = ""
    was: str = ""

    @property
    def version(self) -> str:
        """The version of its chart; empty if it comes without one."""
        return next((one.version for one in self.sources if one.chart), "")


@dataclass(frozen=True, slots=True)
class Project:
    """An Argo CD project, and the names of the clusters that it permits."""

    name: str
    clusters: tuple[str, ...]
    place: Place
    status: Status = ""


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that OpenTofu or Terraform applies with a state of its own.

    Attributes:
        name: how Atlantis calls it; else its folder.
        folder: where it is.
        after: the names of the roots that are applied before.
        cluster: the name of the cluster that it makes, if it is called like one.
        planned: Atlantis plans it.
        place: its project in atlantis.yaml; else where it says how it keeps its state.
    """

    name: str
    folder: str
    after: tuple[str, ...]
    cluster: str
    planned: bool
    place: Place
    status: Status = ""


@dataclass(frozen=True, slots=True)
class Map:
    """A whole repository; everything is in the order in which people would list it."""

    name: str
    clusters: tuple[Cluster, ...]
    applications: tuple[Application, ...]
    projects: tuple[Project, ...]
    roots: tuple[Root, ...]

    @property
    def environments(self) -> tuple[str, ...]:
        """The stages that anything belongs to, by name."""
        named = {one.environment for one in self.applications} | {one.environment for one in self.clusters}
        return tuple(sorted(named - {""}))
