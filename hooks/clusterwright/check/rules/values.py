"""Rules on values that the API server has a list of, and its schemas have not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.suggest import did_you_mean, listed
from clusterwright.check.workloads import pods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository
    from clusterwright.check.workloads import Pod

_RBAC = "rbac.authorization.k8s.io"
_RESTARTS = {
    **{("apps", kind): ("Always",) for kind in ("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet")},
    ("", "ReplicationController"): ("Always",),
    ("batch", "Job"): ("OnFailure", "Never"),
    ("batch", "CronJob"): ("OnFailure", "Never"),
}
"""What a controller allows its pods; a Job has to say it, as the default is Always."""
_OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")
_FIELDS = (
    "metadata.name", "metadata.namespace", "metadata.uid", "metadata.annotations", "metadata.labels", "spec.nodeName",
    "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
)  # fmt: skip
_METRICS = ("ContainerResource", "External", "Object", "Pods", "Resource")
_SUBJECTS = {"User": _RBAC, "Group": _RBAC, "ServiceAccount": ""}


def values(repository: Repository) -> Iterator[Problem]:
    """Each value that is none of those that the API server takes."""
    for pod in pods(repository):
        yield from _restart(pod)
        yield from _fields(pod)
        yield from _operators(pod.resource)
    for resource in repository.by_kind.get(("autoscaling", "HorizontalPodAutoscaler"), []):
        for index, metric in enumerate(sequence(resource.data, "spec", "metrics")):
            yield from _one_of(resource, ("spec", "metrics", index, "type"), mapping(metric).get("type"), _METRICS)
    for kind in ("RoleBinding", "ClusterRoleBinding"):
        for resource in repository.by_kind.get((_RBAC, kind), []):
            yield from _binding(resource, moved=changed_by(repository, resource, "namespace", "patches"))


def _restart(pod: Pod) -> Iterator[Problem]:
    allowed = _RESTARTS.get((pod.resource.group, pod.resource.kind))
    policy = pod.spec.get("restartPolicy")
    if allowed and (policy or (pod.complete and "Always" not in allowed)):
        yield from _one_of(pod.resource, (*pod.at, "restartPolicy"), policy or "Always", allowed)


def _fields(pod: Pod) -> Iterator[Problem]:
    """The fields of the pod that its environment may name."""
    for container in pod.containers:
        for index, one in enumerate(sequence(container.data, "env")):
            field = mapping(one, "valueFrom", "fieldRef").get("fieldPath")
            if isinstance(field, str) and not field.endswith("']"):
                where = (*container.at, "env", index, "valueFrom", "fieldRef", "fieldPath")
                yield from _one_of(pod.resource, where, field, _FIELDS)


def _operators(resource: Resource) -> Iterator[Problem]:
    """The operators of a controller's selector."""
    for index, one in enumerate(sequence(resource.data, "spec", "selector", "matchExpressions")):
        where = ("spec", "selector", "matchExpressions", index, "operator")
        yield from _one_of(resource, where, mapping(one).get("operator"), _OPERATORS)


def _binding(resource: Resource, *, moved: bool) -> Iterator[Problem]:
    """What a binding names; Kustomize gives ServiceAccounts a namespace that it moves there."""
    role = mapping(resource.data, "roleRef")
    kinds = ("ClusterRole",) if resource.kind == "ClusterRoleBinding" else ("ClusterRole", "Role")
    yield from _one_of(resource, ("roleRef", "kind"), role.get("kind"), kinds)
    if role.get("apiGroup"):
        yield from _one_of(resource, ("roleRef", "apiGroup"), role["apiGroup"], (_RBAC,))
    for index, subject in enumerate(sequence(resource.data, "subjects")):
        yield from _subject(resource, ("subjects", index), mapping(subject), moved=moved)


def _subject(resource: Resource, at: Where, subject: dict[str, Any], *, moved: bool) -> Iterator[Problem]:
    kind = text(subject, "kind")
    yield from _one_of(resource, (*at, "kind"), subject.get("kind"), tuple(_SUBJECTS))
    if kind in _SUBJECTS and subject.get("apiGroup"):
        group = _SUBJECTS[kind]
        if subject["apiGroup"] != group:
            instead = f"write {group}" if group else "leave it out"
            message = f"{resource.title}: apiGroup {subject['apiGroup']!r} is not that of a {kind}: {instead}"
            yield Problem(resource.document, resource.at(*at, "apiGroup"), message)
    if kind == "ServiceAccount" and resource.kind == "ClusterRoleBinding" and not (moved or subject.get("namespace")):
        message = f"{resource.title}: a ServiceAccount is in a namespace: name it"
        yield Problem(resource.document, resource.at(*at), message)


def _one_of(resource: Resource, where: Where, value: object, known: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(value, str) and value not in known and "$" not in value and "{{" not in value:
        hint = did_you_mean(value, known) or f"use {' or '.join(known)}" if len(known) < 3 else _hint(value, known)
        yield Problem(resource.document, resource.at(*where), f"{resource.title}: {where[-1]} {value!r}: {hint}")


def _hint(value: str, known: tuple[str, ...]) -> str:
    return did_you_mean(value, known) or f"use one of {listed(known, len(known))}"
