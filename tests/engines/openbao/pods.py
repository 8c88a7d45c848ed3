"""Stands in for a kubelet: runs the pods of the store as programs, each with the files that its volumes would show.

The server's configuration is the rendered one, letter by letter, except for its addresses: `[::]` becomes the pod's own
address of loopback, since all pods share this machine's, and the API server's name gets a port. The names of pods are
found in a file of hosts of their own, so they, the certificate and all paths stay as they are rendered. What the chart
adds is repeated here: the variables of its container (BAO_ADDR has the pod's address), and not its start script, which
fills in placeholders that the rendered configuration has none of.
"""

from __future__ import annotations

import base64
import http.client
import random
import shutil
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.engines.harness.build import engine
from tests.engines.harness.processes import Processes, listeners

if TYPE_CHECKING:
    from tests.engines.harness.api import Api, Object

NAMESPACE = "openbao"
SERVER = "kubernetes.default.svc.cluster.local"
PORTS = (8200, 8201)
# A probe asks whoever is there.
ANYBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
ANYBODY.check_hostname, ANYBODY.verify_mode = False, ssl.CERT_NONE


def addresses(count: int) -> list[str]:
    """Addresses of loopback where nobody listens on the ports of the store."""
    while True:
        found = [f"127.{random.randint(64, 254)}.{random.randint(0, 254)}.{10 + index}" for index in range(count)]  # noqa: S311
        with suppress(OSError):
            for address in found:
                for port in PORTS:
                    socket.create_server((address, port)).close()
            return found


