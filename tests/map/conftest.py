"""What the tests of the map share: repositories in a few words, and what the survey says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.repository import load
from clusterwright.map.survey import survey
from tests.check.conftest import write

__all__ = ["write"]

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.map.model import Application, Cluster, Map

URL = "https://git.example.com/platform/gitops.git"


def surveyed(root: Path) -> Map:
    """The map of a folder."""
    return survey(load(str(root))).map


def application(shown: Map, identity: str) -> Application:
    """The Application with an id."""
    return next(one for one in shown.applications if one.id == identity)


def cluster(shown: Map, name: str) -> Cluster:
    """The cluster with a name."""
    return next(one for one in shown.clusters if one.name == name)


def manifest(
    name: str, *, labels: str = "", destination: str = "server: https://kubernetes.default.svc", **source: str
) -> str:
    """An Application that delivers a source to a destination."""
    origin = {"repoURL": URL, "targetRevision": "main", **source}
    return f"""---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd, labels: {{{labels}}}}}
spec:
  project: platform
  destination: {{{destination}, namespace: {name}}}
  source: {{{", ".join(f"{key}: {value}" for key, value in origin.items())}}}
"""


def chart(name: str, version: str = "1.0.0") -> dict[str, str]:
    """The source of a chart."""
    return {"repoURL": "https://charts.example.com", "chart": name, "targetRevision": version}
