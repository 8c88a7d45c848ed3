"""`.pre-commit-hooks.yaml`, run as pre-commit runs it: one process in the repository, with the files that match."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import ROOT, commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
KEYS = {"id", "name", "description", "entry", "language", "files", "pass_filenames", "always_run", "require_serial"}
APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: web
  destination: {server: https://kubernetes.default.svc, namespace: web}
  source: {repoURL: https://git.example.com/own.git, targetRevision: main, path: web}
"""
SETTINGS = "repository: https://git.example.com/own.git\nbranch: main\ncheck: {select: [app-path, yaml-*]}\n"


def pre_commit(hook: dict[str, Any], root: Path) -> subprocess.CompletedProcess[str] | None:
    """Runs a hook over what is staged; None if pre-commit would skip it."""
    staged = git(root, "diff", "--cached", "--name-only", "--diff-filter=ACMRTUXB", "-z").split("\0")
    names = [name for name in staged if name and re.search(hook.get("files", ""), name)]
    if not names and not hook.get("always_run"):
        return None
    program, *arguments = shlex.split(hook["entry"])
    assert program == "clusterwright"
    command = [sys.executable, "-m", program, *arguments, *(names if hook.get("pass_filenames", True) else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False, text=True)


@pytest.fixture
def root(write: Write) -> Path:
    """A repository whose Application's folder is about to go, and with a fault that nobody touches."""
    root = write(
        {
            ".clusterwright.yaml": SETTINGS,
            "web.yaml": APPLICATION,
            "web/a.yaml": "a: 1\n",
            "old.yaml": "a: [\n",
            "README.md": "",
        }
    )
    commit(root)
    return root


def test_every_hook_is_what_pre_commit_takes() -> None:
    for hook in HOOKS.values():
        assert hook.keys() <= KEYS | {"minimum_pre_commit_version"}
        assert hook["language"] == "python"
        assert hook["require_serial"], "two processes would each load the whole repository"


def test_the_check_runs_even_if_a_file_only_goes(root: Path) -> None:
    git(root, "rm", "--quiet", "old.yaml", "web/a.yaml")
    done = pre_commit(HOOKS["clusterwright-check"], root)
    assert done is not None
    assert done.returncode == 1
    assert done.stdout.startswith("web.yaml:7:")


def test_files_are_checked_alone_with_the_repository_in_view(root: Path) -> None:
    hook = HOOKS["clusterwright-check-files"]
    (root / "web.yaml").write_text(APPLICATION.replace("path: web", "path: wbe"))
    (root / "README.md").write_text("Read me.")
    git(root, "add", "--all")
    done = pre_commit(hook, root)
    assert done is not None
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines() if ": app-" in line or ": yaml-" in line] == [
        "web.yaml"
    ]
    (root / "web.yaml").write_text(APPLICATION)
    (root / "web/a.yaml").write_text("a: 2\n")
    git(root, "add", "--all")
    done = pre_commit(hook, root)
    assert done is not None
    assert done.returncode == 0


def test_files_of_other_kinds_start_nothing(root: Path) -> None:
    (root / "README.md").write_text("Read me.")
    git(root, "add", "--all")
    assert pre_commit(HOOKS["clusterwright-check-files"], root) is None
    assert pre_commit(HOOKS["clusterwright-fix"], root) is None


def test_fixing_changes_only_what_is_staged(root: Path) -> None:
    (root / "web/a.yaml").write_text("a: 1\na: 1\n")
    git(root, "add", "--all")
    (root / "b.yaml").write_text("a: 1\na: 1\n")
    done = pre_commit(HOOKS["clusterwright-fix"], root)
    assert done is not None
    assert done.returncode == 0
    assert done.stderr.startswith("fixed web/a.yaml:2:1: yaml-duplicate-key ")
    assert (root / "web/a.yaml").read_text() == "a: 1\n"
    assert (root / "b.yaml").read_text() == "a: 1\na: 1\n"
