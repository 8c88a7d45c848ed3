"""Repositories of many clusters in a few words, in the layout that the template generates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.order.conftest import SETTINGS, URL

if TYPE_CHECKING:
    from collections.abc import Iterator

WAVES = {
    "gateway-api": (0, ""),
    "external-secrets": (0, ""),
    "cert-manager": (0, ""),
    "envoy-gateway": (1, "gateway-api"),
    "secret-stores": (1, "external-secrets"),
    "issuers": (1, "cert-manager"),
    "gateway": (2, "envoy-gateway,issuers"),
    "external-dns": (2, "secret-stores"),
    "metrics": (3, "gateway,secret-stores"),
}
"""What every cluster runs, in which wave, and what it needs."""
RINGS = ("canary", "early", "stable")
ENVIRONMENTS = ("development", "staging", "production")
SHOPS = ("shop", "blog", "search")


def fleet(count: int, *, virtual: int = 0) -> dict[str, str]:
    """The files of a platform with so many clusters, of which some of the last are virtual, on the first one."""
    names = [f"{ENVIRONMENTS[n % 3]}-{n:03}" for n in range(1, count + 1)]
    files = {
        **SETTINGS,
        "bootstrap/management.yaml": _application("management", "management", "registry/clusters/management"),
        "bootstrap/fleet.yaml": _application("fleet", "management", "registry/fleet"),
        "registry/clusters/management/components.yaml": _components("management", "1.0.0"),
        "registry/clusters/management/environments.yaml": "".join(_environments()),
        "registry/projects/platform.yaml": _project("platform", ["management"]),
    }
    for number, name in enumerate(names, start=1):
        is_virtual = number > count - virtual
        version = "2.0.0" if RINGS[number % 3] == "canary" else "1.0.0"
        folder = f"registry/clusters/{name}"
        files[f"registry/fleet/{name}.yaml"] = _application(f"cluster-{name}", "management", folder)
        files[f"registry/projects/{name}.yaml"] = _project(f"cluster-{name}", [name])
        files[f"{folder}/connection.yaml"] = _secret(name, number, names[0] if is_virtual else "")
        files[f"{folder}/components.yaml"] = _components(name, version)
        if is_virtual:
            files[f"{folder}/host.yaml"] = _vcluster(name, names[0])
        for shop in SHOPS:
            environment = name.partition("-")[0]
            files[f"registry/environments/{environment}/{shop}-{name}.yaml"] = _delivery(shop, name, environment)
    files["atlantis.yaml"] = _atlantis(names[: count - virtual])
    return files


def _application(name: str, cluster: str, path: str, environment: str = "") -> str:
    stage = f", clusterwright.dev/environment: {environment}" if environment else ""
    return f"""---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
  namespace: argocd
  labels: {{clusterwright.dev/cluster: {cluster}{stage}}}
spec:
  project: platform
  destination: {{server: https://kubernetes.default.svc, namespace: argocd}}
  source: {{repoURL: {URL}, targetRevision: main, path: {path}, directory: {{recurse: true}}}}
"""


def _components(cluster: str, version: str) -> str:
    return "".join(_component(cluster, name, version) for name in WAVES)


def _component(cluster: str, name: str, version: str) -> str:
    wave, needs = WAVES[name]
    prefix, where = (
        ("", "server: https://kubernetes.default.svc")
        if cluster == "management"
        else (f"{cluster}-", f"name: {cluster}")
    )
    needed = ",".join(f"{prefix}{one}" for one in needs.split(",") if one)
    return f"""---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {prefix}{name}
  namespace: argocd
  annotations: {{argocd.argoproj.io/sync-wave: "{wave}", clusterwright.dev/needs: "{needed}"}}
  labels: {{clusterwright.dev/cluster: {cluster}, clusterwright.dev/component: {name}}}
spec:
  project: {"platform" if cluster == "management" else f"cluster-{cluster}"}
  destination: {{{where}, namespace: {name}}}
  source: {{repoURL: https://charts.example.com, chart: {name}, targetRevision: {version}}}
"""


def _environments() -> Iterator[str]:
    for one in ENVIRONMENTS:
        yield _application(f"environment-{one}", "management", f"registry/environments/{one}", one)


def _secret(name: str, number: int, host: str) -> str:
    hosted = f", clusterwright.dev/host: {host}" if host else ""
    return f"""apiVersion: v1
kind: Secret
metadata:
  name: cluster-{name}
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
    clusterwright.dev/ring: {RINGS[number % 3]}
    clusterwright.dev/environment: {name.partition("-")[0]}{hosted.replace(", ", chr(10) + "    ")}
stringData: {{name: {name}, server: "https://{name}.example.com"}}
"""


def _vcluster(name: str, host: str) -> str:
    return f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: argocd, labels: {{clusterwright.dev/cluster: {name}}}}}
spec:
  project: cluster-{host}
  destination: {{name: {host}, namespace: {name}}}
  source: {{repoURL: https://charts.example.com, chart: vcluster, targetRevision: 0.30.0}}
"""


def _delivery(name: str, cluster: str, environment: str) -> str:
    return f"""apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}-{cluster}
  namespace: argocd-{environment}
  labels: {{clusterwright.dev/environment: {environment}}}
spec:
  project: platform
  destination: {{name: {cluster}, namespace: {name}}}
  source: {{repoURL: https://charts.example.com, chart: {name}, targetRevision: 3.1.4}}
"""


def _project(name: str, clusters: list[str]) -> str:
    destinations = ", ".join(f"{{name: {one}, namespace: '*'}}" for one in clusters)
    return f"""apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {{name: {name}, namespace: argocd}}
spec: {{destinations: [{destinations}]}}
"""


def _atlantis(names: list[str]) -> str:
    projects = [
        "{name: state, dir: infrastructure/state}",
        "{name: cloud, dir: infrastructure/cloud, depends_on: [state]}",
    ]
    projects += [f"{{name: cluster-{one}, dir: infrastructure/clusters/{one}, depends_on: [cloud]}}" for one in names]
    return "version: 3\nprojects:\n" + "".join(f"  - {one}\n" for one in projects)
