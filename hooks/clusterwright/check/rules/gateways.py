"""Rules on routes: the Gateway takes them, and what is behind them exists and may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.listeners import GROUP, listeners
from clusterwright.check.made import ANY, is_made, may_be_elsewhere, names_made, namespace_of
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.once import once
from clusterwright.check.references import Reference
from clusterwright.check.rules.references import missing
from clusterwright.check.suggest import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.listeners import Listener
    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_ROUTES = ("GRPCRoute", "HTTPRoute", "TCPRoute", "TLSRoute", "UDPRoute")
_ANNOTATED = "use-annotation"
"""The port of a backend that is no Service: the load balancer's annotations say what it is."""


class _Backend(NamedTuple):
    """A Service behind a route or an Ingress; `port` is its number or name, None if none is given."""

    resource: Resource
    where: Where
    name: str
    namespace: str
    port: object


def attached(repository: Repository) -> Iterator[Problem]:
    """Each route that none of the listeners to which it wants takes: by name, namespace or hostname."""
    for route in _routes(repository):
        for index, parent in enumerate(sequence(route.data, "spec", "parentRefs")):
            own = listeners(repository, _holder(repository, route, parent), route)
            if own is not None:
                yield from _refused(repository, route, index, own)


def gateways(repository: Repository) -> Iterator[Problem]:
    """Each Gateway that nothing here makes."""
    for route in _routes(repository):
        for index, parent in enumerate(sequence(route.data, "spec", "parentRefs")):
            kind, namespace, name = _holder(repository, route, parent)
            if kind == "Gateway" and name and not is_made(repository, kind, name, namespace):
                where = ("spec", "parentRefs", index, "name")
                yield from missing(repository, Reference(route, where, kind, name, namespace))


def _routes(repository: Repository) -> Iterator[Resource]:
    for kind in _ROUTES:
        for route in repository.by_kind.get((GROUP, kind), []):
            if not changed_by(repository, route, "patches"):
                yield route


def _holder(repository: Repository, route: Resource, parent: object) -> tuple[str, str, str]:
    """The kind, namespace and name of what a route wants to be attached to."""
    kind = text(parent, "kind") or "Gateway"
    if text(parent, "group") not in {"", GROUP}:
        kind = ""
    return kind, text(parent, "namespace") or namespace_of(repository, route), text(parent, "name")


def _refused(repository: Repository, route: Resource, index: int, own: list[Listener]) -> Iterator[Problem]:
    parent = mapping(sequence(route.data, "spec", "parentRefs")[index])
    where: Where = ("spec", "parentRefs", index)
    title = f"{route.title}: Gateway {text(parent, 'name')}"
    section, port = text(parent, "sectionName"), parent.get("port")
    wanted = [one for one in own if section in {"", one.name} and port in (None, one.port)]
    if not wanted:
        names = [one.name for one in own]
        key = "sectionName" if section else "port"
        hint = did_you_mean(section, names) or f"it has {listed(names) or 'none'}"
        yield _at(route, (*where, key), f"{title} has no listener {section or port}: {hint}")
        return
    namespace = namespace_of(repository, route)
    labels = _labels(repository, namespace)
    open_to = [one for one in wanted if namespace == ANY or one.takes_from(namespace, labels)]
    if not open_to:
        message = f"{title} takes no routes from namespace {namespace}: allow it in the listener's allowedRoutes"
        yield _at(route, where, message)
        return
    hostnames = [one for one in sequence(route.data, "spec", "hostnames") if isinstance(one, str)]
    if not any(one.answers_to(hostnames) for one in open_to):
        served = listed(sorted({one.hostname for one in open_to}))
        message = f"{title} does not answer to {listed(hostnames)} there, only to {served}: correct one of them"
        yield _at(route, ("spec", "hostnames"), message)


def _labels(repository: Repository, namespace: str) -> dict[str, Any] | None:
    """The labels of a namespace, if its manifest is here and nothing adds to it."""
    found = repository.by_name.get(("", "Namespace", namespace), [])
    if len(found) != 1 or changed_by(repository, found[0], "labels", "patches"):
        return None
    return mapping(found[0].metadata, "labels")


