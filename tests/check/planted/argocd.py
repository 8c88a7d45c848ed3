"""Faults in Applications, ApplicationSets, projects and their order."""

from __future__ import annotations

from tests.check.planted.planting import add, edit

APPS = "registry/clusters/management/[a-z]*.yaml"
PROJECTS = "registry/projects/*.yaml"
MANIFESTS = "platform/*/manifests/*.yaml"
LOCAL = "registry/clusters/management/local/planted.yaml"
_OWN = "https://github.com/acme-dev/gitops.git"


def _application(spec: str, name: str = "planted", annotations: str = "") -> str:
    notes = "argocd.argoproj.io/manifest-generate-paths: /platform/reloader"
    return f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
  namespace: argocd
  annotations:
    {notes}{annotations}
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: platform
{spec}"""


def _set(generator: str, template: str, extra: str = "") -> str:
    return f"""apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: planted
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]{extra}
  generators:
    - {generator}
  template:
    metadata:
      {template}
    spec:
      project: platform
      destination:
        server: https://kubernetes.default.svc
        namespace: reloader
      source:
        repoURL: {_OWN}
        targetRevision: main
        path: platform/reloader
"""


_CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: planted\n  namespace: atlantis\n"
_NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata:\n  §name: planted\n"
_UNTOLD = "---\\napiVersion: node.k8s.io/v1\\nkind: §RuntimeClass\\nmetadata:\\n  name: planted\\nhandler: planted\\n"
_BOTH = f"""  source:
    §repoURL: {_OWN}
    targetRevision: main
    path: platform/reloader
  sources:
    - repoURL: {_OWN}
      targetRevision: main
      path: docs
