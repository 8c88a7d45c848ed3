"""The listeners of Gateways, and which routes they take: the rules of the Gateway API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.applied import clusters_of
from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.made import ANY, namespace_of
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

GROUP = "gateway.networking.k8s.io"
_HOLDERS = ("Gateway", "ListenerSet", "XListenerSet")
_NAME = "kubernetes.io/metadata.name"
"""The label with which Kubernetes names every namespace."""


class Listener(NamedTuple):
    """A listener: its name, port and hostname, and the namespace of its Gateway."""

    name: str
    port: object
    hostname: str
    namespace: str
    allowed: dict[str, Any]

    def takes_from(self, namespace: str, labels: dict[str, Any] | None) -> bool:
        """Whether it takes routes from a namespace; what cannot be told counts as yes.

        Args:
            namespace: the route's.
            labels: those of the namespace, if its manifest is here.
        """
        origin = text(self.allowed, "namespaces", "from") or "Same"
        if origin == "Same":
            return namespace == self.namespace
        if origin == "Selector":
            return _selects(mapping(self.allowed, "namespaces", "selector"), namespace, labels)
        return origin == "All"

    def answers_to(self, hostnames: list[str]) -> bool:
        """Whether one of a route's names is, or can be, one of its own."""
        return not self.hostname or not hostnames or any(_intersect(self.hostname, one) for one in hostnames)


def listeners(repository: Repository, holder: tuple[str, str, str], route: Resource) -> list[Listener] | None:
    """The listeners of a Gateway or ListenerSet where a route may meet it.

    Args:
        repository: what is here.
        holder: its kind, namespace and name; several clusters may have one of that name.
        route: who wants to be attached.

    Returns:
        Those of every cluster that the route may be in; None if none of them has it whole here.
    """
    return _met(repository, holder, clusters_of(repository, route))


@once
def _met(repository: Repository, holder: tuple[str, str, str], clusters: frozenset[str]) -> list[Listener] | None:
    """The listeners of those that what is in some clusters may meet, each once: clusters are often alike."""
    found = [
        own
        for there, own in _listeners(repository).get(holder, [])
        if not there or not clusters or not there.isdisjoint(clusters)
    ]
    return list({repr(one): one for own in found for one in own}.values()) if found else None


@once
def _listeners(repository: Repository) -> dict[tuple[str, str, str], list[tuple[frozenset[str], list[Listener]]]]:
    """The listeners of each Gateway or ListenerSet that is whole here, with the clusters that it is applied to."""
    found: dict[tuple[str, str, str], list[tuple[frozenset[str], list[Listener]]]] = {}
    for kind in _HOLDERS:
        for resource in repository.by_kind.get((GROUP, kind), []):
            namespace = namespace_of(repository, resource)
            if namespace != ANY and not changed_by(repository, resource, "patches", "names"):
                own = [_listener(one, namespace) for one in sequence(resource.data, "spec", "listeners")]
                clusters = clusters_of(repository, resource)
                found.setdefault((kind, namespace, resource.name), []).append((clusters, own))
    return found


def _listener(data: object, namespace: str) -> Listener:
    allowed = mapping(data, "allowedRoutes")
    return Listener(text(data, "name"), mapping(data).get("port"), text(data, "hostname"), namespace, allowed)


def _intersect(one: str, other: str) -> bool:
    """Whether some name fits both of two hostnames; `*.` stands for one label or more."""
    one, other = one.lower(), other.lower()
    if one.startswith("*."):
        return other.endswith(one[1:]) or (other.startswith("*.") and one.endswith(other[1:]))
    return other.startswith("*.") and one.endswith(other[1:]) if one != other else True


def _selects(selector: dict[str, Any], namespace: str, labels: dict[str, Any] | None) -> bool:
    known: dict[str, Any] = {**(labels or {}), _NAME: namespace}
    for key, value in mapping(selector, "matchLabels").items():
        if (key in known or labels is not None) and known.get(key) != value:
            return False
    for one in sequence(selector, "matchExpressions"):
        key, values = text(one, "key"), sequence(one, "values")
        if (key in known or labels is not None) and not _holds(text(one, "operator"), key, values, known):
            return False
    return True


def _holds(operator: str, key: str, values: list[Any], known: dict[str, Any]) -> bool:
    if operator in {"Exists", "DoesNotExist"}:
        return (key in known) is (operator == "Exists")
    if operator == "In":
        return known.get(key) in values
    return operator != "NotIn" or known.get(key) not in values
