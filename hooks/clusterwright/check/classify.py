"""What a YAML file is: not everything that ends in .yaml is a manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwright.check.model import Role

WORKFLOWS = (".github/workflows/", ".github/actions/", ".gitea/workflows/", ".forgejo/workflows/")
TOOLS = frozenset(
    (
        ".clusterwright.yaml", ".copier-answers.yml", ".copier-answers.yaml", ".pre-commit-config.yaml",
        ".pre-commit-hooks.yaml", ".yamllint", ".yamllint.yaml", ".yamllint.yml", ".gitlab-ci.yml", ".sops.yaml",
        "action.yml", "action.yaml", "atlantis.yaml", "Chart.yaml", "copier.yml", "copier.yaml", "docker-compose.yaml",
        "docker-compose.yml", "fleet.yaml", "helmfile.yaml", "mkdocs.yml", "mkdocs.yaml", "skaffold.yaml",
        "Taskfile.yaml", "Taskfile.yml", "values.yaml",
    )
)  # fmt: skip
"""Files that belong to another tool, whatever is in them."""
KUSTOMIZATIONS = frozenset(("kustomization.yaml", "kustomization.yml", "Kustomization"))
TOOL_GROUPS = frozenset(
    (
        "apiserver.config.k8s.io", "audit.k8s.io", "backstage.io", "config.kubernetes.io", "ctlptl.dev", "eksctl.io",
        "k3d.io", "kind.x-k8s.io", "kubeadm.k8s.io", "kubelet.config.k8s.io", "kustomize.config.k8s.io", "skaffold",
    )
)  # fmt: skip
"""API groups of files that a program reads and no API server serves."""


def is_workflow(path: str) -> bool:
    """Whether YAML 1.2 types the scalars of this file."""
    return "/" in path and any(folder in path for folder in WORKFLOWS)


def role(path: str, data: object) -> Role:
    """What the document with this data, in the file with this path, is to the rules."""
    name = path.rpartition("/")[2]
    if name in TOOLS or name in KUSTOMIZATIONS or is_workflow(path):
        return "tool"
    if not isinstance(data, dict):
        return "data"
    api_version, kind = data.get("apiVersion"), data.get("kind")
    if not isinstance(api_version, str) or not isinstance(kind, str) or not api_version or not kind:
        return "data"
    if api_version.partition("/")[0] in TOOL_GROUPS or (api_version, kind) == ("v1", "Config"):
        return "tool"
    return "encrypted" if isinstance(data.get("sops"), dict) else "manifest"
