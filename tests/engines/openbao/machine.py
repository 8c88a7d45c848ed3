"""The machine of the person who runs bootstrap/: a home, the tools, and the repository to work in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tests.conftest import commit, git
from tests.engines.harness.build import engine
from tests.engines.harness.mirror import mirror

from .workloads import chart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[3]
PROVIDERS = ("provider-random", "provider-vault")
# What these do needs containers: Gitea in its pod, Argo CD and what it syncs, the gateway; or asks for Helm 4.
LEFT_OUT = ("10-preflight", "31-gitea", "32-git", "40-argo-cd", "64-git-protection", "66-gitea-route", "70-settle")
# What Argo CD applies of the repository, as far as the store and those who sign in to it are concerned.
SYNCED = (
    "platform/openbao/manifests/accounts.yaml",
    "platform/openbao/manifests/initialize.yaml",
    "platform/secret-stores/manifests/accounts.yaml",
)
SYNC = """#!/usr/bin/env bash
#
# Sync what the store and those who sign in to it need
. "$(dirname "$0")/../lib/all.sh"

for name in atlantis external-secrets; do namespace "$name"; done
apply -f {chart} {files}
"""
ATLANTIS = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "atlantis", "namespace": "atlantis"}}
KUBECTL = """#!/bin/sh
# After the options, which come first: --kubeconfig FILE --context NAME.
case ${{5-}} in
port-forward | exec) exec {python} {program} "$@" ;;
*) exec {kubectl} "$@" ;;
esac
"""


class Machine:
    """The machine.

    Attributes:
        home: The home of the person.
    """

    def __init__(self, home: Path, repository: Path) -> None:
        self.home, self._repository = home, repository

    def set_up(self, *, roots: bool) -> None:
        """Puts the tools in place and leaves out what cannot run here.

        Args:
            roots: Whether there are providers for the roots of infrastructure/.
        """
        tools = self.home / "bin"
        tools.mkdir(parents=True)
        (self.home / ".kube").mkdir()
        program, kubectl = Path(__file__).with_name("kubectl.py"), engine("kubernetes") / "kubectl"
        script = KUBECTL.format(python=sys.executable, program=program, kubectl=kubectl)
        (tools / "kubectl").write_text(script, encoding="utf-8")
        (tools / "kubectl").chmod(0o755)
        (tools / "tofu").symlink_to(engine("opentofu") / "tofu")
        if roots:
            mirror(self.home, *PROVIDERS)
        steps = self._repository / "bootstrap/steps"
        for name in LEFT_OUT if roots else (*LEFT_OUT, "60-secrets", "62-users"):
            (steps / f"{name}.sh").unlink()
        given = self.home / "chart.yaml"
        given.write_text(yaml.safe_dump_all([*chart(), ATLANTIS]), encoding="utf-8")
        files = " ".join(f'-f "$repository/{name}"' for name in SYNCED)
        (steps / "42-root.sh").write_text(SYNC.format(chart=given, files=files), encoding="utf-8")
        commit(self._repository, "Begin")
        assert not git(self._repository, "status", "--porcelain")

    def use(self, kubeconfig: Path) -> None:
        """Makes a cluster the one that the answers name."""
        config = yaml.safe_load(kubeconfig.read_text("utf-8"))
        config["current-context"] = config["contexts"][0]["name"] = "platform"
        (self.home / ".kube" / "config").write_text(yaml.safe_dump(config), encoding="utf-8")

    def script(self, name: str, arguments: Sequence[str], gitea: int) -> subprocess.CompletedProcess[str]:
        """Runs a script of bootstrap/ with nobody at the terminal."""
        given = {
            "KUBECTL": engine("kubernetes") / "kubectl",
            "PYTHONPATH": str(ROOT),
            "GITEA_PORT": str(gitea),
            "POLL": "0.5",
        }
        return self._run([str(self._repository / "bootstrap" / name), *arguments], given)

    def tofu(self, root: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs OpenTofu in a root of infrastructure/, with these variables in its environment."""
        cluster = {"KUBE_CONFIG_PATH": str(self.home / ".kube" / "config"), "KUBE_CTX": "platform", "TF_INPUT": "0"}
        command = [engine("opentofu") / "tofu", f"-chdir={self._repository / 'infrastructure' / root}", *arguments]
        return self._run(command, {**cluster, **variables})

    def _run(self, command: list[str], variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Runs a program, and ends it and all that it has started when the tests are interrupted."""
        environment = {
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "TF_CLI_CONFIG_FILE": str(self.home / "tofu.rc"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        with subprocess.Popen(
            command,
            env={**environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        ) as process:
            try:
                out, err = process.communicate(timeout=300)
            except BaseException:
                os.killpg(process.pid, signal.SIGTERM)
                raise
        return subprocess.CompletedProcess(command, process.returncode, out, err)
