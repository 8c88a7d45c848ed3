"""Rules on what finds pods: controllers by their labels, Services by labels and ports."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.once import once
from clusterwright.check.suggest import did_you_mean, listed
from clusterwright.check.workloads import pods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository
    from clusterwright.check.workloads import Pod

_CONTROLLERS = frozenset(("apps", kind) for kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"))
_CONTROLLERS |= {("argoproj.io", "Rollout")}
_JOB, _REPLICATION = ("batch", "Job"), ("", "ReplicationController")
_FITS: dict[str, Callable[[Any, list[Any]], bool]] = {
    "DoesNotExist": lambda label, _: label is None,
    "Exists": lambda label, _: label is not None,
    "In": lambda label, values: label in values,
    "NotIn": lambda label, values: label not in values,
}
"""What an operator asks of a label."""
_UNREAD = "apps.openshift.io", "DeploymentConfig"
"""Its images may be filled in by a trigger, and its labels are more than it says."""
_SELECTORS = {
    ("", "Service"): ("spec", "selector"),
    ("networking.k8s.io", "NetworkPolicy"): ("spec", "podSelector", "matchLabels"),
    ("policy", "PodDisruptionBudget"): ("spec", "selector", "matchLabels"),
}


def own_pods(repository: Repository) -> Iterator[Problem]:
    """Each controller whose selector does not fit the labels of its own template, or is none."""
    for pod in pods(repository):
        key = pod.resource.group, pod.resource.kind
        if not pod.complete:
            continue
        if key == _REPLICATION:
            yield from _labels(pod, ("spec", "selector"))
        elif key == _JOB and mapping(pod.resource.data, "spec").get("manualSelector") is not True:
            if mapping(pod.resource.data, "spec", "selector"):
                message = "a Job makes a selector of its own: leave it out, or set manualSelector: true"
                yield pod.problem(("spec", "selector"), message, key=True)
        elif key == _JOB or key in _CONTROLLERS:
            yield from _own(pod)


def _own(pod: Pod) -> Iterator[Problem]:
    where = "spec", "selector"
    if mapping(pod.resource.data, "spec").get("selector") == {}:
        yield pod.problem(where, "its selector is empty: name labels of its template")
    yield from _labels(pod, (*where, "matchLabels"))
    for index, one in enumerate(sequence(pod.resource.data, *where, "matchExpressions")):
        key, operator, values = text(one, "key"), text(one, "operator"), sequence(one, "values")
        if key and operator in _FITS and not _FITS[operator](pod.labels.get(key), values):
            wanted = " ".join((key, operator, *([listed(map(str, values))] if values else [])))
            message = f"selects {wanted}, but its template {_given(pod, key)}: give it a label that fits"
            yield pod.problem((*where, "matchExpressions", index), message)


def _labels(pod: Pod, where: tuple[str, ...]) -> Iterator[Problem]:
    for key, wanted in mapping(pod.resource.data, *where).items():
        if pod.labels.get(key) != wanted:
            message = f"selects {key}={wanted}, but its template {_given(pod, key)}: give both the same label"
            yield pod.problem((*where, key), message)


def _given(pod: Pod, key: str) -> str:
    return f"has {pod.labels[key]}" if key in pod.labels else "does not have it"


def services(repository: Repository) -> Iterator[Problem]:
    """Each Service, budget or policy that no pod beside it fits, or whose named port none of those that fit has.

    Only where the pods are surely meant to be here: none in the whole repository fits, nothing adds labels later, and a
    controller in the same folder has its name, some of the labels, or nearly the same ones.
    """
    for resource, where in _selecting(repository):
        selector = {key: value for key, value in mapping(resource.data, *where).items() if value}
        if not selector or changed_by(repository, resource, "patches", "labels"):
            continue
        wanted = _wanted(selector)
        if _fitting(repository, wanted, resource.namespace):
            yield from _ports(resource, _names_of_ports(repository, wanted, resource.namespace))
        elif hint := _meant(selector, resource, _beside(repository, resource)):
            labels = ",".join(f"{key}={value}" for key, value in selector.items())
            message = f"{resource.title}: no pod here has {labels}: {hint}"
            yield Problem(resource.document, resource.at(*where), message)


def _selecting(repository: Repository) -> Iterator[tuple[Resource, tuple[str, ...]]]:
    """What finds pods by labels, and where it says so."""
    for key, where in _SELECTORS.items():
        for resource in repository.by_kind.get(key, []):
            yield resource, where


def _meant(selector: dict[str, Any], resource: Resource, beside: list[Pod]) -> str:
    """What to do, if the Service is surely meant for one of these pods; else nothing."""
    if not all(pod.complete for pod in beside):
        return ""
    labels = {f"{key}={value}" for pod in beside for key, value in pod.labels.items()}
    missing = [label for key, value in selector.items() if (label := f"{key}={value}") not in labels]
    hint = did_you_mean(missing[0], sorted(labels), cutoff=0.85) if missing else "no single pod has all of these labels"
    related = len(missing) < len(selector) or resource.name in {pod.resource.name for pod in beside}
    return hint or (f"give the pods {missing[0]}, or select what they have" if related else "")


@once
def _by_label(repository: Repository) -> dict[tuple[str, Any], list[Pod]]:
    index: dict[tuple[str, Any], list[Pod]] = {}
    for pod in pods(repository):
        for key, value in pod.labels.items():
            if isinstance(value, str):
                index.setdefault((key, value), []).append(pod)
    return index


@once
def _by_folder(repository: Repository) -> dict[str, list[Pod]]:
    index: dict[str, list[Pod]] = {}
    for pod in pods(repository):
        if (pod.resource.group, pod.resource.kind) in _CONTROLLERS:
            index.setdefault(posixpath.dirname(pod.resource.document.path), []).append(pod)
    return index


def _wanted(selector: dict[str, Any]) -> frozenset[tuple[str, str]]:
    """The labels that something selects; none where one of them can be no label."""
    wanted = frozenset((key, value) for key, value in selector.items() if isinstance(value, str))
    return wanted if len(wanted) == len(selector) else frozenset()


@once
def _fitting(repository: Repository, wanted: frozenset[tuple[str, str]], namespace: str) -> list[Pod]:
    """The pods that have all of these labels, where something in a namespace finds them."""
    found = min((_by_label(repository).get(label, []) for label in wanted), key=len, default=[])
    return [pod for pod in found if wanted <= pod.labels.items() and _meets(pod.resource.namespace, namespace)]


@once
def _names_of_ports(repository: Repository, wanted: frozenset[tuple[str, str]], namespace: str) -> set[str] | None:
    """The names of the ports of those pods; None where one of them may get more."""
    found = _fitting(repository, wanted, namespace)
    if not all(pod.complete for pod in found):
        return None
    return {text(port, "name") for pod in found for one in pod.containers for port in sequence(one.data, "ports")}


def _beside(repository: Repository, resource: Resource) -> list[Pod]:
    """The pods of controllers in the same folder and namespace; none where something else makes pods there."""
    folder = posixpath.dirname(resource.document.path)
    if any(posixpath.dirname(one.document.path) == folder for one in repository.by_kind.get(_UNREAD, ())):
        return []
    found = _by_folder(repository).get(folder, [])
    return [pod for pod in found if _meets(pod.resource.namespace, resource.namespace)]


def _meets(one: str, other: str) -> bool:
    return one == other or not (one and other)


def _ports(resource: Resource, names: set[str] | None) -> Iterator[Problem]:
    """Each target port that is named, and that none of the pods has, as far as the names of theirs are known."""
    if names is None:
        return
    for index, port in enumerate(sequence(resource.data, "spec", "ports")):
        target = mapping(port).get("targetPort")
        if isinstance(target, str) and target and target not in names:
            hint = did_you_mean(target, filter(None, names)) or "name a container's port so, or write its number"
            where = resource.at("spec", "ports", index, "targetPort")
            yield Problem(resource.document, where, f"{resource.title}: no container has a port {target!r}: {hint}")
