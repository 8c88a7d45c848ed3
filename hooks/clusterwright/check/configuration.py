"""Argo CD's own configuration, argocd-cm, wherever the repository gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.applied import local_path
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application, Source
    from clusterwright.check.model import Document
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

NAME = "argocd-cm"
HEALTH = "resource.customizations.health.argoproj.io_Application"
_OLD = "resource.customizations"
_CHARTS = frozenset(("argo-cd", "argocd"))
_VALUES = (("configs", "cm"), ("server", "config"))


class Configuration(NamedTuple):
    """One place that gives keys of argocd-cm."""

    document: Document
    where: Where
    data: dict[str, Any]


@once
def configurations(repository: Repository) -> list[Configuration]:
    """Every place that gives keys of argocd-cm: the ConfigMap, patches of it, the chart's values, the operator."""
    found = list(_manifests(repository))
    for application in repository.applications:
        for source in application.sources:
            if source.chart.rpartition("/")[2] in _CHARTS:
                found += _values(repository, application, source)
    return found


def has_health_check(configuration: Configuration) -> bool:
    """Whether it says when an Application is healthy; without that, a wave does not wait for Applications."""
    old = configuration.data.get(_OLD)
    return HEALTH in configuration.data or (isinstance(old, str) and "argoproj.io/Application:" in old)


def _manifests(repository: Repository) -> Iterator[Configuration]:
    for resource in (*repository.by_kind.get(("", "ConfigMap"), []), *repository.patches):
        if resource.name == NAME and resource.kind == "ConfigMap":
            yield Configuration(resource.document, resource.at("data"), mapping(resource.data, "data"))
    for resource in repository.by_kind.get(("argoproj.io", "ArgoCD"), []):
        spec = mapping(resource.data, "spec")
        checks = [one for one in sequence(spec, "resourceHealthChecks") if text(one, "kind") == "Application"]
        data = mapping(spec, "extraConfig") | ({HEALTH: text(checks[0], "check")} if checks else {})
        yield Configuration(resource.document, resource.at("spec"), data)


def _values(repository: Repository, application: Application, source: Source) -> Iterator[Configuration]:
    inline = mapping(source.data, "helm", "valuesObject")
    at = application.resource.at(*source.where, "helm", "valuesObject")
    for keys in _VALUES:
        if mapping(inline, *keys):
            yield Configuration(application.resource.document, (*at, *keys), mapping(inline, *keys))
    paths = {local_path(repository, application, source, one) for one in source.value_files}
    for document in [one for path in sorted(filter(None, paths)) for one in repository.documents_of.get(path, ())]:
        for keys in _VALUES:
            if mapping(document.data, *keys):
                yield Configuration(document, keys, mapping(document.data, *keys))
