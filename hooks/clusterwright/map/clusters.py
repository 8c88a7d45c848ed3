"""Which clusters there are: those that a Secret declares, those that Applications name, and the one of Argo CD."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from clusterwright.check.argocd import IN_CLUSTER
from clusterwright.check.clusters import declared
from clusterwright.check.model import mapping, text
from clusterwright.map.labels import label
from clusterwright.map.model import Cluster, Place

if TYPE_CHECKING:
    from clusterwright.check.argocd import Application
    from clusterwright.check.clusters import Cluster as Declared
    from clusterwright.check.repository import Repository
    from clusterwright.map.places import Places

_HERE = frozenset((IN_CLUSTER, "in-cluster"))
UNKNOWN = "unknown"
"""The name of the cluster of an Application that names none, or none that can be known offline."""


class Clusters:
    """The clusters of a repository by name, and which one a destination means.

    Attributes:
        management: the name of the cluster that Argo CD itself runs in.
    """

    def __init__(self, repository: Repository, places: Places) -> None:
        self._places = places
        self._applications = repository.applications
        known = [*declared(repository)]
        here = next((one for one in known if one.server in _HERE), None)
        self.management = (here and _name(here)) or self._called() or "in-cluster"
        self._by_server = {one.server: _name(one) for one in known if one.server} | dict.fromkeys(
            _HERE, self.management
        )
        self._declared = {_name(one): one for one in known}

    def name(self, application: Application) -> str:
        """The cluster that an Application delivers to."""
        return self.called(application.server or application.cluster) or UNKNOWN

    def called(self, written: str) -> str:
        """The name of the cluster that is written as a server or a name."""
        given = written.rstrip("/")
        return self._by_server.get(given, given)

    def all(self) -> list[Cluster]:
        """Every cluster, the management cluster first."""
        hosts = {plane: self.name(one) for one in self._applications if (plane := self.plane(one))}
        labels = self._labels()
        found = [self._cluster(name, hosts.get(name, ""), labels[name]) for name in sorted(self._names)]
        return sorted(found, key=lambda one: one.kind != "management")

    def _called(self) -> str:
        """How the Applications that Argo CD delivers to its own cluster call that cluster."""
        here = [one for one in self._applications if (one.server or one.cluster).rstrip("/") in _HERE]
        names = Counter(name for one in here if (name := label(one.resource.metadata, "cluster")))
        return max(names, key=lambda name: (names[name], name), default="")

    def plane(self, application: Application) -> str:
        """The virtual cluster whose control plane an Application is: one with the chart of vCluster."""
        if not any(source.chart.rpartition("/")[2] == "vcluster" for source in application.sources):
            return ""
        names = self._names - {self.name(application)}
        return next((name for name in _candidates(application) if name in names), "")

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset((self.management, *self._declared, *map(self.name, self._applications)))

    def _labels(self) -> dict[str, list[dict[str, object]]]:
        """Whatever is labelled with a cluster's name, what declares the cluster first."""
        found: dict[str, list[dict[str, object]]] = {
            name: [self._declared[name].labels] if name in self._declared else [] for name in self._names
        }
        for one in self._applications:
            found.get(label(one.resource.metadata, "cluster"), []).append(mapping(one.resource.metadata, "labels"))
        return found

    def _cluster(self, name: str, host: str, labels: list[dict[str, object]]) -> Cluster:
        declaration = self._declared.get(name)
        host = host or _first(labels[:1] if declaration else [], "host")
        virtual = bool(host) or _first(labels[:1], "kind") == "virtual"
        management = name == self.management
        return Cluster(
            name=name,
            kind="management" if management else "virtual" if virtual else "physical",
            host=host,
            environment="" if management else _first(labels, "environment"),
            ring=_first(labels, "ring"),
            state=_leaving(declaration) if declaration else "",
            server=declaration.server if declaration else "",
            place=self._places.of(declaration.resource) if declaration else Place(),
        )


def _candidates(application: Application) -> list[str]:
    """What a virtual cluster may be called after."""
    releases = [text(source.data, "helm", "releaseName") for source in application.sources]
    return [label(application.resource.metadata, "cluster"), *releases, application.name, application.namespace]


def _name(one: Declared) -> str:
    return one.name or label({"labels": one.labels}, "cluster") or one.resource.name


def _leaving(one: Declared) -> str:
    """The state that a cluster's declaration says, unless that is the usual one."""
    return label(one.resource.metadata, "state").replace("active", "")


def _first(labels: list[dict[str, object]], key: str) -> str:
    return next((value for one in labels if (value := label({"labels": one}, key))), "")
