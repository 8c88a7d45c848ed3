"""Rules on names that have to be shorter or plainer than their schemas say, and on labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.names import key_fault, label_1035_fault, label_fault, port_name_fault, value_fault
from clusterwright.check.workloads import pods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository
    from clusterwright.check.workloads import Pod

_CRON_JOB = 52
"""The controller adds a hyphen and ten digits to make the names of Jobs."""
_RELAXED = 36
"""From this minor version on, a Service's name may begin with a digit."""
_SUBSTITUTED = re.compile(r"\$\{|\$\(|\{\{")
"""What another tool fills in before Kubernetes sees it."""
_SELECTING = frozenset(("apps", "batch", "networking.k8s.io", "policy"))
_SINGULAR = {
    "annotations": "annotation",
    "labels": "label",
    "matchLabels": "label",
    "ports": "port",
    "volumes": "volume",
}


def named(repository: Repository) -> Iterator[Problem]:
    """Each name of a Namespace, Service, CronJob, container, volume or port that the API server refuses."""
    for resource in repository.by_kind.get(("", "Namespace"), []):
        yield from _own(repository, resource, label_fault(resource.name))
    relaxed = int(repository.schemas.version.partition(".")[2]) >= _RELAXED
    for resource in repository.by_kind.get(("", "Service"), []):
        fault = label_fault(resource.name) if relaxed else label_1035_fault(resource.name)
        yield from _own(repository, resource, fault)
        for index, port in enumerate(sequence(resource.data, "spec", "ports")):
            yield from _inner(resource, ("spec", "ports", index), port, label_fault)
    for resource in repository.by_kind.get(("batch", "CronJob"), []):
        if len(resource.name) > _CRON_JOB:
            yield from _own(repository, resource, label_fault(resource.name, _CRON_JOB))
    for pod in pods(repository):
        yield from _in_pod(pod)


def _own(repository: Repository, resource: Resource, fault: str) -> Iterator[Problem]:
    name = resource.name
    if not fault or not name or _SUBSTITUTED.search(name):
        return
    if not changed_by(repository, resource, "names", "namespace", "patches"):
        message = f"{resource.kind}: name {name!r}: {fault}"
        yield Problem(resource.document, resource.at("metadata", "name"), message)


def _in_pod(pod: Pod) -> Iterator[Problem]:
    for container in pod.containers:
        yield from _inner(pod.resource, container.at, container.data, label_fault)
        for index, port in enumerate(sequence(container.data, "ports")):
            yield from _inner(pod.resource, (*container.at, "ports", index), port, port_name_fault)
    for index, volume in enumerate(sequence(pod.spec, "volumes")):
        yield from _inner(pod.resource, (*pod.at, "volumes", index), volume, label_fault)


def _inner(resource: Resource, at: Where, data: object, judge: Callable[[str], str]) -> Iterator[Problem]:
    name = text(data, "name")
    fault = judge(name) if name and not _SUBSTITUTED.search(name) else ""
    if fault:
        what = _SINGULAR.get(str(at[-2]), "container") if len(at) > 1 else "container"
        message = f"{resource.title}: {what} name {name!r}: {fault}"
        yield Problem(resource.document, resource.at(*at, "name"), message)


def labelled(repository: Repository) -> Iterator[Problem]:
    """Each label or annotation that the API server refuses, in metadata, in templates of pods and in selectors."""
    for resource in (*repository.resources, *repository.patches):
        for field in ("labels", "annotations"):
            found = resource.metadata.get(field)
            if found and isinstance(found, dict):
                yield from _pairs(resource, ("metadata", field), found)
        if resource.group in _SELECTING:
            found = mapping(resource.data, "spec", "selector", "matchLabels")
            yield from _pairs(resource, ("spec", "selector", "matchLabels"), found)
    for pod in pods(repository):
        if pod.labels:
            yield from _pairs(pod.resource, (*pod.at[:-1], "metadata", "labels"), pod.labels)


def _pairs(resource: Resource, where: Where, found: dict[str, Any]) -> Iterator[Problem]:
    values = where[-1] != "annotations"
    for key, value in found.items():
        fault = key_fault(key)
        if fault and not _SUBSTITUTED.search(key):
            yield _of_pair(resource, (*where, key), f"{key!r}: {fault}", key=True)
        fault = value_fault(value) if values and isinstance(value, str) else ""
        if fault and not _SUBSTITUTED.search(value):
            yield _of_pair(resource, (*where, key), f"{key}: {value!r}: {fault}")


def _of_pair(resource: Resource, where: Where, message: str, *, key: bool = False) -> Problem:
    title = f"{resource.title}: {_SINGULAR[str(where[-2])]}"
    return Problem(resource.document, resource.at(*where), f"{title} {message}", key)
