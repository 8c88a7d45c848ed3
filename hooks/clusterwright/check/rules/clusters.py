"""Rules on destinations: the clusters that Applications name are declared."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

from clusterwright.check.argocd import IN_CLUSTER
from clusterwright.check.model import mapping, text
from clusterwright.check.rule import Rule
from clusterwright.check.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Problem, Resource
    from clusterwright.check.repository import Repository

_TYPE = "argocd.argoproj.io/secret-type"
_MADE = {
    ("", "Secret"): ((), ()),
    ("external-secrets.io", "ExternalSecret"): (("spec", "target", "template"), ("spec", "target", "template")),
    ("bitnami.com", "SealedSecret"): (("spec", "template"), ("spec", "template")),
}
_ELSEWHERE = re.compile(rb"argocd_cluster|argocd cluster add|secret-type[\"' :=]+cluster")


def declared(repository: Repository) -> Iterator[Problem]:
    """Each destination that no cluster Secret declares.

    Only where this repository declares clusters, and all of them readably: one that is sealed, or made by Terraform or
    a script, could be any.
    """
    clusters = _clusters(repository)
    if not clusters:
        return
    known = clusters | {IN_CLUSTER, "in-cluster"}
    for application in repository.applications:
        key, given = ("server", application.server) if application.server else ("name", application.cluster)
        if given and given.rstrip("/") not in known:
            hint = did_you_mean(given, known, cutoff=0.85) or "declare it, or name one that is"
            message = f"no Secret here declares the cluster {given}: {hint}"
            yield application.problem(("spec", "destination", key), message)


def _clusters(repository: Repository) -> frozenset[str]:
    """Names and servers of all clusters; empty if not every one of them can be known."""
    if repository.sealed:
        return frozenset()
    found: set[str] = set()
    for kind, (labels, data) in _MADE.items():
        for resource in repository.by_kind.get(kind, []):
            if text(resource.data, *labels, "metadata", "labels", _TYPE) == "cluster":
                named = _named(resource, mapping(resource.data, *data))
                if not named:
                    return frozenset()
                found |= named
    sealed = [one for one in repository.documents if one.role == "encrypted"]
    if any(text(one.data, "metadata", "labels", _TYPE) == "cluster" for one in sealed):
        return frozenset()
    return frozenset() if found and _made_elsewhere(repository) else frozenset(found)


def _named(resource: Resource, template: dict[str, Any]) -> set[str]:
    """A cluster's name and server; empty if one of them can't be read here."""
    found = {text(template, "stringData", key) or _data(resource, template, key) for key in ("name", "server")}
    return set() if any(not one or "{{" in one or "${" in one for one in found) else {one.rstrip("/") for one in found}


def _data(resource: Resource, template: dict[str, Any], key: str) -> str:
    value = text(template, "data", key)
    if resource.kind != "Secret":
        return value if resource.kind == "ExternalSecret" else ""
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _made_elsewhere(repository: Repository) -> bool:
    return any(one.scalars is None and _ELSEWHERE.search(one.text) for one in repository.files)


RULES = (Rule("app-cluster", "A destination is a cluster that the repository declares", declared, "warning"),)
