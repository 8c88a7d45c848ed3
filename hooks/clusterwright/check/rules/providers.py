"""Rules on what serves others in a cluster: stores of secrets, issuers of certificates, classes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clusterwright.check.external_secrets import GROUP, readers
from clusterwright.check.made import ANY, made, names_made, namespace_of
from clusterwright.check.mentions import is_mentioned
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.patterns import is_quick
from clusterwright.check.references import Reference
from clusterwright.check.rules.references import NEAR, missing
from clusterwright.check.suggest import did_you_mean, listed
from clusterwright.check.workloads import pods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Problem, Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_ISSUERS = "cert-manager.io"
_ANNOTATED = {f"{_ISSUERS}/cluster-issuer": "ClusterIssuer", f"{_ISSUERS}/issuer": "Issuer"}
_CLASSES = {
    ("gateway.networking.k8s.io", "Gateway"): ("gatewayClassName", "GatewayClass"),
    ("networking.k8s.io", "Ingress"): ("ingressClassName", "IngressClass"),
}


def stores(repository: Repository) -> Iterator[Problem]:
    """Each ExternalSecret whose store nothing here makes, or whose store is not for its namespace."""
    for one in _store_uses(repository):
        yield from _unmade(repository, one)
        if one.kind == "ClusterSecretStore":
            yield from _closed(repository, one)


def _store_uses(repository: Repository) -> Iterator[Reference]:
    for resource, steps in readers(repository):
        spec = mapping(resource.data, *steps)
        yield from _use(resource, (*steps, "secretStoreRef"), mapping(spec, "secretStoreRef"), "SecretStore")
        for key in ("data", "dataFrom"):
            for index, entry in enumerate(sequence(spec, key)):
                where = (*steps, key, index, "sourceRef", "storeRef")
                yield from _use(resource, where, mapping(entry, "sourceRef", "storeRef"), "SecretStore")


def _use(resource: Resource, where: Where, reference: dict[str, Any], kind: str) -> Iterator[Reference]:
    if text(reference, "name"):
        yield Reference(resource, (*where, "name"), text(reference, "kind") or kind, reference["name"])


def _closed(repository: Repository, one: Reference) -> Iterator[Problem]:
    """A store that lists namespaces, and not that of the ExternalSecret."""
    namespace = namespace_of(repository, one.resource)
    found = repository.by_name.get((GROUP, one.kind, one.name), [])
    conditions = sequence(found[0].data, "spec", "conditions") if len(found) == 1 else []
    if one.resource.kind != "ExternalSecret" or namespace == ANY or not conditions:
        return
    if not any(_admits(condition, namespace) for condition in conditions):
        named = listed(str(name) for condition in conditions for name in sequence(condition, "namespaces"))
        message = f"store {one.name} is not for namespace {namespace}, only for {named or 'others'}"
        yield one.problem(f"{message}: use another store, or add the namespace to its conditions")


def _admits(condition: object, namespace: str) -> bool:
    """Whether a condition is fulfilled, or cannot be judged: the labels of the namespace decide."""
    if mapping(condition, "namespaceSelector"):
        return True
    patterns = [one for one in sequence(condition, "namespaceRegexes") if isinstance(one, str)]
    return namespace in sequence(condition, "namespaces") or any(_matches(one, namespace) for one in patterns)


def _matches(pattern: str, namespace: str) -> bool:
    try:
        return not is_quick(pattern, namespace) or re.search(pattern, namespace) is not None
    except re.error:
        return True


def issuers(repository: Repository) -> Iterator[Problem]:
    """Each Certificate, Ingress or Gateway whose issuer nothing here makes."""
    for resource in repository.by_kind.get((_ISSUERS, "Certificate"), []):
        reference = mapping(resource.data, "spec", "issuerRef")
        if text(reference, "group") in {"", _ISSUERS}:
            for one in _use(resource, ("spec", "issuerRef"), reference, "Issuer"):
                yield from _unmade(repository, one)
    for key in (("networking.k8s.io", "Ingress"), ("gateway.networking.k8s.io", "Gateway")):
        for resource in repository.by_kind.get(key, []):
            for name, kind in _ANNOTATED.items():
                issuer = text(resource.metadata, "annotations", name)
                if issuer:
                    yield from _unmade(repository, Reference(resource, ("metadata", "annotations", name), kind, issuer))


def classes(repository: Repository) -> Iterator[Problem]:
    """Each class that is nearly one of those that this repository makes: clusters and charts bring others."""
    for one in _class_uses(repository):
        known = names_made(repository, one.kind)
        hint = did_you_mean(one.name, known, cutoff=NEAR) if one.name not in known else ""
        if hint and not is_mentioned(repository, one.name):
            yield _missing(one, hint)


def _class_uses(repository: Repository) -> Iterator[Reference]:
    for key, (field, kind) in _CLASSES.items():
        for resource in repository.by_kind.get(key, []):
            yield Reference(resource, ("spec", field), kind, text(resource.data, "spec", field))
    for pod in pods(repository):
        yield Reference(
            pod.resource, (*pod.at, "priorityClassName"), "PriorityClass", text(pod.spec, "priorityClassName")
        )


def _unmade(repository: Repository, one: Reference) -> Iterator[Problem]:
    """What is used and not made: in its namespace, or in the cluster if the repository makes others of the kind."""
    if not one.kind.startswith("Cluster"):
        of_cluster = f"Cluster{one.kind}", one.name
        if of_cluster in made(repository) and (one.kind, one.name) not in made(repository):
            yield _missing(one, f"there is a {' '.join(of_cluster)}, so write kind: {of_cluster[0]}")
        else:
            yield from missing(repository, one)
        return
    known = names_made(repository, one.kind)
    if known and one.name not in known and "$" not in one.name:
        hint = did_you_mean(one.name, known)
        if hint or not is_mentioned(repository, one.name):
            yield _missing(one, hint or f"it makes {listed(known)}")


def _missing(one: Reference, hint: str) -> Problem:
    return one.problem(f"nothing here makes {one.kind} {one.name}: {hint}")
