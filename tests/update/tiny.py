"""A template so small that a test can release, render and update it in a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import commit, git

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = """_min_copier_version: "9.19.0"
_subdirectory: template
_skip_if_exists: [fleet.yaml]
name:
  type: str
  default: zebra
"""
SETTINGS = """repository: https://git.example.com/{{ name }}.git
user_paths:
  - fleet.yaml
  - registry/**/overrides/**
  - infrastructure/**/local_*.tf
"""
APPLICATION = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: loki
  namespace: argocd
  annotations:
    argocd.argoproj.io/manifest-generate-paths: /registry
  labels:
    clusterwright.dev/cluster: east
    clusterwright.dev/component: loki
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: platform
  destination:
    server: https://kubernetes.default.svc
    namespace: loki
  source:
    repoURL: https://charts.example.com
    chart: loki
    targetRevision: 2.4.1
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
"""
PROJECT = """apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: platform
  namespace: argocd
spec:
  sourceRepos:
    - https://charts.example.com
  destinations:
    - server: https://kubernetes.default.svc
      namespace: loki
"""
SCRIPT = "#!/bin/sh\n" + "".join(f"echo line {number}\n" for number in range(20))
CHANGELOG = """# Changelog

## Unreleased

- Nothing yet.

## 1.1.0 (2026-12-01)

- Loki is raised.

### Upgrading

- Loki reads its data anew: the first start takes an hour.

## 1.0.0 (2026-11-01)

- The first one.
"""
FILES = {
    "CHANGELOG.md": "# Changelog\n\n## 1.0.0 (2026-11-01)\n\n- The first one.\n",
    "copier.yml": QUESTIONS,
    "template/{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers | to_nice_yaml -}}\n",
    "template/.clusterwright.yaml.jinja": SETTINGS,
    "template/fleet.yaml": "environments: [development]\n",
    "template/registry/clusters/east/loki.yaml": APPLICATION,
    "template/registry/projects/platform.yaml": PROJECT,
    "template/bootstrap/up": SCRIPT,
    "template/docs/old.md": "# Old\n",
}
RAISED = {
    "CHANGELOG.md": CHANGELOG,
    "template/registry/clusters/east/loki.yaml": APPLICATION.replace("2.4.1", "2.4.2"),
    "template/bootstrap/up": SCRIPT.replace("line 3\n", "line three\n"),
    "template/docs/new.md": "# New\n",
    "template/docs/old.md": None,
}


def release(folder: Path, files: dict[str, str | None], version: str) -> None:
    """Writes files into the template's repository (None removes one), and tags it."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if (folder / "template/bootstrap/up").exists():
        (folder / "template/bootstrap/up").chmod(0o755)
    commit(folder, f"Release {version}", version)


def platform(template: Path, folder: Path, version: str = "v1.0.0") -> Path:
    """A platform of the template, under git."""
    from copier import run_copy

    run_copy(str(template), folder, vcs_ref=version, defaults=True, quiet=True)
    commit(folder, "Begin")
    return folder


def state(folder: Path) -> tuple[str, str, str]:
    """What an update may not change: the branch, its commit, and what is in the folder."""
    return (
        git(folder, "symbolic-ref", "HEAD"),
        git(folder, "rev-parse", "HEAD"),
        git(folder, "status", "--porcelain", "--untracked-files=all"),
    )
