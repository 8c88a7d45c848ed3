"""Which Application brings the definitions of which custom resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.applied import applied
from clusterwright.check.definitions import DEFINITION
from clusterwright.check.model import mapping, text

if TYPE_CHECKING:
    from clusterwright.check.argocd import Application, Source
    from clusterwright.check.repository import Repository

Kind = tuple[str, str]
"""An API group and a kind."""
_OF_ARGO_CD = frozenset(("argoproj.io", kind) for kind in ("Application", "ApplicationSet", "AppProject"))
_OF_CHART = {
    "gateway-crds-helm": ("gateway-api", "envoy-gateway"),
    "gateway-helm": ("gateway-api", "envoy-gateway"),
    "gha-runner-scale-set-controller": ("actions-runner-controller",),
    "kube-prometheus-stack": ("prometheus-operator",),
    "prometheus-operator-crds": ("prometheus-operator",),
    "traefik-crds": ("traefik", "gateway-api"),
}
"""The components whose definitions a chart brings, where they do not have the chart's own name."""


def brings(repository: Repository, application: Application) -> frozenset[Kind]:
    """The kinds that an Application defines: by manifests that are here, or by a chart that is known."""
    manifests = applied(repository, application) if DEFINITION in repository.by_kind else ()
    found = {
        (text(one.data, "spec", "group"), text(one.data, "spec", "names", "kind"))
        for one in manifests
        if (one.group, one.kind) == DEFINITION
    }
    for source in application.sources:
        if mapping(source.data, "helm").get("skipCrds") is not True:
            found |= _of_chart(repository, source)
    return frozenset(found)


def uses(repository: Repository, application: Application) -> frozenset[Kind]:
    """The kinds of custom resources among what an Application applies, but for those of Argo CD itself."""
    kinds = {(one.group, one.kind) for one in applied(repository, application)} - _OF_ARGO_CD
    return frozenset(kind for kind in kinds if not repository.schemas.is_core(kind[0]) and kind != DEFINITION)


def _of_chart(repository: Repository, source: Source) -> frozenset[Kind]:
    chart = source.chart.rpartition("/")[2]
    components = _OF_CHART.get(chart, (chart,)) if chart else ()
    return frozenset(kind for one in components for kind in repository.schemas.brought_by(one))
