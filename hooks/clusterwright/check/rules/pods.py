"""Rules on what pods may do to their node: the baseline and restricted Pod Security Standards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.images import image
from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.suggest import listed
from clusterwright.check.workloads import pods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Problem
    from clusterwright.check.repository import Repository
    from clusterwright.check.workloads import Container, Pod

_HOST = {"hostNetwork": "network", "hostPID": "processes", "hostIPC": "shared memory"}
_HARMLESS = frozenset(("NET_BIND_SERVICE",))


def privileged(repository: Repository) -> Iterator[Problem]:
    """Each container that is root on its node."""
    for pod in pods(repository):
        for container in pod.containers:
            if _security(container).get("privileged") is True:
                where = (*container.at, "securityContext", "privileged")
                yield pod.problem(where, f"{_named(container)} is privileged: give it the capabilities that it needs")


def host(repository: Repository) -> Iterator[Problem]:
    """Each pod that shares its node's network, processes, memory or files."""
    for pod in pods(repository):
        for key, what in _HOST.items():
            if pod.spec.get(key) is True:
                yield pod.problem((*pod.at, key), f"{key} shares the node's {what}: leave it out")
        yield from _opened(pod)


def _opened(pod: Pod) -> Iterator[Problem]:
    """The node's folders and files that a pod mounts: one problem, at the first of them."""
    volumes = enumerate(sequence(pod.spec, "volumes"))
    found = [(index, path) for index, volume in volumes if (path := text(volume, "hostPath", "path"))]
    if found:
        where = (*pod.at, "volumes", found[0][0], "hostPath", "path")
        paths = listed((path for _, path in found), 3)
        yield pod.problem(where, f"hostPath opens {paths} of the node: use another kind of volume")


def root(repository: Repository) -> Iterator[Problem]:
    """Each container that runs as root, or that nothing keeps from it; a patch only if it says so."""
    for pod in pods(repository):
        general = mapping(pod.spec, "securityContext")
        if _is_windows(pod, general):
            continue
        loose = [one for one in pod.containers if _may_be_root({**general, **_security(one)}, pod)]
        if loose and len(loose) == len(pod.containers):
            message = "may run as root: set securityContext.runAsNonRoot: true, and a user other than 0"
            yield pod.problem((*pod.at, "securityContext"), message)
        else:
            for container in loose:
                message = f"{_named(container)} may run as root: set securityContext.runAsNonRoot: true"
                yield pod.problem((*container.at, "securityContext"), message)


def _may_be_root(context: dict[str, Any], pod: Pod) -> bool:
    if context.get("runAsUser") == 0 or context.get("runAsNonRoot") is False:
        return True
    return pod.complete and context.get("runAsNonRoot") is not True and not context.get("runAsUser")


def escalation(repository: Repository) -> Iterator[Problem]:
    """Each container that may gain rights: by setuid, by capabilities that it keeps, by those that it adds."""
    for pod in pods(repository):
        if _is_windows(pod, mapping(pod.spec, "securityContext")):
            continue
        for container in pod.containers:
            context = _security(container)
            if context.get("privileged") is not True:
                wanted = ", ".join(_wanted(context, complete=pod.complete))
                if wanted:
                    yield pod.problem((*container.at, "securityContext"), f"{_named(container)}: {wanted}")


def _wanted(context: dict[str, Any], *, complete: bool) -> Iterator[str]:
    """What a container's security context should say."""
    if context.get("allowPrivilegeEscalation") is True or (complete and "allowPrivilegeEscalation" not in context):
        yield "set allowPrivilegeEscalation: false"
    dropped = {str(one).upper() for one in sequence(context, "capabilities", "drop")}
    if complete and "ALL" not in dropped:
        yield "set capabilities.drop: [ALL]"
    added = {str(one) for one in sequence(context, "capabilities", "add")} - _HARMLESS
    if added:
        yield f"do without the capabilities {' '.join(sorted(added))}"


def mutable(repository: Repository) -> Iterator[Problem]:
    """Each image that may be another one tomorrow; not where a kustomization sets it."""
    for pod in pods(repository):
        if changed_by(repository, pod.resource, "images"):
            continue
        for container in pod.containers:
            reference = container.data.get("image")
            if isinstance(reference, str) and reference and not _filled_in(reference) and image(reference).is_mutable:
                fix = "name a version, best with its digest"
                yield pod.problem((*container.at, "image"), f"image {reference} can change under its name: {fix}")


def _filled_in(reference: str) -> bool:
    """Whether another tool completes the reference, or a webhook does (`auto`, of Istio)."""
    return "$" in reference or "{{" in reference or "<" in reference or reference == "auto"


def _security(container: Container) -> dict[str, Any]:
    return mapping(container.data, "securityContext")


def _is_windows(pod: Pod, general: dict[str, Any]) -> bool:
    """Whether the pod runs on Windows, where none of this exists."""
    named = mapping(pod.spec, "os").get("name"), mapping(pod.spec, "nodeSelector").get("kubernetes.io/os")
    return "windows" in named or "windowsOptions" in general


def _named(container: Container) -> str:
    return f"container {container.data.get('name') or container.at[-1]}"
