"""What a YAML file is: not everything that ends in .yaml is a manifest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwright.check.model import Role

WORKFLOWS = (".github/workflows/", ".github/actions/", ".gitea/workflows/", ".forgejo/workflows/")
VALUES = frozenset(("values.yaml", "values.yml"))
"""A chart's values may hold a kind and an apiVersion of their own."""
KUSTOMIZATIONS = frozenset(("kustomization.yaml", "kustomization.yml", "Kustomization"))
TOOL_GROUPS = frozenset(
    (
        "apiserver.config.k8s.io", "audit.k8s.io", "backstage.io", "builtin", "config.kubernetes.io", "ctlptl.dev",
        "eksctl.io", "k3d.io", "kind.x-k8s.io", "kubeadm.k8s.io", "kubelet.config.k8s.io", "kustomize.config.k8s.io",
        "skaffold",
    )
)  # fmt: skip
"""API groups of files that a program reads and no API server serves."""

_EXPECTED = re.compile(r"(?:^|[-_])assert\.ya?ml$|^[0-9]+-errors?\.ya?ml$")
"""What Chainsaw and KUTTL expect of resources that are there: parts of them."""


def is_workflow(path: str) -> bool:
    """Whether YAML 1.2 types the scalars of this file."""
    return "/" in path and any(folder in path for folder in WORKFLOWS)


def role(path: str, data: object) -> Role:
    """What the document with this data, in the file with this path, is to the rules."""
    name = path.rpartition("/")[2]
    if name in KUSTOMIZATIONS or is_workflow(path) or _EXPECTED.search(name):
        return "tool"
    if not isinstance(data, dict):
        return "data"
    api_version, kind = data.get("apiVersion"), data.get("kind")
    if not (isinstance(api_version, str) and isinstance(kind, str) and api_version and kind):
        return "data"
    if name in VALUES and not isinstance(data.get("metadata"), dict):
        return "tool"
    if api_version.partition("/")[0] in TOOL_GROUPS or (api_version, kind) == ("v1", "Config"):
        return "tool"
    return "encrypted" if isinstance(data.get("sops"), dict) else "manifest"
