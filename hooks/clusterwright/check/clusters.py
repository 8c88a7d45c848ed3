"""The clusters that a repository declares to Argo CD: a Secret each, or what makes one."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.model import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

TYPE = "argocd.argoproj.io/secret-type"
_MADE = {
    ("", "Secret"): ((), ()),
    ("external-secrets.io", "ExternalSecret"): (("spec", "target", "template"), ("spec", "target", "template")),
    ("bitnami.com", "SealedSecret"): (("spec", "template"), ("spec", "template")),
}
"""Where each kind keeps the Secret's metadata, and its data."""


class Cluster(NamedTuple):
    """A cluster that a resource declares; `name` or `server` is empty where it can't be read here."""

    resource: Resource
    name: str
    server: str
    labels: dict[str, Any]


def declared(repository: Repository) -> Iterator[Cluster]:
    """Every cluster that a Secret of this repository declares, sealed or made by an operator too."""
    for kind, (metadata, data) in _MADE.items():
        for resource in repository.by_kind.get(kind, []):
            labels = mapping(resource.data, *metadata, "metadata", "labels")
            if labels.get(TYPE) == "cluster":
                template = mapping(resource.data, *data)
                name, server = (_readable(resource, template, key) for key in ("name", "server"))
                yield Cluster(resource, name, server, labels)


def _readable(resource: Resource, template: dict[str, Any], key: str) -> str:
    value = text(template, "stringData", key) or _data(resource, template, key)
    return "" if "{{" in value or "${" in value else value.rstrip("/")


def _data(resource: Resource, template: dict[str, Any], key: str) -> str:
    value = text(template, "data", key)
    if resource.kind != "Secret":
        return value if resource.kind == "ExternalSecret" else ""
    try:
        return base64.b64decode(value, validate=True).decode()
    except ValueError:
        return ""