def backends(repository: Repository) -> Iterator[Problem]:
    """Each Service behind a route or an Ingress that nothing here makes, or that has no such port."""
    for one in (*_of_routes(repository), *_of_ingresses(repository)):
        if not is_made(repository, "Service", one.name, one.namespace):
            where = (*one.where, "name")
            yield from missing(repository, Reference(one.resource, where, "Service", one.name, one.namespace))
            continue
        ports = _ports(repository, one.name, one.namespace)
        if ports and one.port is not None and one.port not in ports:
            message = f"{one.resource.title}: Service {one.name} has no port {one.port}"
            yield _at(one.resource, (*one.where, "port"), f"{message}: it has {listed(map(str, ports))}")


def _of_routes(repository: Repository) -> Iterator[_Backend]:
    for route in _routes(repository):
        own = namespace_of(repository, route)
        for index, rule in enumerate(sequence(route.data, "spec", "rules")):
            for number, one in enumerate(sequence(rule, "backendRefs")):
                if text(one, "name") and text(one, "kind") in {"", "Service"}:
                    where = ("spec", "rules", index, "backendRefs", number)
                    namespace = text(one, "namespace") or own
                    yield _Backend(route, where, text(one, "name"), namespace, mapping(one).get("port"))


def _of_ingresses(repository: Repository) -> Iterator[_Backend]:
    for ingress in repository.by_kind.get(("networking.k8s.io", "Ingress"), []):
        if changed_by(repository, ingress, "patches"):
            continue
        namespace = namespace_of(repository, ingress)
        for where, backend in _ingress_backends(ingress):
            service = mapping(backend, "service")
            port = mapping(service, "port")
            if text(service, "name") and port.get("name") != _ANNOTATED:
                given = port.get("number", port.get("name"))
                yield _Backend(ingress, (*where, "service"), service["name"], namespace, given)


def _ingress_backends(ingress: Resource) -> Iterator[tuple[Where, object]]:
    spec = mapping(ingress.data, "spec")
    yield ("spec", "defaultBackend"), spec.get("defaultBackend")
    for index, rule in enumerate(sequence(spec, "rules")):
        for number, path in enumerate(sequence(rule, "http", "paths")):
            yield ("spec", "rules", index, "http", "paths", number, "backend"), mapping(path).get("backend")


@once
def _ports(repository: Repository, name: str, namespace: str) -> list[object]:
    """The numbers and names of a Service's ports, if there is just one such Service and nothing changes it."""
    found = [
        one
        for one in repository.by_name.get(("", "Service", name), [])
        if ANY in {namespace, own := namespace_of(repository, one)} or own == namespace
    ]
    if len(found) != 1 or changed_by(repository, found[0], "patches"):
        return []
    ports = sequence(found[0].data, "spec", "ports")
    return [value for port in ports for key in ("port", "name") if (value := mapping(port).get(key)) is not None]


def grants(repository: Repository) -> Iterator[Problem]:
    """Each Service in another namespace that no ReferenceGrant there opens to the route."""
    granted = {
        (namespace_of(repository, grant), text(one, "kind"), text(one, "namespace"))
        for grant in repository.by_kind.get((GROUP, "ReferenceGrant"), [])
        for one in sequence(grant.data, "spec", "from")
    }
    for one in _of_routes(repository):
        own = namespace_of(repository, one.resource)
        if own in {ANY, one.namespace} or granted & {(at, one.resource.kind, own) for at in (one.namespace, ANY)}:
            continue
        if not may_be_elsewhere(repository, one.namespace) or names_made(repository, "ReferenceGrant"):
            message = f"{one.resource.title}: no ReferenceGrant in {one.namespace} lets a"
            fix = f"{one.resource.kind} of {own} reach Service {one.name}: add one there"
            yield _at(one.resource, (*one.where, "namespace"), f"{message} {fix}")


def _at(resource: Resource, where: Where, message: str) -> Problem:
    return Problem(resource.document, resource.at(*where), message)
