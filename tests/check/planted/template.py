"""Faults that a template, or a hand in its files, leaves behind; and faults in YAML as such."""

from __future__ import annotations

from tests.check.planted.planting import add, edit, remove

MANIFESTS = "platform/*/manifests/*.yaml"

_METADATA = "metadata:\n  name: planted\n  namespace: atlantis\n"

_MOVED = """kubernetes_version: "1.35"
repository: https://github.com/acme-dev/gitops.git
branch: main
user_paths:
  - registry/**/overrides/**
moved:
  registry/clusters/*/overrides/planted.yaml: registry/clusters/*/overrides/reloader.yaml
"""

_CLUSTER = "  - {name: %s, kind: physical, environment: production, %s}\n"
_CLUSTERS = "clusters:\n" + _CLUSTER % ("eu", "network: 10.1.0.0/16") + _CLUSTER % ("us", "§network: 10.1.128.0/17")

PLANTERS = (
    edit("fleet-schema", "fleet.yaml", r"^applications: \[\]$", r"§application: []"),
    edit("fleet-schema", "fleet.yaml", r"^wiring: static$", r"wiring: statik"),
    edit("fleet-network", "fleet.yaml", r"^clusters: \[\]\n", _CLUSTERS),
    add(
        "path-moved",
        "registry/clusters/management/overrides/planted.yaml",
        "§replicas: 1\n",
        beside={".clusterwright.yaml": _MOVED},
    ),
    edit("template-residue", "platform/*.yaml", r"(name: )[\w-]+$", r"\1#{ name }#"),
    edit("template-residue", "infrastructure/*.tf", r"\Z", r"§#% endif %#\n"),
    edit("template-residue", "docs/*.md", r"^# .*$", r"# {{ cookiecutter.title }}"),
    edit("template-residue", "bootstrap/*.sh", r"\Z", r"§#| why |#\n"),
    edit("placeholder", "platform/*/values.yaml", r"\Z", r"§planted: <DOMAIN_NAME>\n"),
    edit("placeholder", "platform/*/values.yaml", r"\Z", r'planted:\n  inside:\n    - §"https://<HOST-NAME>/path"\n'),
    edit("placeholder", "platform/*/values.yaml", r"\Z", r"§planted: CHANGE_ME\n"),
    edit("placeholder", "infrastructure/*/locals.tf", r"^locals \{$", r'locals {\n  §planted = "<ALERTS_EMAIL>"'),
    edit("placeholder", "bootstrap/versions.env", r"\Z", r"§PLANTED=<VERSION>\n"),
    edit("template-edited", "platform/*/values.yaml", r"^(\w+): (true|false|\d+)$", r"\1: [planted]"),
    edit("template-edited", "infrastructure/*.tf", r"\Z", r"§# Planted.\n"),
    edit("template-edited", "registry/clusters/*.yaml", r"\Z", r"§# Planted.\n"),
    edit("template-edited", "bootstrap/*.sh", r"\Z", r"§# Planted.\n"),
    remove("template-edited", "platform/*/values.yaml"),
    edit("yaml-parse", MANIFESTS, r"^(  name:) (.*)$", r"\1 [\2\n§kind: Planted"),
    edit("yaml-parse", MANIFESTS, r"^(  name:) .*$", r"\1 {{ .Values.name }}"),
    edit("yaml-parse", MANIFESTS, r"^  (name: .*)$", r"\t\1"),
    edit("yaml-parse", MANIFESTS, r"^  name: .*$", r"  name: *planted"),
    edit("yaml-duplicate-key", MANIFESTS, r"^  (name: .*)$", r"  \1\n  §\1"),
    edit("yaml-duplicate-key", "platform/*/values.yaml", r"^(\w+): (true|false|\d+)$", r"\1: \2\n§\1: \2"),
    edit("schema", MANIFESTS, r"^spec:$", r"spec:\n  §planted: true"),
    edit("schema", "registry/clusters/*.yaml", r"^  project: .*$", r"  project: 5"),
    edit("schema", "registry/clusters/*.yaml", r"^  destination:$", r"  destinations:"),
    add(
        "schema",
        "platform/atlantis/manifests/planted.yaml",
        f"apiVersion: v1\nkind: Service\n{_METADATA}spec:\n  ports:\n    - §port: http\n",
        f"apiVersion: v1\nkind: ConfigMap\n{_METADATA}data:\n  §days: 30\n",
    ),
    add(
        "schema-missing",
        "platform/atlantis/manifests/planted.yaml",
        f"apiVersion: planted.example.com/v1\nkind: §Planted\n{_METADATA}",
    ),
)
