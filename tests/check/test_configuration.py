"""Where a repository gives argocd-cm: as a ConfigMap, a patch, values of the chart, or through the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.configuration import HEALTH, configurations, has_health_check
from clusterwright.check.repository import load

if TYPE_CHECKING:
    from tests.check.conftest import Write

URL = "https://git.example.com/platform/gitops.git"
HERE = "{valueFiles: [$here/values.yaml]}"
CHECK = f"{{{HEALTH}: return}}"
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\n"


def chart(helm: str) -> str:
    return f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: argo-cd, namespace: argocd}}
spec:
  project: p
  destination: {{name: in-cluster}}
  sources:
    - {{repoURL: https://charts.example.com, chart: argo-cd, targetRevision: 1.0.0, helm: {helm}}}
    - {{repoURL: {URL}, targetRevision: main, ref: here}}
"""


PATCH = "patches: [{path: cm.yaml}]\n"
OLD = "  resource.customizations: |\n    argoproj.io/Application:\n      health.lua: x\n"
OPERATOR = """apiVersion: argoproj.io/v1beta1
kind: ArgoCD
metadata: {name: argocd}
spec: {resourceHealthChecks: [{group: argoproj.io, kind: Application, check: return}]}
"""


@pytest.mark.parametrize(
    ("files", "checked"),
    [
        ({"cm.yaml": f"{CONFIG}data: {CHECK}\n"}, [True]),
        ({"cm.yaml": f"{CONFIG}data: {{url: x}}\n"}, [False]),
        ({"cm.yaml": f"{CONFIG}data:\n{OLD}"}, [True]),
        ({"cm.yaml": CONFIG.replace("argocd-cm", "other")}, []),
        ({"cm.yaml": f"{CONFIG}data: {CHECK}\n", "kustomization.yaml": PATCH}, [True]),
        ({"app.yaml": chart(f"{{valuesObject: {{configs: {{cm: {CHECK}}}}}}}")}, [True]),
        ({"app.yaml": chart(HERE), "values.yaml": f"configs: {{cm: {CHECK}}}\n"}, [True]),
        ({"app.yaml": chart(HERE), "values.yaml": "server: {config: {url: x}}\n"}, [False]),
        ({"app.yaml": chart(HERE), "values.yaml": "replicas: 2\n"}, []),
        ({"argocd.yaml": OPERATOR}, [True]),
    ],
)
def test_each_place_tells_whether_it_has_the_health_check(
    write: Write, files: dict[str, str], checked: list[bool]
) -> None:
    repository = load(str(write({".clusterwright.yaml": f"repository: {URL}\n", **files})))
    assert [has_health_check(one) for one in configurations(repository)] == checked
