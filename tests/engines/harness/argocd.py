"""Argo CD's application controller and repo-server as local programs, with the parameters of the repository."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from .build import engine
from .processes import RUNTIME, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from .cluster import Cluster
    from .processes import Processes

# Which parameter of the chart becomes which variable of which program, as the chart's Deployments do it.
PARAMETERS = {
    "application.namespaces": "ARGOCD_APPLICATION_NAMESPACES",
    "controller.diff.server.side": "ARGOCD_APPLICATION_CONTROLLER_SERVER_SIDE_DIFF",
    "controller.self.heal.backoff.cap.seconds": "ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_CAP_SECONDS",
    "reposerver.parallelism.limit": "ARGOCD_REPO_SERVER_PARALLELISM_LIMIT",
}
SETTINGS = {
    # The tests say when there is something to see. To look again and again, at every CRD, is most of what it would do.
    "ARGOCD_RECONCILIATION_TIMEOUT": "600s",
    "ARGOCD_RECONCILIATION_JITTER": "0s",
    # While many kinds come, its cache is late, and it would sync again what it has not yet seen synced.
    "ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_TIMEOUT_SECONDS": "30",
    "ARGOCD_SYNC_WAVE_DELAY": "0",
    # Each new kind makes Argo CD ask for all kinds; at the default pace the many CRDs of a first sync take minutes.
    "ARGOCD_K8S_CLIENT_QPS": "1000",
    "ARGOCD_K8S_CLIENT_BURST": "2000",
}


class ArgoCd:
    """Argo CD without its server: nobody looks at it but the tests."""

    def __init__(self, cluster: Cluster, processes: Processes, values: dict[str, Any]) -> None:
        self._cluster, self._processes, self._values = cluster, processes, values
        self._folder = cluster.folder / "argocd"

    def start(self, proxy: str, certificate: Path, *, manages_others: bool) -> None:
        """Starts the cache, the repo-server and the controller.

        Args:
            proxy: Where the world outside is.
            certificate: What the world outside shows.
            manages_others: Whether there are clusters outside.
        """
        for name in ("tls", "ssh", "gpg", "tmp"):
            (self._folder / name).mkdir(parents=True)
        redis, repository, program = free_port(), free_port(), engine("argocd") / "argocd"
        cache = f"127.0.0.1:{redis}"
        self._processes.start("redis", [engine("redis") / "redis", f"-address={cache}"], self._cluster.environment)
        environment = self._environment(proxy, certificate)
        # Only the repo-server has business outside, and the controller with other clusters.
        inside = {name: value for name, value in environment.items() if not name.lower().endswith("_proxy")}
        controller = environment if manages_others else inside
        flags = {
            "argocd-repo-server": [
                "--address=127.0.0.1",
                f"--port={repository}",
                "--disable-tls",
                "--metrics-address=127.0.0.1",
            ],
            "argocd-application-controller": [
                f"--repo-server=127.0.0.1:{repository}",
                "--repo-server-plaintext",
                f"--kubeconfig={self._cluster.kubeconfig}",
            ],
        }
        for name, own in flags.items():
            self._processes.start(
                name,
                [program, *own, f"--redis={cache}", f"--metrics-port={free_port()}", "--logformat=text"],
                (environment if "repo" in name else controller) | {"ARGOCD_BINARY_NAME": name},
            )
        if manages_others:
            self._start_application_sets(f"127.0.0.1:{repository}", inside)

    def _start_application_sets(self, repository: str, environment: dict[str, str]) -> None:
        """Starts the controller that makes Applications of ApplicationSets."""
        name = "argocd-applicationset-controller"
        addresses = [f"--{one}-addr=127.0.0.1:{free_port()}" for one in ("metrics", "probe", "webhook")]
        flags = [f"--argocd-repo-server={repository}", "--repo-server-plaintext", "--namespace=argocd", *addresses]
        program = engine("argocd") / "argocd"
        self._processes.start(name, [program, *flags, "--logformat=text"], environment | {"ARGOCD_BINARY_NAME": name})

    def _environment(self, proxy: str, certificate: Path) -> dict[str, str]:
        """What both programs find in their environment."""
        tools = ":".join(str(engine(name).folder) for name in ("helm", "kustomize", "argocd"))
        wanted = self._values.get("configs", {}).get("params", {})
        given = {PARAMETERS[name]: _text(value) for name, value in wanted.items() if name in PARAMETERS}
        return {
            "HOME": str(self._folder),
            "PATH": f"{tools}:{os.environ['PATH']}",
            "TMPDIR": str(self._folder / "tmp"),
            "KUBECONFIG": str(self._cluster.kubeconfig),
            "ARGOCD_FAKE_IN_CLUSTER": "true",
            "ARGOCD_GPG_ENABLED": "false",
            "ARGOCD_GPG_DATA_PATH": str(self._folder / "gpg"),
            "ARGOCD_GNUPGHOME": str(self._folder / "gpg"),
            "ARGOCD_SSH_DATA_PATH": str(self._folder / "ssh"),
            "ARGOCD_TLS_DATA_PATH": str(self._folder / "tls"),
            "ARGOCD_ASK_PASS_SOCK": str(self._folder / "ask-pass.sock"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "SSL_CERT_FILE": str(certificate),
            # curl, and so git, reads the lower-case names; Go reads both.
            "http_proxy": proxy,
            "https_proxy": proxy,
            "HTTP_PROXY": proxy,
            "HTTPS_PROXY": proxy,
            **RUNTIME,
            **SETTINGS,
            **given,
        }


def _text(value: object) -> str:
    """A value as a ConfigMap holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
