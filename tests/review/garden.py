"""A small repository with something of everything that a rule on changes is about."""

from __future__ import annotations

URL = "https://git.example.com/acme/gitops.git"
APPLICATION = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: "{wave}"
    argocd.argoproj.io/sync-options: Prune=confirm
  labels:
    clusterwright.dev/cluster: {cluster}
    clusterwright.dev/component: {component}
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: platform
  destination:
    server: https://{cluster}.example.com
    namespace: {component}
  sources:
    - repoURL: https://charts.example.com
      chart: {component}
      targetRevision: 2.4.1
      helm:
        valueFiles:
          - $own/platform/{component}/values.yaml
    - repoURL: https://git.example.com/acme/gitops.git
      targetRevision: main
      ref: own
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
"""
PROJECT = f"""apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: platform
  namespace: argocd
spec:
  sourceRepos:
    - {URL}
    - https://charts.example.com
  destinations:
    - server: https://east.example.com
      namespace: loki
    - server: https://east.example.com
      namespace: traefik
  clusterResourceWhitelist:
    - group: ""
      kind: Namespace
  clusterResourceBlacklist:
    - group: rbac.authorization.k8s.io
      kind: ClusterRoleBinding
"""
RESOURCES = """apiVersion: v1
kind: Namespace
metadata:
  name: database
  labels:
    pod-security.kubernetes.io/enforce: restricted
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: database
spec:
  storageClassName: fast
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 100Gi
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: only-the-gateway
  namespace: database
spec:
  podSelector: {}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: database
spec:
  replicas: 3
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: shop
          image: registry.example.com/shop:1.4.2
          securityContext:
            allowPrivilegeEscalation: false
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Shop
    plural: shops
  versions:
    - name: v1
      served: true
      storage: true
    - name: v1beta1
      served: true
      storage: false
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: database
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: database
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: developers
"""
ROOT = """terraform {
  required_version = ">= 1.10.0"
  backend "s3" {
    bucket = "acme-states"
    key    = "cloud/terraform.tfstate"
  }
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.9.0"
    }
  }
}

resource "aws_db_instance" "main" {
  deletion_protection = true
  engine              = "postgres"
  lifecycle {
    prevent_destroy = true
  }
}

module "network" {
  source = "../modules/network"
}
"""
ARGO_CD = """configs:
  rbac:
    policy.default: ""
    policy.csv: |
      g, platform-admins, role:admin
"""
ATLANTIS = """version: 3
projects:
  - name: cloud
    dir: infrastructure/cloud
  - name: git
    dir: infrastructure/git
"""


def application(component: str, cluster: str = "east", wave: int = 1) -> str:
    """An Application of a component in a cluster."""
    return APPLICATION.format(name=f"{cluster}-{component}", component=component, cluster=cluster, wave=wave)


LOKI = "registry/clusters/east/loki.yaml"
SHOP = "platform/shop/manifests/shop.yaml"
CLOUD = "infrastructure/cloud/main.tf"
FILES = {
    ".clusterwright.yaml": f'repository: {URL}\nkubernetes_version: "1.35"\nuser_paths:\n  - apps/**\n',
    ".copier-answers.yml": "_commit: v1.2.0\n_src_path: https://example.com/template\ncloud: aws\n",
    LOKI: application("loki"),
    "registry/clusters/east/traefik.yaml": application("traefik", wave=3),
    "registry/projects/platform.yaml": PROJECT,
    "platform/loki/values.yaml": "replicas: 2\nimage:\n  repository: grafana/loki\n  tag: 3.5.1\n",
    "platform/traefik/values.yaml": "replicas: 2\n",
    "platform/argo-cd/values.yaml": ARGO_CD,
    SHOP: RESOURCES,
    CLOUD: ROOT,
    "atlantis.yaml": ATLANTIS,
    "CODEOWNERS": "* @acme/platform\napps/ @acme/shop\n",
    "docs/components.md": "| loki | 2.4.1 |\n",
}
