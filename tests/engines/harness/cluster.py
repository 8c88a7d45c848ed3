"""A Kubernetes API without nodes: etcd, kube-apiserver, and the controllers that deleting things needs."""

from __future__ import annotations

import os
import secrets
import subprocess
from typing import TYPE_CHECKING

import yaml

from .api import Api
from .processes import RUNTIME, free_port, within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .build import Built
    from .processes import Processes


def certificate(folder: Path, names: Iterable[str]) -> tuple[Path, Path]:
    """Makes one certificate for loopback and for these names, which whoever is told to trusts.

    Args:
        folder: Where to put it.
        names: The DNS names.

    Returns:
        The certificate and its key.
    """
    alternatives = ",".join(["IP:127.0.0.1", *(f"DNS:{name}" for name in sorted(names))])
    return _signed(folder / "tls", "/CN=engines", "-addext", f"subjectAltName={alternatives}")


def administrator(folder: Path, tls: tuple[Path, Path]) -> tuple[Path, Path]:
    """Makes a certificate, and its key, that lets its holder do everything in a cluster of this certificate."""
    crt, key = map(str, tls)
    return _signed(folder / "administrator", "/O=system:masters/CN=administrator", "-CA", crt, "-CAkey", key)


def _signed(path: Path, subject: str, *about: str) -> tuple[Path, Path]:
    crt, key = path.with_suffix(".crt"), path.with_suffix(".key")
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", subject]
    command = ["openssl", "req", "-x509", *kind, *about, "-keyout", str(key), "-out", str(crt)]
    subprocess.run(command, check=True, capture_output=True)
    return crt, key


class Cluster:
    """The API server with its store and controllers.

    Attributes:
        folder: Where it keeps what it writes.
        port: Where the API server listens.
        token: What lets its holder do everything.
    """

    def __init__(
        self, folder: Path, programs: Built, processes: Processes, tls: tuple[Path, Path], name: str = ""
    ) -> None:
        """Takes a name where there is more than one: those of its programs end with it."""
        self._suffix = name and f"-{name}"
        self.folder, self._programs, self._processes, self._tls = folder, programs, processes, tls
        folder.mkdir(exist_ok=True)
        self._etcd, self.port, self.token = free_port(), free_port(), secrets.token_hex(16)
        self.environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "TMPDIR": str(folder), **RUNTIME}
        self.kubeconfig = folder / "kubeconfig"
        self.api = Api(self.port, tls[0], self.token)

    def start(self) -> None:
        """Starts everything and waits until it answers."""
        self._write()
        peer = free_port()
        self._start(
            "etcd",
            data_dir=self.folder / "etcd",
            listen_client_urls=f"http://127.0.0.1:{self._etcd}",
            advertise_client_urls=f"http://127.0.0.1:{self._etcd}",
            listen_peer_urls=f"http://127.0.0.1:{peer}",
            initial_advertise_peer_urls=f"http://127.0.0.1:{peer}",
            initial_cluster=f"default=http://127.0.0.1:{peer}",
            # Nothing here outlives the run.
            unsafe_no_fsync="true",
        )
        crt, key = self._tls
        self._start(
            "kube-apiserver",
            allow_privileged="true",
            authorization_mode="RBAC",
            bind_address="127.0.0.1",
            client_ca_file=crt,
            endpoint_reconciler_type="none",
            etcd_servers=f"http://127.0.0.1:{self._etcd}",
            secure_port=self.port,
            service_account_issuer="https://kubernetes.default.svc",
            service_account_key_file=crt,
            service_account_signing_key_file=key,
            service_cluster_ip_range="10.0.0.0/24",
            tls_cert_file=crt,
            tls_private_key_file=key,
            token_auth_file=self.folder / "tokens.csv",
        )
        within(120, "the API server is ready", self._ready)
        self._start("controllers", kubeconfig=self.kubeconfig)

    def kubectl(self, *arguments: str) -> str:
        """Runs kubectl, and fails as it does."""
        done = subprocess.run(
            [self._programs / "kubectl", f"--kubeconfig={self.kubeconfig}", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, f"kubectl {' '.join(arguments)}: {done.stderr}"
        return done.stdout

    def apply(self, *arguments: str) -> None:
        """Applies as bootstrap/lib/kube.sh does."""
        self.kubectl("apply", "--server-side", "--force-conflicts", "--field-manager=bootstrap", *arguments)

    def _start(self, program: str, **flags: object) -> None:
        """Starts one of the programs."""
        arguments = [f"--{name.replace('_', '-')}={value}" for name, value in flags.items()]
        self._processes.start(f"{program}{self._suffix}", [self._programs / program, *arguments], self.environment)

    def _ready(self) -> bool:
        """Whether the API server answers and all its parts are ready."""
        self._processes.check()
        try:
            return self.api.get("readyz") is not None
        except Exception:  # noqa: BLE001 - whatever it is, it is not ready
            return False

    def _write(self) -> None:
        """Writes down who may come in, and how."""
        (self.folder / "tokens.csv").write_text(f"{self.token},tests,tests,system:masters\n", encoding="utf-8")
        server = {
            "server": f"https://127.0.0.1:{self.port}",
            "certificate-authority": str(self._tls[0]),
        }
        document = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "tests",
            "clusters": [{"name": "tests", "cluster": server}],
            "users": [{"name": "tests", "user": {"token": self.token}}],
            "contexts": [{"name": "tests", "context": {"cluster": "tests", "user": "tests", "namespace": "argocd"}}],
        }
        self.kubeconfig.write_text(yaml.safe_dump(document), encoding="utf-8")
        self.kubeconfig.chmod(0o600)
