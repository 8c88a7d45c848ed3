"""Pods, wherever they are written: in a Pod, in a controller's template, in a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

TEMPLATES: dict[tuple[str, str], tuple[str, ...]] = {
    ("", "Pod"): (),
    ("", "PodTemplate"): ("template",),
    ("", "ReplicationController"): ("spec", "template"),
    ("actions.github.com", "AutoscalingRunnerSet"): ("spec", "template"),
    ("apps", "DaemonSet"): ("spec", "template"),
    ("apps", "Deployment"): ("spec", "template"),
    ("apps", "ReplicaSet"): ("spec", "template"),
    ("apps", "StatefulSet"): ("spec", "template"),
    ("argoproj.io", "Rollout"): ("spec", "template"),
    ("batch", "CronJob"): ("spec", "jobTemplate", "spec", "template"),
    ("batch", "Job"): ("spec", "template"),
    ("serving.knative.dev", "Service"): ("spec", "template"),
}
"""Where a kind keeps the metadata and the spec of its pods."""
WORKFLOWS: dict[tuple[str, str], tuple[str, ...]] = {
    ("argoproj.io", "ClusterWorkflowTemplate"): ("spec",),
    ("argoproj.io", "CronWorkflow"): ("spec", "workflowSpec"),
    ("argoproj.io", "Workflow"): ("spec",),
    ("argoproj.io", "WorkflowTemplate"): ("spec",),
}
"""Where a kind keeps a workflow: each of its templates with a container is a pod."""
_LISTS = ("initContainers", "containers", "ephemeralContainers", "sidecars")
_PER_TEMPLATE = ("serviceAccountName", "securityContext", "automountServiceAccountToken", "hostNetwork")


class Container(NamedTuple):
    """A container and its place in the resource."""

    data: dict[str, Any]
    at: Where


class Pod(NamedTuple):
    """A pod as its resource describes it.

    Attributes:
        resource: what makes the pod.
        at: the place in the resource of the pod's spec.
        spec: the pod's spec; that of a workflow's template with what the workflow gives to all.
        labels: the labels that the pod gets.
        containers: every container, those for the start included.
        complete: False if it is a patch, or a kustomization may add to it.
    """

    resource: Resource
    at: Where
    spec: dict[str, Any]
    labels: dict[str, Any]
    containers: tuple[Container, ...]
    complete: bool

    @property
    def title(self) -> str:
        """How messages call it."""
        return self.resource.title

    def problem(self, where: Where, message: str, *, key: bool = False) -> Problem:
        """Something that is wrong at a path of the resource."""
        return Problem(self.resource.document, self.resource.at(*where), f"{self.title}: {message}", key)


@once
def pods(repository: Repository) -> tuple[Pod, ...]:
    """Every pod of a repository, in the order of its files; patches too."""
    found: list[Pod] = []
    for resource in (*repository.resources, *repository.patches):
        key = resource.group, resource.kind
        if key in TEMPLATES or key in WORKFLOWS:
            found += _pods(resource, complete=not changed_by(repository, resource, "patches"))
    return tuple(found)


def _pods(resource: Resource, *, complete: bool) -> Iterator[Pod]:
    key = resource.group, resource.kind
    steps = TEMPLATES.get(key)
    if steps is not None:
        template = mapping(resource.data, *steps)
        at = (*steps, "spec")
        spec = mapping(template, "spec")
        if spec:
            found = tuple(containers(spec, at))
            yield Pod(resource, at, spec, mapping(template, "metadata", "labels"), found, complete)
    elif key in WORKFLOWS:
        yield from _of_workflow(resource, WORKFLOWS[key], complete=complete)


def containers(spec: dict[str, Any], at: Where) -> Iterator[Container]:
    """The containers in a pod's spec."""
    for name in _LISTS:
        for index, one in enumerate(sequence(spec, name)):
            if isinstance(one, dict):
                yield Container(one, (*at, name, index))


def _of_workflow(resource: Resource, steps: tuple[str, ...], *, complete: bool) -> Iterator[Pod]:
    workflow = mapping(resource.data, *steps)
    for index, template in enumerate(sequence(workflow, "templates")):
        at: Where = (*steps, "templates", index)
        found = tuple(_of_template(template, at))
        if found:
            own = {name: template[name] for name in _PER_TEMPLATE if name in template}
            spec = {**workflow, **own, "volumes": [*sequence(workflow, "volumes"), *sequence(template, "volumes")]}
            yield Pod(resource, at, spec, mapping(template, "metadata", "labels"), found, complete)


def _of_template(template: object, at: Where) -> Iterator[Container]:
    if not isinstance(template, dict):
        return
    for name in ("container", "script"):
        if isinstance(template.get(name), dict):
            yield Container(template[name], (*at, name))
    yield from containers(template, at)
    yield from containers(mapping(template, "containerSet"), (*at, "containerSet"))


def claims(pod: Pod) -> set[str]:
    """The names of the volumes that the pod's controller or workflow makes from its claims."""
    holder = pod.resource.data
    steps = WORKFLOWS.get((pod.resource.group, pod.resource.kind), ("spec",))
    return {text(one, "metadata", "name") for one in sequence(holder, *steps, "volumeClaimTemplates")}
