"""What the platform's own controllers would do, as far as Argo CD waits for it. Nothing else is simulated.

- cert-manager, External Secrets, trust-manager, the gateway's controller and Crossplane report every object of theirs
  as done (`REPORTS`); no certificate, secret or route is really made.
- Crossplane brings its kinds when its chart is there, and each Provider's kinds once that Provider is.
- There are no nodes and the stand-in charts have no workloads, so no Deployment is ever waited for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from . import crds
from .loop import Loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .api import Api, Object

NOW = "2026-01-01T00:00:00Z"
CRDS = "apis/apiextensions.k8s.io/v1/customresourcedefinitions"
PROVIDERS = "apis/pkg.crossplane.io/v1/providers"
CROSSPLANE = "api/v1/namespaces/crossplane-system/configmaps/crossplane-values"


@dataclass(frozen=True)
class Report:
    """How one kind says that it is done: these conditions are true."""

    path: str
    conditions: tuple[str, ...]


REPORTS = (
    Report("apis/cert-manager.io/v1/certificates", ("Ready",)),
    Report("apis/cert-manager.io/v1/clusterissuers", ("Ready",)),
    Report("apis/external-secrets.io/v1/clustersecretstores", ("Ready",)),
    Report("apis/external-secrets.io/v1/externalsecrets", ("Ready",)),
    Report("apis/external-secrets.io/v1alpha1/pushsecrets", ("Ready",)),
    Report("apis/gateway.networking.k8s.io/v1/gatewayclasses", ("Accepted",)),
    Report("apis/gateway.networking.k8s.io/v1/gateways", ("Accepted", "Programmed")),
    Report("apis/gateway.networking.k8s.io/v1/httproutes", ("Accepted", "ResolvedRefs")),
    Report(PROVIDERS, ("Installed", "Healthy")),
    Report("apis/trust.cert-manager.io/v1alpha1/bundles", ("Synced",)),
)


class Controllers(Loop):
    """A loop that reports, beside the tests.

    Attributes:
        installed: The CRDs that Crossplane brought, by the name of their source, in the order in which it did.
    """

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._api = api
        self.installed: list[str] = []

    def steps(self) -> Iterable[Callable[[], None]]:
        """Brings kinds, then reports."""
        yield self._crossplane
        for report in REPORTS:
            yield partial(self._report, report)

    def _crossplane(self) -> None:
        """Brings the kinds that Crossplane and its providers bring."""
        if self._api.get(CROSSPLANE) is not None:
            self._install("crossplane")
        for provider in self._api.list(PROVIDERS):
            self._install(f"provider-{provider['metadata']['name'].removeprefix('provider-')}")

    def _install(self, source: str) -> None:
        """Applies the CRDs of a source once."""
        if source not in self.installed and source in crds.by_source():
            for crd in crds.of_source(source):
                if self.stopping:
                    return
                self._api.apply(f"{CRDS}/{crd['metadata']['name']}", crd)
            self.installed.append(source)

    def _report(self, report: Report) -> None:
        """Reports each object of a kind, once for each generation."""
        for one in self._api.list(report.path):
            status = _status(one, report.conditions)
            if not _holds(one.get("status", {}), status):
                self._api.merge(f"{_path(report.path, one)}/status", {"status": status})


def _path(kind: str, one: Object) -> str:
    """Where an object is."""
    base, _, plural = kind.rpartition("/")
    meta = one["metadata"]
    inside = f"/namespaces/{meta['namespace']}" if "namespace" in meta else ""
    return f"{base}{inside}/{plural}/{meta['name']}"


def _status(one: Object, names: tuple[str, ...]) -> dict[str, Any]:
    """The status of an object that is done."""
    conditions = [
        {"type": name, "status": "True", "reason": "Simulated", "message": "Simulated", "lastTransitionTime": NOW}
        for name in names
    ]
    if "parentRefs" not in one.get("spec", {}):
        return {"conditions": conditions}
    return {
        "parents": [
            {"parentRef": parent, "controllerName": "clusterwright.dev/simulated", "conditions": conditions}
            for parent in one["spec"]["parentRefs"]
        ]
    }


def _holds(status: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a status already says what is wanted."""
    return _said(status) == _said(wanted)


def _said(status: dict[str, Any]) -> list[tuple[str, str]]:
    """The conditions of a status, and of its parents."""
    groups = [status, *status.get("parents", [])]
    return sorted((one["type"], one["status"]) for group in groups for one in group.get("conditions", []))
