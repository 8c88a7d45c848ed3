"""A cluster with a store, the repository, and the machine of the person who runs its bootstrap/."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.conftest import commit, git
from tests.engines.harness.build import engine
from tests.engines.harness.cluster import Cluster, certificate
from tests.engines.harness.mirror import mirror
from tests.engines.harness.processes import Processes, within

from .gitea import Gitea
from .pods import SERVER, Kubelet, token
from .relay import Relay
from .store import Store
from .workloads import Workloads, chart, secret

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
# The least that makes three servers without a cloud: `{}` has one.
ANSWERS = {"cloud": "existing", "git_host": "gitea", "certificates": "self-signed"}
# What these do needs containers: Gitea in its pod, Argo CD and what it syncs, the gateway; or asks for Helm 4.
LEFT_OUT = ("10-preflight", "31-gitea", "32-git", "40-argo-cd", "64-git-protection", "66-gitea-route", "70-settle")
# What Argo CD applies of the repository, as far as the store and those who sign in to it are concerned.
SYNCED = (
    "platform/openbao/manifests/accounts.yaml",
    "platform/openbao/manifests/initialize.yaml",
    "platform/secret-stores/manifests/accounts.yaml",
)
STORAGE = {
    "apiVersion": "storage.k8s.io/v1",
    "kind": "StorageClass",
    "metadata": {"name": "standard"},
    "provisioner": "example.dev/none",
}
KUBECTL = """#!{python} -E
import sys

sys.path.insert(0, {root!r})
from tests.engines.openbao.kubectl import main