"""
_NOWHERE = f"""§git:
        repoURL: {_OWN}
        revision: main
        directories: [{{path: nothing/*}}]"""
_WAVE = "name: '{{ .name }}'\n      annotations:\n        argocd.argoproj.io/sync-wave: §'3'"
_HERE = "  destination:\n    server: https://kubernetes.default.svc\n    namespace: reloader\n"
_THERE = f"""  destination:
    name: §prodution
    namespace: reloader
  source:
    repoURL: {_OWN}
    targetRevision: main
    path: platform/atlantis/manifests
"""
_CLUSTER = """apiVersion: v1
kind: Secret
metadata:
  name: production
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: production
  server: https://production.example.com
"""
_LIST = "list:\n        elements: [{name: planted}]"

PLANTERS = (
    edit("app-source", APPS, r"^  sources:\n(?=    - )", r"  origins:\n", "{path}:  project:"),
    add("app-source", LOCAL, _application(_HERE + _BOTH)),
    edit("app-destination", APPS, r"^    server: https://kubernetes.default.svc\n(    namespace: .*)$", r"    §\1"),
    edit("app-destination", APPS, r"^    (server: https://kubernetes.default.svc)$", r"    §\1\n    name: in-cluster"),
    edit("app-unique", APPS, r"^  name: (?!acme$)[\w-]+$", r"  name: acme"),
    edit("app-name", APPS, r"releaseName: .*$", "releaseName: " + "long-" * 12 + "name"),
    edit("app-path", APPS, r"( path: platform/)(\S*)$", r"\1\2x"),
    edit("app-path", APPS, r"( path: platform/[\w-]+/manifests)$", r"\1/more"),
    edit("app-value-file", APPS, r"(- \$platform/platform/\S+/)values\.yaml", r"\1value.yaml"),
    edit("app-ref", APPS, r"- \$platform/platform/", r"- $platfrom/platform/"),
    edit("app-head", APPS, r"targetRevision: main", r"targetRevision: HEAD"),
    add(
        "app-cluster", LOCAL, _application(_THERE), beside={"registry/clusters/management/local/cluster.yaml": _CLUSTER}
    ),
    edit("app-revision", APPS, r"targetRevision: main", r"targetRevision: develop"),
    edit("app-revision", APPS, r'targetRevision: "v?\d[^"]*"', r'targetRevision: "*"'),
    add("override-unused", "registry/clusters/management/overrides/relaoder.yaml", "replicas: 1\n"),
    add("override-unused", "registry/clusters/management/overrides/planted.yaml", "replicas: 1\n"),
    add("appset-template", LOCAL, _set(_LIST, "§name: '{{ .nmae }}'")),
    add("appset-empty", LOCAL, _set(_NOWHERE, "name: 'planted-{{ .path.basename }}'")),
    add("appset-wave", LOCAL, _set(_LIST, _WAVE)),
    edit("project-default", APPS, r"^  project: .*$", r"  project: default"),
    edit("project-exists", APPS, r"^  project: (.*)$", r"  project: \1s"),
    edit(
        "project-source",
        APPS,
        r"repoURL: https://(?!github.com/acme-dev)\S+",
        r"repoURL: https://planted.example.com/charts",
    ),
    edit("project-destination", APPS, r"^    (server: .*\n    namespace:) .*$", r"    §\1 planted"),
    edit("project-destination", MANIFESTS, r"^  namespace: [\w-]+$", r"  namespace: planted"),
    edit("project-wildcard", PROJECTS, r"^  sourceRepos:$", r'  sourceRepos:\n    - §"*"'),
    edit("project-wildcard", PROJECTS, r"^  sourceNamespaces:$", r'  sourceNamespaces:\n    - §"*"'),
    edit("project-kind", MANIFESTS, r"\Z", _UNTOLD),
    edit("wave-integer", APPS, r'(sync-wave:) "(\d+)"$', r'\1 "\2.5"'),
    edit("wave-integer", APPS, r'(sync-wave:) "(\d+)"$', r"\1 \2"),
    edit("needs-exist", APPS, r"(needs: .*)$", r"\1,planted"),
    edit("needs-order", APPS, r'(sync-wave:) "(?!0)\d+"(?=\n    clusterwright.dev/needs)', r'\1 "-9"'),
    edit(
        "needs-circle",
        APPS,
        r"^(  name: (reloader|cert-manager)\n(?:.*\n)*?)(?=    \S+/sync-wave: )",
        r"\1    clusterwright.dev/needs: §\2\n",
    ),
    edit(
        "crd-order",
        "registry/clusters/management/internal-ca.yaml",
        r'(sync-wave:) "\d+"\n((?:.*\n)*?)      - SkipDry.*\n',
        r'\1 "-9"\n\2',
    ),
    edit(
        "wave-health",
        "platform/argo-cd/values.yaml",
        r"^(\s+)resource\.customizations\.health\.argoproj\.io_Application:",
        r"\1planted:",
        "{path}:  cm:",
    ),
    edit(
        "app-finalizer", APPS, r"^  finalizers:\n    - resources-finalizer.argocd.argoproj.io\n", r"", "{path}:  name:"
    ),
    edit("app-prune", APPS, r"^      prune: true\n(      selfHeal: true)$", r"\1"),
    add("prune-brake", "platform/atlantis/manifests/planted.yaml", _NAMESPACE),
    add(
        "shared-resource",
        "platform/atlantis/manifests/planted.yaml",
        _CONFIG_MAP.replace("planted", "§planted"),
        beside={"platform/argo-cd/manifests/planted.yaml": _CONFIG_MAP},
    ),
    edit("app-manifest-paths", APPS, r"(manifest-generate-paths: )/platform/[\w-]+", r"\1/docs"),
    edit(
        "app-manifest-paths-missing",
        APPS,
        r"^    argocd.argoproj.io/manifest-generate-paths: .*\n",
        r"",
        "{path}:  name:",
    ),
    edit("ignore-reason", MANIFESTS, r"^(  name: .*)$", r"\1 # clusterwright: ignore[schema]"),
    edit("ignore-unused", MANIFESTS, r"^(  name: .*)$", r"\1 # clusterwright: ignore[schema] planted"),
)
