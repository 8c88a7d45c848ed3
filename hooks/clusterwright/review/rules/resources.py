"""Rules on what runs: what is lost, what is exposed, and what the API server will refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.quantity import quantity
from clusterwright.review.fields import ABSENT, Field, dotted, leaves
from clusterwright.review.rule import Rule, Signal
from clusterwright.review.showing import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.review.comparison import Comparison

_CLAIM = ("", "PersistentVolumeClaim")
_SET = ("apps", "StatefulSet")
_DEFINITION = ("apiextensions.k8s.io", "CustomResourceDefinition")
_POLICIES = (
    ("networking.k8s.io", "NetworkPolicy"),
    ("cilium.io", "CiliumNetworkPolicy"),
    ("cilium.io", "CiliumClusterwideNetworkPolicy"),
    ("crd.projectcalico.org", "NetworkPolicy"),
    ("crd.projectcalico.org", "GlobalNetworkPolicy"),
    ("policy.networking.k8s.io", "AdminNetworkPolicy"),
)
_IMMUTABLE: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {
    ("", "PersistentVolumeClaim"): (
        ("spec", "storageClassName"), ("spec", "accessModes"), ("spec", "volumeMode"), ("spec", "volumeName"),
        ("spec", "selector"), ("spec", "dataSource"),
    ),
    ("", "Secret"): (("type",),),
    ("", "Service"): (("spec", "clusterIP"), ("spec", "ipFamilies")),
    ("apiextensions.k8s.io", "CustomResourceDefinition"): (
        ("spec", "group"), ("spec", "scope"), ("spec", "names", "kind"),
    ),
    ("apps", "DaemonSet"): (("spec", "selector"),),
    ("apps", "Deployment"): (("spec", "selector"),),
    ("apps", "ReplicaSet"): (("spec", "selector"),),
    ("apps", "StatefulSet"): (
        ("spec", "selector"), ("spec", "serviceName"), ("spec", "volumeClaimTemplates"),
        ("spec", "podManagementPolicy"),
    ),
    ("batch", "Job"): (("spec", "template"), ("spec", "selector"), ("spec", "completionMode")),
    ("gateway.networking.k8s.io", "GatewayClass"): (("spec", "controllerName"),),
    ("networking.k8s.io", "IngressClass"): (("spec", "controller"),),
    ("node.k8s.io", "RuntimeClass"): (("handler",),),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): (("roleRef",),),
    ("rbac.authorization.k8s.io", "RoleBinding"): (("roleRef",),),
    ("scheduling.k8s.io", "PriorityClass"): (("value",), ("preemptionPolicy",)),
    ("storage.k8s.io", "StorageClass"): (
        ("provisioner",), ("parameters",), ("reclaimPolicy",), ("volumeBindingMode",), ("mountOptions",),
    ),
}  # fmt: skip
"""The fields that the API server does not let anybody change."""
_SWITCHES = frozenset(("privileged", "hostNetwork", "hostPID", "hostIPC", "allowPrivilegeEscalation"))
_CAPABILITIES = frozenset(
    ("ALL", "BPF", "DAC_READ_SEARCH", "NET_ADMIN", "NET_RAW", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO")
)


def namespace_removed(comparison: Comparison) -> Iterator[Signal]:
    """Each Namespace that goes."""
    for pair in comparison.removed(("", "Namespace")):
        yield Signal(pair, "is deleted or renamed: everything in it goes with it")


def definition_removed(comparison: Comparison) -> Iterator[Signal]:
    """Each CustomResourceDefinition that goes, or does not serve a version any more."""
    for pair in comparison.removed(_DEFINITION):
        yield Signal(pair, "is deleted: every resource of its kind, in every namespace, goes with it")
    for pair in comparison.changed(_DEFINITION):
        gone = sorted(_served(pair.before) - _served(pair.after))
        if gone:
            yield Signal(pair, f"does not serve {', '.join(gone)} any more: manifests of that version are refused")


def claim_removed(comparison: Comparison) -> Iterator[Signal]:
    """Each claim, and each StatefulSet, that goes; and each that gets smaller."""
    for pair in comparison.removed(_CLAIM):
        yield Signal(pair, "is deleted or renamed: its volume, and the data on it, go as its class says")
    for pair in comparison.removed(_SET):
        yield Signal(pair, "is deleted or renamed: another one starts with empty volumes")
    for pair in comparison.changed(_CLAIM):
        sides = [text(one, "spec", "resources", "requests", "storage") for one in (pair.before, pair.after)]
        old, new = (quantity(one) for one in sides)
        if old and new and new < old:
            yield Signal(pair, f"storage {sides[0]} -> {sides[1]}: a claim can only grow, the sync fails")


def network_policy_removed(comparison: Comparison) -> Iterator[Signal]:
    """Each policy on the network that goes."""
    for pair in comparison.removed(*_POLICIES):
        yield Signal(pair, "is deleted or renamed: what it held back gets through")


def immutable_field(comparison: Comparison) -> Iterator[Signal]:
    """Each field that the API server does not let anybody change."""
    for pair in comparison.changed(*_IMMUTABLE):
        one = pair.resource
        fixed = _IMMUTABLE[one.group, one.kind] if one else ()
        for path in fixed:
            if any(field.path[: len(path)] == path and field.before is not ABSENT for field in pair.fields):
                yield Signal(
                    pair, f"{dotted(path)} cannot be changed: the sync fails until it is deleted and made anew"
                )
    for pair in comparison.changed(("", "ConfigMap"), ("", "Secret")):
        touched = any(field.path[0] in {"data", "stringData", "binaryData", "immutable"} for field in pair.fields)
        if mapping(pair.before).get("immutable") is True and touched:
            yield Signal(pair, "is immutable: the sync fails until it is deleted and made anew")


def replicas_zero(comparison: Comparison) -> Iterator[Signal]:
    """Each workload that is scaled to nothing, in a manifest or in values."""
    for pair in comparison.changed():
        for field in (leaf for one in pair.fields for leaf in leaves(one)):
            if field.path[-1] in {"replicas", "replicaCount"} and field.after == 0 and field.after is not False:
                yield Signal(pair, f"{field.name} becomes 0: it stops")


def privileged_added(comparison: Comparison) -> Iterator[Signal]:
    """Each pod that gets more of its node, in a manifest or in values."""
    for pair in comparison.pairs:
        if pair.kind in {"resource", "document"} and pair.after is not None:
            found = pair.fields if pair.action == "changed" else (Field((), ABSENT, pair.after),)
            for field in (leaf for one in found for leaf in leaves(one)):
                if _is_power(field):
                    yield Signal(pair, f"{field.name} is {shown(field.after)}: a pod gets more of its node")


def _is_power(field: Field) -> bool:
    path, value = field.path, field.after
    if path[-1:] == ("path",) and path[-2:-1] == ("hostPath",):
        return isinstance(value, str)
    if path[-3:-1] == ("capabilities", "add"):
        return str(value).upper().removeprefix("CAP_") in _CAPABILITIES
    return value is True and path[-1] in _SWITCHES


def _served(data: Any) -> set[str]:  # noqa: ANN401 - any data
    return {text(one, "name") for one in sequence(data, "spec", "versions") if mapping(one).get("served") is not False}


RULES = (
    Rule("namespace-removed", "A namespace is deleted or renamed", namespace_removed, "danger"),
    Rule("crd-removed", "A kind, or a version of it, is not served any more", definition_removed, "danger"),
    Rule("volume-claim-removed", "What holds data is deleted, renamed or made smaller", claim_removed, "danger"),
    Rule("network-policy-removed", "A policy on the network is deleted", network_policy_removed, "danger"),
    Rule("privileged-added", "A pod gets more of its node", privileged_added, "danger"),
    Rule("immutable-field", "A field changes that cannot be changed", immutable_field),
    Rule("replicas-zero", "A workload is scaled to nothing", replicas_zero),
)