main()
"""


class World:
    """All of it.

    Attributes:
        repository: The rendered repository, under git.
        home: The home of the person.
    """

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder, self.repository, self.home = folder, repository, folder / "home"
        self._gitea, self._server = Gitea(), Relay(("127.0.0.1", 1))
        self.kubelet = Kubelet(folder, repository, self._server.port)
        self._processes: Processes | None = None
        self._workloads: Workloads | None = None
        self.cluster: Cluster
        self._clusters = 0

    def start(self) -> None:
        """Starts what is there before anybody has run anything: an empty cluster, and a machine with tools."""
        self._machine()
        self._gitea.start()
        self._server.start()
        self.new_cluster()

    def new_cluster(self) -> None:
        """Starts an empty cluster, with empty disks, in place of the one before."""
        self.lose_cluster()
        self._clusters += 1
        folder = self.folder / f"cluster-{self._clusters}"
        folder.mkdir()
        self._processes = Processes(folder / "logs")
        tls = certificate(folder, [SERVER])
        self.cluster = Cluster(folder, engine("kubernetes"), self._processes, tls)
        self.cluster.start()
        config = yaml.safe_load(self.cluster.kubeconfig.read_text("utf-8"))
        host, port = config["clusters"][0]["cluster"]["server"].removeprefix("https://").split(":")
        self._server.target = host, int(port)
        config["current-context"] = config["contexts"][0]["name"] = "platform"
        (self.home / ".kube" / "config").write_text(yaml.safe_dump(config), encoding="utf-8")
        self.cluster.api.apply("apis/storage.k8s.io/v1/storageclasses/standard", STORAGE)
        self._workloads = Workloads(self.cluster, self.kubelet, self.repository, tls[0])
        self._workloads.start()

    def lose_cluster(self) -> None:
        """Stops the cluster and its pods."""
        if self._workloads:
            self._workloads.stop()
        if self._processes:
            self._processes.stop()

    def stop(self) -> None:
        """Stops everything."""
        self.lose_cluster()
        for server in (self._gitea, self._server):
            server.stop()

    def run(self, script: str, *arguments: str, **variables: str) -> str:
        """Runs a script of bootstrap/ with nobody at the terminal; gives what it printed."""
        done = self.attempt(script, *arguments, **variables)
        assert done.returncode == 0, f"{script}: {done.stdout}{done.stderr}\n{self._logs()}"
        return done.stdout

    def attempt(self, script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs a script of bootstrap/ which may fail."""
        # A group of its own, so that an interrupt ends it and all that it has started.
        with subprocess.Popen(
            [self.repository / "bootstrap" / script, *arguments],
            env={**self._environment(), **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        ) as process:
            try:
                out, err = process.communicate(timeout=180)
            except BaseException:
                process.terminate()
                raise
        assert self._workloads is not None
        self._workloads.check()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def store(self, pod: int | None = None, name: str = "") -> Store:
        """A server of the store, for nobody in particular: the one of a pod, or the active one."""
        authority = secret(self.cluster.api, "cert-manager", "platform-ca", "ca.crt")
        address = self.kubelet.pods[pod].address if pod is not None else self._active()
        return Store(address, authority, **({"name": name} if name else {}))

    def authority(self) -> bytes:
        """The CA of the API server, which is not the platform's."""
        return (self.cluster.folder / "tls.crt").read_bytes()

    def role(self, role: str, namespace: str, account: str, *audiences: str) -> Store | None:
        """The store for a role that a ServiceAccount takes; None when it is refused."""
        jwt = token(self.cluster.api, namespace, account, *audiences)
        return self.store().sign_in("kubernetes/login", role=role, jwt=jwt)

    def bootstrap(self) -> Store:
        """The store for bootstrap/."""
        found = self.role("bootstrap", "openbao", "bootstrap")
        assert found is not None
        return found

    def settle(self) -> None:
        """Waits until every pod is ready, and one of them active."""

        def settled() -> bool:
            assert self._workloads is not None
            self._workloads.check()
            return all(pod.uid and pod.is_ready() for pod in self.kubelet.pods) and bool(self._labelled())

        try:
            within(90, "every pod of the store is ready", settled)
        except Exception as error:
            raise AssertionError(f"{error}\n{self._logs()}") from error

    def lose_disk(self, pod: int) -> None:
        """Lets a pod lose its disk, and waits until it runs again."""
        lost = self.kubelet.pods[pod]
        lost.loses_disk, uid = True, lost.uid
        self.cluster.api.call("DELETE", f"api/v1/namespaces/openbao/pods/{lost.name}")
        within(60, f"{lost.name} is another one", lambda: lost.uid not in {"", uid})
        self.settle()

    def _labelled(self) -> list[dict[str, Any]]:
        """The pods that call themselves active."""
        return self.cluster.api.list("api/v1/namespaces/openbao/pods?labelSelector=openbao-active%3Dtrue")

    def _active(self) -> str:
        """Where the active server is."""
        found = within(30, "some pod is active", self._labelled)
        address: str = found[0]["status"]["podIP"]
        return address

    def _machine(self) -> None:
        """Makes the machine: the tools that bootstrap/ calls, providers from a mirror, the repository to work in."""
        tools = self.home / "bin"
        tools.mkdir(parents=True)
        (self.home / ".kube").mkdir()
        (tools / "kubectl").write_text(KUBECTL.format(python=sys.executable, root=str(ROOT)), encoding="utf-8")
        (tools / "kubectl").chmod(0o755)
        (tools / "tofu").symlink_to(engine("opentofu") / "tofu")
        mirror(self.home, "provider-vault", "provider-random")
        steps = self.repository / "bootstrap/steps"
        for name in LEFT_OUT:
            (steps / f"{name}.sh").unlink()
        given = self.folder / "chart.yaml"
        given.write_text(yaml.safe_dump_all(chart()), encoding="utf-8")
        files = " ".join(f'-f "$repository/{name}"' for name in SYNCED)
        lines = ['. "$(dirname "$0")/../lib/all.sh"', "namespace external-secrets", f"apply -f {given} {files}", ""]
        (steps / "42-root.sh").write_text(
            "\n".join(["#!/usr/bin/env bash", "#", "# Sync what the store needs", *lines])
        )
        commit(self.repository, "Begin")
        assert not git(self.repository, "status", "--porcelain")

    def _environment(self) -> dict[str, str]:
        """What the scripts find in their environment."""
        return {
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "KUBECTL": engine("kubernetes") / "kubectl",
            "GITEA_PORT": str(self._gitea.server_port),
            "TF_CLI_CONFIG_FILE": str(self.home / "tofu.rc"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "POLL": "0.5",
        }

    def _logs(self) -> str:
        """The ends of all logs of the pods."""

        def ends() -> Iterator[str]:
            for pod in self.kubelet.pods:
                with suppress(OSError):
                    yield f"--- {pod.name}\n{pod.log[-2500:]}"

        return "\n".join(ends())
