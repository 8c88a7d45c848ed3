"""What the tests of the simulated bootstrap share: repositories of Applications in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.repository import load
from clusterwright.order.simulate import simulate
from tests.check.conftest import write

__all__ = ["write"]

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.order.model import Order

URL = "https://git.example.com/platform/gitops.git"
SETTINGS = {".clusterwright.yaml": f"repository: {URL}\nbranch: main\n"}
HEALTH = {
    "argocd/argocd-cm.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\n"
    "data: {resource.customizations.health.argoproj.io_Application: 'return obj.status.health'}\n"
}
NO_HEALTH = {"argocd/argocd-cm.yaml": HEALTH["argocd/argocd-cm.yaml"].replace("_Application", "_Other")}


def application(name: str, path: str, wave: int = 0, needs: str = "", chart: str = "") -> str:
    """The manifest of an Application that applies a folder of the repository, or a chart."""
    source = (
        f"{{repoURL: https://charts.example.com, targetRevision: 1.0.0, chart: {chart}}}"
        if chart
        else f"{{repoURL: {URL}, targetRevision: main, path: {path}}}"
    )
    return f"""---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
  namespace: argocd
  annotations: {{argocd.argoproj.io/sync-wave: "{wave}", clusterwright.dev/needs: "{needs}"}}
spec:
  project: platform
  destination: {{server: https://kubernetes.default.svc, namespace: {name}}}
  source: {source}
"""


def manifest(kind: str, api_version: str = "v1", name: str = "one") -> str:
    """A manifest of any kind."""
    return f"---\napiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: apps}}\n"


def order(root: Path, name: str = "") -> Order:
    """The simulated bootstrap of a folder."""
    return simulate(load(str(root)), name)
