"""What a repository makes: objects by kind, name and namespace, those that operators make of its resources too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.applied import source_files
from clusterwright.check.kustomize import taken
from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.argocd import Source
    from clusterwright.check.model import Document, Resource
    from clusterwright.check.repository import Repository

Key = tuple[str, str]
"""The kind and the name of an object."""
SECRET, CONFIG, ACCOUNT, CLAIM = "Secret", "ConfigMap", "ServiceAccount", "PersistentVolumeClaim"
ANY = ""
"""A namespace that the repository does not tell: it may be any."""
_NEVER_NAMED = frozenset(("Application", "ClusterRoleBinding", "CustomResourceDefinition", "Job", "RoleBinding"))
"""Kinds of which there are many, and to which nothing refers by name."""
_CERTIFICATE_REQUESTED = ("cert-manager.io/cluster-issuer", "cert-manager.io/issuer", "kubernetes.io/tls-acme")


class Made(NamedTuple):
    """An object that something here makes."""

    kind: str
    name: str
    namespace: str


def namespace_of(repository: Repository, resource: Resource) -> str:
    """The namespace that a resource surely ends up in; `ANY` if that cannot be told."""
    if changed_by(repository, resource, "namespace"):
        return ANY
    if resource.namespace:
        return resource.namespace
    targets = _targets(repository).get(resource.document.path, set())
    return next(iter(targets)) if len(targets) == 1 else ANY


@once
def made(repository: Repository) -> dict[Key, set[str]]:
    """The namespaces in which something here makes an object of a kind and name; `ANY` among them if one is unknown."""
    index: dict[Key, set[str]] = {}
    for one in _all(repository):
        index.setdefault((one.kind, one.name), set()).add(one.namespace)
    return index


@once
def names_made(repository: Repository, kind: str) -> dict[str, set[str]]:
    """The names of the objects of a kind that something here makes, and their namespaces as `made` has them."""
    return {name: namespaces for (of, name), namespaces in made(repository).items() if of == kind}


def is_made(repository: Repository, kind: str, name: str, namespace: str) -> bool:
    """Whether something here makes an object, or may make it."""
    found = made(repository).get((kind, name))
    return found is not None and (namespace == ANY or ANY in found or namespace in found)


@once
def _targets(repository: Repository) -> dict[str, set[str]]:
    """The namespaces to which Applications send the resources of a file that name none."""
    found: dict[str, set[str]] = {}
    for application in repository.applications:
        for source in application.sources:
            for path in source_files(repository, source):
                found.setdefault(path, set()).add(application.namespace or ANY)
    return found


def _all(repository: Repository) -> Iterator[Made]:
    for resource in repository.resources:
        if resource.kind in _NEVER_NAMED:
            continue
        namespace = namespace_of(repository, resource)
        name = ANY if changed_by(repository, resource, "names") else resource.name
        yield Made(resource.kind, resource.name, namespace)
        make = _MAKERS.get((resource.group, resource.kind))
        if make and name:
            yield from make(resource, namespace)
    for document in repository.documents:
        if document.role == "encrypted":
            yield Made(document.data["kind"], text(document.data, "metadata", "name"), ANY)
    yield from _generated(repository)


def _generated(repository: Repository) -> Iterator[Made]:
    for documents in repository.kustomizations.values():
        for document in documents:
            for key, kind in (("secretGenerator", SECRET), ("configMapGenerator", CONFIG)):
                for one in sequence(document.data, key):
                    yield Made(kind, text(one, "name"), text(one, "namespace"))


def _named(kind: str, *steps: str) -> Callable[[Resource, str], Iterator[Made]]:
    """A resource makes an object that it names at a path, or that has its own name."""

    def make(resource: Resource, namespace: str) -> Iterator[Made]:
        yield Made(kind, text(resource.data, *steps) or resource.name, namespace)

    return make


def _cluster_external_secret(resource: Resource, _namespace: str) -> Iterator[Made]:
    own = text(resource.data, "spec", "externalSecretName") or resource.name
    yield Made(SECRET, text(resource.data, "spec", "externalSecretSpec", "target", "name") or own, ANY)


def _bundle(resource: Resource, _namespace: str) -> Iterator[Made]:
    """trust-manager copies a Bundle to a ConfigMap or Secret of its name, in every namespace."""
    for key, kind in (("configMap", CONFIG), ("secret", SECRET)):
        if mapping(resource.data, "spec", "target", key):
            yield Made(kind, resource.name, ANY)


def _tls(resource: Resource, namespace: str) -> Iterator[Made]:
    """cert-manager makes the Secrets that an annotated Ingress or Gateway names."""
    if not set(_CERTIFICATE_REQUESTED).isdisjoint(mapping(resource.metadata, "annotations")):
        for one in sequence(resource.data, "spec", "tls"):
            yield Made(SECRET, text(one, "secretName"), namespace)
        for listener in sequence(resource.data, "spec", "listeners"):
            for one in sequence(listener, "tls", "certificateRefs"):
                yield Made(SECRET, text(one, "name"), text(one, "namespace") or namespace)


def _token(resource: Resource, namespace: str) -> Iterator[Made]:
    yield Made(SECRET, text(resource.data, "spec", "acme", "privateKeySecretRef", "name"), namespace or ANY)


def _claims(resource: Resource, namespace: str) -> Iterator[Made]:
    """A StatefulSet makes `<template>-<its name>-<number>`."""
    for one in sequence(resource.data, "spec", "volumeClaimTemplates"):
        for number in range(10):
            yield Made(CLAIM, f"{text(one, 'metadata', 'name')}-{resource.name}-{number}", namespace)


_MAKERS: dict[tuple[str, str], Callable[[Resource, str], Iterator[Made]]] = {
    ("apps", "StatefulSet"): _claims,
    ("bitnami.com", "SealedSecret"): _named(SECRET, "spec", "template", "metadata", "name"),
    ("cert-manager.io", "Certificate"): _named(SECRET, "spec", "secretName"),
    ("cert-manager.io", "ClusterIssuer"): _token,
    ("cert-manager.io", "Issuer"): _token,
    ("external-secrets.io", "ClusterExternalSecret"): _cluster_external_secret,
    ("external-secrets.io", "ExternalSecret"): _named(SECRET, "spec", "target", "name"),
    ("gateway.networking.k8s.io", "Gateway"): _tls,
    ("networking.k8s.io", "Ingress"): _tls,
    ("trust.cert-manager.io", "Bundle"): _bundle,
}


def may_be_elsewhere(repository: Repository, namespace: str) -> bool:
    """Whether charts or other repositories put objects into a namespace that nothing here tells."""
    opaque = _opaque(repository)
    return bool(opaque) and (namespace == ANY or ANY in opaque or namespace in opaque)


@once
def _opaque(repository: Repository) -> frozenset[str]:
    found = {
        application.namespace or ANY
        for application in repository.applications
        if any(_is_opaque(repository, source) for source in application.sources)
    }
    for resource in repository.by_kind.get(("helm.toolkit.fluxcd.io", "HelmRelease"), []):
        found.add(text(resource.data, "spec", "targetNamespace") or namespace_of(repository, resource))
    for documents in repository.kustomizations.values():
        found.update(text(one.data, "namespace") for one in documents if _is_inflated(repository, one))
    return frozenset(found | {ANY} if repository.sealed else found)


def _is_opaque(repository: Repository, source: Source) -> bool:
    return bool(source.chart) or (not source.ref and not source_files(repository, source))


def _is_inflated(repository: Repository, kustomization: Document) -> bool:
    """Whether a kustomization renders charts, or takes in what is somewhere else."""
    if {"helmCharts", "helmChartInflationGenerator", "generators"} & set(kustomization.data):
        return True
    return any(path not in repository.paths and path not in repository.folders for path in taken(kustomization))
