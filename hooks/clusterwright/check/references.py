"""What pods and routes refer to: service accounts, Secrets, ConfigMaps, claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.made import ACCOUNT, CLAIM, CONFIG, SECRET
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.once import once
from clusterwright.check.workloads import pods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository
    from clusterwright.check.workloads import Container, Pod

_GIVEN = frozenset(("kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"))
"""ConfigMaps that clusters put into every namespace."""
_VOLUMES = (
    (SECRET, ("secret",), "secretName"),
    (CONFIG, ("configMap",), "name"),
    (CLAIM, ("persistentVolumeClaim",), "claimName"),
)
_ENV_FROM = ((SECRET, "secretRef"), (CONFIG, "configMapRef"))
_ENV = ((SECRET, "secretKeyRef"), (CONFIG, "configMapKeyRef"))


class Reference(NamedTuple):
    """What a resource refers to, and where it does; `namespace` is None where it is the resource's own."""

    resource: Resource
    where: Where
    kind: str
    name: str
    namespace: str | None = None

    @property
    def title(self) -> str:
        """How messages call the resource that refers."""
        return self.resource.title

    def problem(self, message: str) -> Problem:
        """Something that is wrong with the reference."""
        return Problem(self.resource.document, self.resource.at(*self.where), f"{self.title}: {message}")


@once
def references(repository: Repository) -> tuple[Reference, ...]:
    """Every reference of a pod or an Ingress to an object that has to exist."""
    return (*_of_pods(repository), *_of_ingresses(repository))


def _of_pods(repository: Repository) -> Iterator[Reference]:
    for pod in pods(repository):
        for where, kind, data, key in _of_pod(pod):
            name = data.get(key)
            if isinstance(name, str) and _is_needed(data, name):
                yield Reference(pod.resource, (*where, key), kind, name)


def _of_ingresses(repository: Repository) -> Iterator[Reference]:
    for resource in repository.by_kind.get(("networking.k8s.io", "Ingress"), []):
        for index, one in enumerate(sequence(resource.data, "spec", "tls")):
            name = text(one, "secretName")
            if name and _is_needed({}, name):
                yield Reference(resource, ("spec", "tls", index, "secretName"), SECRET, name)


_Found = tuple["Where", str, dict[str, Any], str]


def _is_needed(data: dict[str, Any], name: str) -> bool:
    return bool(name) and data.get("optional") is not True and name not in _GIVEN and not set(name) & set("${<")


def _of_pod(pod: Pod) -> Iterator[_Found]:
    if text(pod.spec, "serviceAccountName") != "default":
        yield pod.at, ACCOUNT, pod.spec, "serviceAccountName"
    for index, one in enumerate(sequence(pod.spec, "imagePullSecrets")):
        yield (*pod.at, "imagePullSecrets", index), SECRET, mapping(one), "name"
    for index, volume in enumerate(sequence(pod.spec, "volumes")):
        at = (*pod.at, "volumes", index)
        for source, where in _sources(volume, at):
            for kind, steps, key in _VOLUMES:
                yield (*where, *steps), kind, mapping(source, *steps), key if where == at else "name"
    for container in pod.containers:
        yield from _of_container(container)


def _sources(volume: object, at: Where) -> Iterator[tuple[object, Where]]:
    yield volume, at
    for index, source in enumerate(sequence(volume, "projected", "sources")):
        yield source, (*at, "projected", "sources", index)


def _of_container(container: Container) -> Iterator[_Found]:
    for index, one in enumerate(sequence(container.data, "envFrom")):
        for kind, key in _ENV_FROM:
            yield (*container.at, "envFrom", index, key), kind, mapping(one, key), "name"
    for index, one in enumerate(sequence(container.data, "env")):
        for kind, key in _ENV:
            at = (*container.at, "env", index, "valueFrom", key)
            yield at, kind, mapping(one, "valueFrom", key), "name"
