"""A real API server accepts every manifest of every answers file: unknown fields, defaults, CEL rules, quantities."""

from __future__ import annotations

import os
import signal
import subprocess
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.docs.pages import CLUSTER, noted
from tests.engines.harness import crds
from tests.engines.harness.api import APPLICATIONS
from tests.engines.harness.cluster import Cluster, certificate
from tests.engines.harness.controllers import CRDS
from tests.engines.harness.processes import Processes, within
from tests.engines.harness.skips import had
from tests.engines.harness.world import kinds
from tests.engines.platforms import loaded
from tests.engines.schemas import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.engines.platforms import Platforms

# Seconds that a command may take to say what it is to say.
LONGEST = 120
VALID = sorted((crds.ROOT / "tests/valid").glob("*.yaml"))
# What Argo CD or bootstrap/ applies, and nothing that a tool reads as its own configuration.
MANIFESTS = ("bootstrap/root.yaml", "bootstrap/gitea/*.yaml", "platform/*/*/*.yaml", "registry/**/*.yaml")


@pytest.fixture(scope="module")
def cluster(platforms: Platforms, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """An API server that knows every kind of which an answers file makes an object."""
    programs = had("kubernetes", "that an API server accepts the manifests")
    folder = tmp_path_factory.mktemp("cluster")
    processes = Processes(folder / "logs")
    cluster = Cluster(folder, programs, processes, certificate(folder, ["engines"]))
    try:
        cluster.start()
        used = set().union(*(kinds(platforms.folder / path.stem) for path in VALID))
        for crd in (crd for source in crds.by_source() for crd in crds.of_source(source) if crds.kind(crd) in used):
            cluster.api.apply(f"{CRDS}/{crd['metadata']['name']}", crd)
        within(120, "every kind is served", lambda: all(map(_established, cluster.api.list(CRDS))))
        yield cluster
    finally:
        processes.stop()


@pytest.fixture(scope="module")
def accepted() -> set[bytes]:
    """What the API server has accepted: it says the same of the same text, for it keeps nothing of what it is shown."""
    return set()


def _established(crd: dict[str, Any]) -> bool:
    """Whether the API server serves a kind."""
    conditions = crd.get("status", {}).get("conditions", [])
    return any(one["type"] == "Established" and one["status"] == "True" for one in conditions)


def documents(repository: Path) -> dict[str, list[dict[str, Any]]]:
    """Every object of a repository, by the path of its file; none of a kind whose definition nobody has."""
    paths = sorted({path for pattern in MANIFESTS for path in repository.glob(pattern)})
    found = {str(path.relative_to(repository)): loaded(path.read_text("utf-8")) for path in paths}
    return {
        path: objects
        for path, objects in found.items()
        if "/values/" not in path and "/overrides/" not in path and objects and known(objects)
    }


def known(objects: list[dict[str, Any]]) -> bool:
    """Whether the API server can know all of them."""
    return UNKNOWN.keys().isdisjoint(one["apiVersion"].partition("/")[0] for one in objects)


def namespaces(objects: list[dict[str, Any]]) -> set[str]:
    """Every namespace that some objects are in, or deliver to."""
    named = {one["metadata"].get("namespace") for one in objects}
    delivered = {one["spec"]["destination"]["namespace"] for one in objects if one["kind"] == "Application"}
    return (named | delivered) - {None}


@pytest.mark.proves("kube-apiserver")
@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_every_manifest_is_accepted(path: Path, cluster: Cluster, accepted: set[bytes], platforms: Platforms) -> None:
    repository = platforms.folder / path.stem
    found = documents(repository)
    assert len(found) > 30
    for name in namespaces([one for objects in found.values() for one in objects]):
        namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        cluster.api.apply(f"api/v1/namespaces/{name}", namespace)
    texts = {(repository / name).read_bytes(): name for name in found}
    new = [name for text, name in texts.items() if text not in accepted]
    if new:
        cluster.apply("--dry-run=server", *(f"--filename={repository / name}" for name in new))
        accepted |= texts.keys()


def test_a_planted_fault_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    """A rule that no schema can say: a listener without TLS settings may not speak HTTPS."""
    gateway = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "Gateway",
        "metadata": {"name": "planted", "namespace": "default"},
        "spec": {
            "gatewayClassName": "platform",
            "listeners": [{"name": "one", "port": 80, "protocol": "HTTP", "tls": {"mode": "Terminate"}}],
        },
    }
    path = tmp_path / "gateway.yaml"
    path.write_text(yaml.safe_dump(gateway), encoding="utf-8")
    with pytest.raises(AssertionError, match="tls must not be specified"):
        cluster.apply("--dry-run=server", "-f", str(path))


@pytest.mark.parametrize("text", [block.text for _, block in noted(CLUSTER)])
def test_kubectl_is_answered_what_the_documentation_says(cluster: Cluster, tmp_path: Path, text: str) -> None:
    """Each block as it stands; a command that watches is left when it has said the first thing."""
    authority: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "platform-ca", "namespace": "cert-manager"},
        "data": {"ca.crt": "Y2VydGlmaWNhdGU="},
    }
    shop: dict[str, Any] = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": "shop", "namespace": "argocd"},
        "spec": {"project": "platform", "destination": {"name": "management", "namespace": "shop"}},
    }
    for one in (authority, shop):
        name = one["metadata"]["namespace"]
        space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        cluster.api.apply(f"api/v1/namespaces/{name}", space)
    cluster.api.apply("api/v1/namespaces/cert-manager/secrets/platform-ca", authority)
    cluster.api.apply(f"{APPLICATIONS}/shop", shop)
    kubeconfig = tmp_path / ".local/state/clusterwright/platform/kubeconfig"
    kubeconfig.parent.mkdir(parents=True)
    kubeconfig.write_bytes(cluster.kubeconfig.read_bytes())
    folder = had("kubernetes", "that an API server answers what the documentation asks it").folder
    found = {"HOME": str(tmp_path), "KUBECONFIG": str(kubeconfig), "PATH": f"{folder}:{cluster.environment['PATH']}"}
    wanted = "Y2VydGlmaWNhdGU=" if "platform-ca" in text else "shop"
    command = ["bash", "-euo", "pipefail", "-c", text]
    with subprocess.Popen(
        command, env={**cluster.environment, **found}, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        late = Timer(LONGEST, os.killpg, (process.pid, signal.SIGTERM))
        late.start()
        try:
            assert any(wanted in line for line in process.stdout)
        finally:
            late.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
