"""Rules on containers: what the API server, or a server-side apply, refuses although the schema allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.suggest import did_you_mean
from clusterwright.check.workloads import claims, pods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository
    from clusterwright.check.workloads import Container, Pod

_OF_CONTAINER = (("env", "name"), ("volumeMounts", "mountPath"), ("volumeDevices", "devicePath"))
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_HANDLERS = ("httpGet", "tcpSocket", "grpc")
_HIGHEST = 65535


def duplicates(repository: Repository) -> Iterator[Problem]:
    """Each entry of a list whose key another entry has: Kubernetes merges these lists by that key."""
    for pod in pods(repository):
        yield from _twice(pod.resource, [(one.at, text(one.data, "name")) for one in pod.containers], "name")
        yield from _listed(pod.resource, pod.spec, pod.at, "volumes", "name")
        for container in pod.containers:
            for name, key in _OF_CONTAINER:
                yield from _listed(pod.resource, container.data, container.at, name, key)
            yield from _listed(pod.resource, container.data, container.at, "ports", "name")
            yield from _ports(pod.resource, container.data, container.at, "containerPort")
    for resource in repository.by_kind.get(("", "Service"), []):
        spec = mapping(resource.data, "spec")
        yield from _listed(resource, spec, ("spec",), "ports", "name")
        yield from _ports(resource, spec, ("spec",), "port")


def _listed(resource: Resource, data: dict[str, Any], at: Where, name: str, key: str) -> Iterator[Problem]:
    entries = sequence(data, name)
    if len(entries) > 1:
        yield from _twice(resource, [((*at, name, index), text(one, key)) for index, one in enumerate(entries)], key)


def _ports(resource: Resource, data: dict[str, Any], at: Where, key: str) -> Iterator[Problem]:
    """Ports are the same if number, protocol and the address of the host are."""
    entries: list[tuple[Where, str]] = []
    for index, one in enumerate(sequence(data, "ports")):
        number = mapping(one).get(key)
        if isinstance(number, int):
            host = "".join(f" on {one[name]}" for name in ("hostIP", "hostPort") if one.get(name))
            entries.append(((*at, "ports", index), f"{number}/{text(one, 'protocol') or 'TCP'}{host}"))
    yield from _twice(resource, entries, key)


def _twice(resource: Resource, entries: list[tuple[Where, str]], key: str) -> Iterator[Problem]:
    if len({value for _, value in entries}) == len(entries):
        return
    seen: set[str] = set()
    for at, value in entries:
        if value in seen:
            message = f"{resource.title}: {_list_of(at)}: {key} {value} is given twice: remove one"
            yield Problem(resource.document, resource.at(*at, key), message)
        elif value:
            seen.add(value)


def _list_of(at: Where) -> str:
    return next(str(step) for step in reversed(at) if isinstance(step, str))


def ports(repository: Repository) -> Iterator[Problem]:
    """Each number that no port has."""
    for pod in pods(repository):
        for container in pod.containers:
            yield from _numbers(pod.resource, container.data, container.at, ("containerPort", "hostPort"))
            for where, value in _probed(container):
                yield from _range(pod.resource, where, value)
    for resource in repository.by_kind.get(("", "Service"), []):
        yield from _numbers(resource, mapping(resource.data, "spec"), ("spec",), ("port", "targetPort", "nodePort"))


def _numbers(resource: Resource, data: dict[str, Any], at: Where, keys: tuple[str, ...]) -> Iterator[Problem]:
    for index, port in enumerate(sequence(data, "ports")):
        for key in keys:
            yield from _range(resource, (*at, "ports", index, key), mapping(port).get(key))


def _range(resource: Resource, where: Where, value: object) -> Iterator[Problem]:
    lowest = 0 if where[-1] in {"hostPort", "nodePort", "targetPort"} else 1
    if isinstance(value, int) and not isinstance(value, bool) and not lowest <= value <= _HIGHEST:
        message = f"{resource.title}: {where[-1]} {value}: a port is a number from 1 to {_HIGHEST}"
        yield Problem(resource.document, resource.at(*where), message)


def _probed(container: Container) -> Iterator[tuple[Where, object]]:
    """The ports that a container's probes and hooks ask."""
    hooks = [("lifecycle", name) for name in ("postStart", "preStop")]
    for steps in (*((name,) for name in _PROBES), *hooks):
        for handler in _HANDLERS:
            port = mapping(container.data, *steps, handler).get("port")
            if port is not None:
                yield (*container.at, *steps, handler, "port"), port


def probe_ports(repository: Repository) -> Iterator[Problem]:
    """Each probe of a named port that its container does not have."""
    for pod in pods(repository):
        for container in pod.containers if pod.complete else ():
            for where, value in _probed(container):
                names = [text(port, "name") for port in sequence(container.data, "ports")]
                if isinstance(value, str) and not value.isdecimal() and "$" not in value and value not in names:
                    hint = did_you_mean(value, names) or "name the port so, or write its number"
                    yield pod.problem(where, f"the container has no port {value!r}: {hint}")


def images(repository: Repository) -> Iterator[Problem]:
    """Each container without an image."""
    for pod in pods(repository):
        if not pod.complete or pod.resource.group == "actions.github.com":
            continue
        for container in pod.containers:
            if not container.data.get("image") and not changed_by(repository, pod.resource, "images"):
                name = text(container.data, "name")
                yield pod.problem((*container.at, "image"), f"container {name} has no image: name one with its tag")


def mounts(repository: Repository) -> Iterator[Problem]:
    """Each mount of a volume that the pod does not have."""
    for pod in pods(repository):
        if not pod.complete or not any("volumeMounts" in one.data for one in pod.containers):
            continue
        known = {text(one, "name") for one in sequence(pod.spec, "volumes")} | claims(pod)
        for container in pod.containers:
            yield from _unknown(pod, container, known)


def _unknown(pod: Pod, container: Container, known: set[str]) -> Iterator[Problem]:
    for index, mount in enumerate(sequence(container.data, "volumeMounts")):
        name = text(mount, "name")
        if name and name not in known and "{{" not in name:
            hint = did_you_mean(name, known) or "add it to volumes"
            yield pod.problem((*container.at, "volumeMounts", index, "name"), f"no volume {name!r}: {hint}")