@dataclass
class Pod:
    """One pod of the store; its disk outlives its runs.

    Attributes:
        name: The pod's name.
        address: Its address of loopback.
        folder: What it sees.
        uid: Which Pod of the API server it runs as.
        loses_disk: Whether its disk goes when it stops.
    """

    name: str
    address: str
    folder: Path
    uid: str = ""
    loses_disk: bool = False
    _processes: Processes | None = field(default=None, repr=False)

    @property
    def log(self) -> str:
        """All that its containers have printed."""
        return (self.folder / f"{self.name}.log").read_text(encoding="utf-8", errors="replace")

    def start(self, uid: str, environment: dict[str, str], argument: str) -> None:
        """Runs it as a Pod of the API server."""
        root = self.folder / "root"
        root.mkdir(exist_ok=True)
        self._processes = Processes(self.folder)
        namespace = ["unshare", "--user", "--map-root-user", "--mount", "--propagation=private"]
        script = ["sh", str(Path(__file__).with_name("pod.sh")), str(root), str(self.folder), argument]
        self._processes.start(self.name, [*namespace, *script], environment)
        self.uid = uid

    def check(self) -> None:
        """Says loudly when it has ended."""
        if self._processes:
            self._processes.check()

    def stop(self) -> None:
        """Stops it."""
        if self._processes:
            self._processes.stop()
        self._processes, self.uid = None, ""
        if self.loses_disk:
            shutil.rmtree(self.folder / "openbao" / "data", ignore_errors=True)
            self.loses_disk = False

    def listens(self) -> set[str]:
        """Where it listens."""
        return listeners(self._processes.pids[self.name]) if self._processes else set()

    def is_ready(self) -> bool:
        """Whether its server is unsealed, which is what the chart's readiness probe asks."""
        connection = http.client.HTTPSConnection(self.address, 8200, context=ANYBODY, timeout=5)
        try:
            connection.request("GET", "/v1/sys/health?standbyok=true")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class Kubelet:
    """Gives pods what they see, and runs them."""

    def __init__(self, folder: Path, repository: Path, server_port: int) -> None:
        self._values = yaml.safe_load((repository / "platform/openbao/values.yaml").read_text("utf-8"))["server"]
        self._port = server_port
        count = self._values["ha"]["replicas"]
        self.contexts: dict[str, Any] = self._values["statefulSet"]["securityContext"]
        found = addresses(count)
        self.pods = [Pod(f"openbao-{index}", found[index], folder / f"openbao-{index}") for index in range(count)]

    def run(self, pod: Pod, api: Api, uid: str, authority: bytes) -> None:
        """Runs a pod with what the API server has for it now."""
        disk = pod.folder / "openbao"
        for name in ("data", "tls", "seal", "initialize", "first-start", "chosen", "config"):
            if name != "data":
                shutil.rmtree(disk / name, ignore_errors=True)
            (disk / name).mkdir(parents=True, exist_ok=True)
        self._mount(api, "secrets/openbao-tls", disk / "tls")
        self._mount(api, "secrets/openbao-seal", disk / "seal")
        self._mount(api, "configmaps/openbao-initialize", disk / "initialize")
        self._mount(api, "configmaps/openbao-first-start", disk / "first-start")
        config = self._values["ha"]["raft"]["config"].replace("[::]", pod.address)
        (disk / "config" / "extraconfig-from-values.hcl").write_text(config, encoding="utf-8")
        text = (disk / "initialize" / "initialize.hcl").read_text(encoding="utf-8")
        (disk / "initialize" / "initialize.hcl").write_text(text.replace(SERVER, f"{SERVER}:{self._port}"), "utf-8")
        self._identity(pod, api, authority)
        pod.start(uid, self._environment(pod), self._values["extraArgs"])

    def _mount(self, api: Api, path: str, folder: Path) -> None:
        """Shows a Secret or a ConfigMap, if it is there."""
        found: Object = api.get(f"api/v1/namespaces/{NAMESPACE}/{path}") or {}
        for name, value in found.get("data", {}).items():
            secret = path.startswith("secrets/")
            (folder / name).write_bytes(base64.b64decode(value) if secret else value.encode())

    def _identity(self, pod: Pod, api: Api, authority: bytes) -> None:
        """Shows the pod's ServiceAccount, and the names of the cluster."""
        folder = pod.folder / "serviceaccount"
        folder.mkdir(exist_ok=True)
        (folder / "token").write_text(token(api, NAMESPACE, "openbao"), encoding="utf-8")
        (folder / "ca.crt").write_bytes(authority)
        (folder / "namespace").write_text(NAMESPACE, encoding="utf-8")
        lines = [f"127.0.0.1 localhost {SERVER}"]
        for other in self.pods:
            short = f"{other.name}.openbao-internal"
            lines.append(f"{other.address} {short} {short}.openbao.svc.cluster.local")
        (pod.folder / "hosts").write_text("\n".join([*lines, ""]), encoding="utf-8")

    def _environment(self, pod: Pod) -> dict[str, str]:
        """What the chart sets for the server and the repository for its init container."""
        extra = next(one for one in self._values["extraInitContainers"] if one["name"] == "first-start")
        given = {one["name"]: one["value"] for one in extra["env"] if "value" in one}
        programs = engine("openbao").folder
        return {
            "PROGRAMS": str(programs),
            "PATH": "/programs:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/tmp",  # noqa: S108 - the pod's own
            "POD_NAME": pod.name,
            "HOSTNAME": pod.name,
            "POD_IP": pod.address,
            "BAO_K8S_POD_NAME": pod.name,
            "BAO_K8S_NAMESPACE": NAMESPACE,
            "BAO_ADDR": f"https://{pod.address}:8200",
            "BAO_API_ADDR": self._values["ha"]["apiAddr"].replace("$(BAO_K8S_POD_NAME)", pod.name),
            "BAO_CLUSTER_ADDR": f"https://{pod.name}.openbao-internal:8201",
            "BAO_RAFT_NODE_ID": pod.name,
            "BAO_LOG_FORMAT": self._values["logFormat"],
            "KUBERNETES_SERVICE_HOST": SERVER,
            "KUBERNETES_SERVICE_PORT": str(self._port),
            **given,
            **self._values["extraEnvironmentVars"],
        }


def token(api: Api, namespace: str, account: str, *audiences: str) -> str:
    """A token of a ServiceAccount, as `kubectl create token` gets it."""
    spec: dict[str, Any] = {"expirationSeconds": 7200, **({"audiences": list(audiences)} if audiences else {})}
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": spec}
    made = api.call("POST", f"api/v1/namespaces/{namespace}/serviceaccounts/{account}/token", body)
    assert made is not None, f"there is no ServiceAccount {namespace}/{account}"
    value: str = made["status"]["token"]
    return value
