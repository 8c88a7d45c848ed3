"""A cluster with a store, and the machine of the person who sets it up."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from tests.engines.harness.build import engine
from tests.engines.harness.cluster import Cluster, certificate
from tests.engines.harness.processes import Processes, within

from .gitea import Gitea
from .machine import Machine
from .pods import NAMESPACE, SERVER, Kubelet, token
from .relay import Relay
from .store import Store
from .workloads import Workloads, secret

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

# The least that makes three servers without a cloud: `{}` has one.
ANSWERS = {"cloud": "existing", "git_host": "gitea", "certificates": "self-signed"}
STORAGE = {
    "apiVersion": "storage.k8s.io/v1",
    "kind": "StorageClass",
    "metadata": {"name": "standard"},
    "provisioner": "example.dev/none",
}


class World:
    """All of it.

    Attributes:
        repository: The rendered repository, under git.
        machine: Where bootstrap/ runs.
        kubelet: Who runs the store's pods.
        cluster: The API server.
    """

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder, self.repository = folder, repository
        self.machine = Machine(folder / "home", repository)
        self._gitea, self._server = Gitea(), Relay(("127.0.0.1", 1))
        self.kubelet = Kubelet(folder, repository, self._server.port)
        self._processes: Processes | None = None
        self._workloads: Workloads | None = None
        self._clusters = 0
        self.cluster: Cluster

    def start(self, *, roots: bool) -> None:
        """Starts what is there before anybody has run anything: an empty cluster, and a machine with tools.

        Args:
            roots: Whether there are providers for the roots of infrastructure/.
        """
        self.machine.set_up(roots=roots)
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
        server = urlsplit(config["clusters"][0]["cluster"]["server"])
        self._server.target = str(server.hostname), int(server.port or 0)
        self.machine.use(self.cluster.kubeconfig)
        self.cluster.api.apply("apis/storage.k8s.io/v1/storageclasses/standard", STORAGE)
        self._workloads = Workloads(self.cluster, self.kubelet, self.repository, tls[0])
        self._workloads.start()

    def lose_cluster(self) -> None:
        """Stops the cluster and its pods, whose disks go too."""
        if self._workloads:
            self._workloads.stop()
        if self._processes:
            self._processes.stop()

    def stop(self) -> None:
        """Stops everything."""
        self.lose_cluster()
        for server in (self._gitea, self._server):
            server.stop()

    def run(self, script: str, *arguments: str) -> str:
        """Runs a script of bootstrap/; gives what it printed."""
        done = self.attempt(script, *arguments)
        assert done.returncode == 0, f"{script}: {done.stdout}{done.stderr}\n{self._logs()}"
        return done.stdout

    def attempt(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a script of bootstrap/ which may fail."""
        done = self.machine.script(script, arguments, self._gitea.server_port)
        self.check()
        return done

    def tofu(self, root: str, role: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs OpenTofu as Atlantis does, with one of its roles in the store."""
        given = self.role(role, "atlantis", "atlantis")
        assert given is not None, f"Atlantis may not take the role {role}"
        authority = self.folder / "platform-ca.crt"
        authority.write_bytes(given.authority)
        return self.machine.tofu(
            root,
            *arguments,
            TF_VAR_state_passphrase=secret(self.cluster.api, "bootstrap", "state-passphrase", "passphrase").decode(),
            VAULT_ADDR=f"https://{given.address}:8200",
            VAULT_CACERT=str(authority),
            VAULT_TLS_SERVER_NAME=given.name,
            VAULT_TOKEN=given.token,
        )

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
        found = self.role("bootstrap", NAMESPACE, "bootstrap")
        assert found is not None
        return found

    def check(self) -> None:
        """Says loudly when something that must run does not."""
        if self._workloads:
            self._workloads.check()

    def settle(self) -> None:
        """Waits until every pod is ready, and one of them active."""

        def settled() -> bool:
            self.check()
            return all(pod.uid and pod.is_ready() for pod in self.kubelet.pods) and bool(self._labelled())

        try:
            within(90, "every pod of the store is ready", settled)
        except Exception as error:
            raise AssertionError(f"{error}\n{self._logs()}") from error

    def lose_disk(self, index: int) -> str:
        """Lets a pod lose its disk, waits until it runs again, and gives what it has printed since."""
        pod = self.kubelet.pods[index]
        pod.loses_disk, before, printed = True, pod.uid, len(pod.log)
        self.cluster.api.call("DELETE", f"api/v1/namespaces/{NAMESPACE}/pods/{pod.name}")
        within(60, f"{pod.name} is another one", lambda: pod.uid not in {"", before})
        self.settle()
        return pod.log[printed:]

    def _labelled(self) -> list[dict[str, Any]]:
        """The pods that call themselves active."""
        return self.cluster.api.list(f"api/v1/namespaces/{NAMESPACE}/pods?labelSelector=openbao-active%3Dtrue")

    def _active(self) -> str:
        """Where the active server is."""
        found = within(30, "some pod is active", self._labelled)
        address: str = found[0]["status"]["podIP"]
        return address

    def _logs(self) -> str:
        """The ends of all logs of the pods."""

        def ends() -> Iterator[str]:
            for pod in self.kubelet.pods:
                with suppress(OSError):
                    yield f"--- {pod.name}\n{pod.log[-2500:]}"

        return "\n".join(ends())
