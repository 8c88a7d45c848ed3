"""What is right where it stands, and was once called wrong: seen in repositories that nobody here wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.check.conftest import findings

if TYPE_CHECKING:
    from tests.check.conftest import Write

ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  hostnames: ["web.${DOMAIN}"]
"""
FLUX = """\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {postBuild: {substitute: {DOMAIN: example.com}}}
"""
BINDING = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web}]
"""
DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: disks.example.com}
spec:
  group: example.com
  names: {kind: Disk, plural: disks}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, description: "one of auto, none or <NUM>"}}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: database}
spec:
  selector: {app: web, deploymentconfig: database}
  ports: [{port: 5432}]
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: web:1
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
"""
CONFIG = "apiVersion: apps.openshift.io/v1\nkind: DeploymentConfig\nmetadata: {name: database}\nspec: {replicas: 1}\n"
PIECE = 'module "x" {\n  source = "./fabric/modules/x"\n  id     = var.id\n}\n'
INNOCENT: dict[str, dict[str, str | bytes]] = {
    "a variable of Flux within a text": {"route.yaml": ROUTE, "flux.yaml": FLUX},
    "a ServiceAccount that Kustomize moves": {
        "kustomization.yaml": "namespace: shop\nresources: [binding.yaml]\n",
        "binding.yaml": BINDING,
    },
    "prose in a definition": {"definition.yaml": DEFINITION},
    "pods of a kind that is not read": {"service.yaml": SERVICE, "web.yaml": DEPLOYMENT, "database.yaml": CONFIG},
    "what a test expects of a resource": {"chainsaw/policy-assert.yaml": "apiVersion: apps/v1\nkind: Deployment\n"},
    "a transformer of Kustomize": {
        "labels.yaml": "apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: labels}\nlabels: {a: b}\n"
    },
    "a file that a chart reads": {
        "charts/a/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n",
        "charts/a/files/a.yaml": "{{- with .Values.a }}\na: {{ . }}\n{{- end }}\n",
    },
    "a file that a module fills in": {
        "vm/main.tf": 'output "a" {\n  value = templatefile("${path.module}/assets/a.yaml", {})\n}\n',
        "vm/assets/a.yaml": "a:\n%{ for b in c ~}\n  - ${b}\n%{ endfor ~}\n",
    },
    "pieces of a module for tests": {"tests/fixtures/a.tf": PIECE, "tests/fixtures/b.tf": PIECE},
    "variables for such pieces": {"tests/variables.tf": 'variable "id" {\n  type = string\n}\n'},
    "a local value that is only to be evaluated": {
        "main.tf": "locals {\n  # tflint-ignore: terraform_unused_declarations\n  once = { for a in [1] : a => 1 }\n}\n"
    },
}


@pytest.mark.parametrize("name", INNOCENT)
def test_nothing_is_said_about(write: Write, name: str) -> None:
    assert [str(one) for one in findings(write(INNOCENT[name])) if one.severity != "info"] == []


def test_without_flux_such_a_variable_is_a_fault(write: Write) -> None:
    assert [one.rule for one in findings(write({"route.yaml": ROUTE}))] == ["schema"]


def test_a_placeholder_is_one_fault(write: Write) -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: <CLUSTER_NAME>-a, namespace: a}\n"
    assert [one.rule for one in findings(write({"a.yaml": text}))] == ["placeholder"]


def test_a_template_is_said_to_be_unchecked_and_values_are_none(write: Write) -> None:
    broken = "a: {{ .b }}\nc\n"
    root = write({"a/Chart.yaml": "name: a\n", "a/files/a.yaml": broken, "a/values.yaml": broken})
    assert [(one.path, one.rule) for one in findings(root)] == [
        ("a/files/a.yaml", "schema-missing"),
        ("a/values.yaml", "yaml-parse"),
    ]
