"""Stands in for Argo CD, the chart, and the controllers that a cluster with nodes has, as far as the store needs them.

What the chart of the store makes is written out in `chart`: a ServiceAccount, its rights, and a Service. What Argo CD
applies beside it are the repository's own manifests.
"""

from __future__ import annotations

import base64
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from .authority import certificate, issue
from .pods import NAMESPACE, Pod

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engines.harness.api import Api, Object
    from tests.engines.harness.cluster import Cluster

    from .pods import Kubelet

CORE = f"api/v1/namespaces/{NAMESPACE}"
LABELS = {"app.kubernetes.io/name": "openbao", "app.kubernetes.io/instance": "openbao", "component": "server"}
ACCOUNT = {"kind": "ServiceAccount", "name": "openbao", "namespace": NAMESPACE}
# No EndpointSlice takes an address of loopback.
BEHIND = {"openbao-0": "10.0.0.10", "openbao-1": "10.0.0.11", "openbao-2": "10.0.0.12"}


def chart() -> list[Object]:
    """What the chart makes of its values, but for the pods."""
    rbac, discovery = "rbac.authorization.k8s.io", "openbao-discovery-role"
    return [
        _object("ServiceAccount", "openbao"),
        _object(
            "ClusterRoleBinding",
            "openbao-server-binding",
            f"{rbac}/v1",
            roleRef={"apiGroup": rbac, "kind": "ClusterRole", "name": "system:auth-delegator"},
            subjects=[ACCOUNT],
        ),
        _object(
            "Role",
            discovery,
            f"{rbac}/v1",
            rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "watch", "list", "update", "patch"]}],
        ),
        _object(
            "RoleBinding",
            "openbao-discovery-rolebinding",
            f"{rbac}/v1",
            roleRef={"apiGroup": rbac, "kind": "Role", "name": discovery},
            subjects=[ACCOUNT],
        ),
        _object(
            "Service",
            "openbao-active",
            spec={
                "selector": {**LABELS, "openbao-active": "true"},
                "ports": [{"port": 8200}],
                "publishNotReadyAddresses": True,
            },
        ),
    ]


def _object(kind: str, name: str, version: str = "v1", **content: Any) -> Object:  # noqa: ANN401 - any part of it
    """An object of the store's namespace."""
    place = {} if kind.startswith("Cluster") else {"namespace": NAMESPACE}
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, **place}, **content}


class Workloads:
    """Keeps the store's certificate, pods, volumes and endpoints as their controllers would."""

    def __init__(self, cluster: Cluster, kubelet: Kubelet, repository: Path, authority: Path) -> None:
        self.kubelet, self._api, self._repository = kubelet, cluster.api, repository
        self._authority = authority.read_bytes()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._failed = ""
        self._issued = False
        self._behind: list[str] | None = None

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends, and stops the pods; their disks go with them."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        for pod in self.kubelet.pods:
            pod.loses_disk = True
        with ThreadPoolExecutor() as together:
            list(together.map(Pod.stop, self.kubelet.pods))

    def check(self) -> None:
        """Says loudly when something went wrong."""
        assert not self._failed, self._failed

    def _run(self) -> None:
        """Looks again and again, until it is over or something went wrong."""
        try:
            while not self._over.wait(0.3):
                if self._api.get(f"{CORE}/serviceaccounts/openbao"):
                    self._look()
        except Exception as error:  # noqa: BLE001 - whoever waits for the pods hears of it
            self._failed = f"{type(error).__name__}: {error}"

    def _look(self) -> None:
        """Does what is to be done."""
        if not self._issued:
            self._certificates(self._api)
        for pod in self.kubelet.pods:
            self._pod(pod)
        self._endpoints()

    def _certificates(self, api: Api) -> None:
        """Issues what is missing."""
        place = "api/v1/namespaces/cert-manager/secrets/platform-ca"
        manifests = self._repository / "platform"
        if not (found := api.get(place)):
            api.apply("api/v1/namespaces/cert-manager", _object("Namespace", "cert-manager"))
            found = issue(certificate(manifests / "internal-ca/manifests/issuers.yaml"), None)
            api.apply(place, found)
        if not api.get(f"{CORE}/secrets/openbao-tls"):
            asked = certificate(manifests / "openbao/manifests/certificate.yaml")
            api.apply(f"{CORE}/secrets/openbao-tls", issue(asked, found["data"]))
        self._issued = True

    def _pod(self, pod: Pod) -> None:
        """Makes a pod with its volume, runs it once its seal is there, and says how it is."""
        if not (found := self._api.get(f"{CORE}/pods/{pod.name}")):
            pod.stop()
            self._volume(pod)
            if self._api.get(f"{CORE}/secrets/openbao-seal"):
                self._api.call("POST", f"{CORE}/pods", self._manifest(pod))
            return
        if pod.uid != found["metadata"]["uid"]:
            pod.stop()
            self.kubelet.run(pod, self._api, found["metadata"]["uid"], self._authority)
        pod.check()
        ready = "True" if pod.is_ready() else "False"
        conditions = [{"type": "Ready", "status": ready}]
        status = {"phase": "Running", "podIP": pod.address, "podIPs": [{"ip": pod.address}], "conditions": conditions}
        told = found.get("status", {})
        if ready not in [one["status"] for one in told.get("conditions", []) if one["type"] == "Ready"]:
            self._api.merge(f"{CORE}/pods/{pod.name}/status", {"status": status})

    def _volume(self, pod: Pod) -> None:
        """Makes the claim of a pod, which outlives it."""
        spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
        claim = _object("PersistentVolumeClaim", f"data-{pod.name}", spec=spec)
        if not self._api.get(f"{CORE}/persistentvolumeclaims/data-{pod.name}"):
            self._api.call("POST", f"{CORE}/persistentvolumeclaims", claim)

    def _manifest(self, pod: Pod) -> Object:
        """A pod as the StatefulSet makes it, as far as anybody looks."""
        contexts = self.kubelet.contexts
        container = {"name": "openbao", "image": "openbao", "securityContext": contexts["container"]}
        spec = {"serviceAccountName": "openbao", "containers": [container], "securityContext": contexts["pod"]}
        made = _object("Pod", pod.name, spec=spec)
        made["metadata"]["labels"] = LABELS
        return made

    def _endpoints(self) -> None:
        """Tells who is behind the Service: those whom the servers themselves have labelled."""
        selected = f"{CORE}/pods?labelSelector=openbao-active%3Dtrue"
        behind = [BEHIND[one["metadata"]["name"]] for one in self._api.list(selected)]
        if behind == self._behind:
            return
        made = _object(
            "EndpointSlice",
            "openbao-active",
            "discovery.k8s.io/v1",
            addressType="IPv4",
            endpoints=[{"addresses": [address]} for address in behind],
            ports=[{"port": 8200}],
        )
        made["metadata"]["labels"] = {"kubernetes.io/service-name": "openbao-active"}
        self._api.apply(f"apis/discovery.k8s.io/v1/namespaces/{NAMESPACE}/endpointslices/openbao-active", made)
        self._behind = behind


def secret(api: Api, namespace: str, name: str, key: str) -> bytes:
    """One value of a Secret."""
    found = api.get(f"api/v1/namespaces/{namespace}/secrets/{name}")
    assert found is not None, f"there is no Secret {namespace}/{name}"
    return base64.b64decode(found["data"][key])
