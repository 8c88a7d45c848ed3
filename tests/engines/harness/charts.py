"""Stand-ins for the charts of the catalogue, served where the catalogue says that the real ones are.

Each has the name and version of the real chart and brings the real CRDs, but for the fields of kinds of which the
repository has no object. It has no workloads: its values become a ConfigMap, so that tests see what the real chart
would be given.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from .outside import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .outside import Request

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
# What Docker's own registry is called when somebody talks to it.
REALLY = {"docker.io": "registry-1.docker.io"}

VALUES = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-values
  namespace: {{ .Release.Namespace }}
data:
  values.yaml: {{ toYaml .Values | quote }}
"""
ROLE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ .Release.Name }}
rules: []
"""
# Argo CD reads these itself; the names and the label are how it finds them.
ARGO_CD = """\
{{- range $name := list "cm" "rbac" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ ternary "argocd-cm" "argocd-rbac-cm" (eq $name "cm") }}
  namespace: {{ $.Release.Namespace }}
  labels:
    app.kubernetes.io/part-of: argocd
data:
  {{- range $key, $value := index $.Values.configs $name }}
  {{ $key }}: {{ toString $value | quote }}
  {{- end }}
{{- end }}
"""


@dataclass(frozen=True)
class Chart:
    """A chart at its address.

    Attributes:
        name: Its name.
        version: Its version.
        repository: Where it is, as the catalogue writes it.
        archive: The packaged chart.
    """

    name: str
    version: str
    repository: str
    archive: bytes

    @property
    def host(self) -> str:
        """The name of the machine that is asked for it."""
        host = urlsplit(self.repository).netloc or self.repository.partition("/")[0]
        return REALLY.get(host, host)

    @property
    def meta(self) -> dict[str, str]:
        """What Chart.yaml says."""
        return {"apiVersion": "v2", "name": self.name, "version": self.version}

    def pages(self) -> dict[str, Answer]:
        """Every page of its repository that is about it."""
        if "://" in self.repository:
            return {f"{urlsplit(self.repository).path}/{self.name}-{self.version}.tgz": Answer(self.archive)}
        base = f"/v2/{self.repository.partition('/')[2]}/{self.name}"
        config = json.dumps(self.meta).encode()
        manifest = json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "config": _part("application/vnd.cncf.helm.config.v1+json", config),
                "layers": [_part("application/vnd.cncf.helm.chart.content.v1.tar+gzip", self.archive)],
            }
        ).encode()
        tag = self.version.replace("+", "_")
        told = Answer(manifest, MANIFEST, headers={"Docker-Content-Digest": _digest(manifest)})
        tags = json.dumps({"name": base.removeprefix("/v2/"), "tags": [tag]}).encode()
        return {
            "/v2/": Answer(b"{}", "application/json"),
            f"{base}/tags/list": Answer(tags, "application/json"),
            f"{base}/manifests/{tag}": told,
            f"{base}/manifests/{_digest(manifest)}": told,
            f"{base}/blobs/{_digest(config)}": Answer(config),
            f"{base}/blobs/{_digest(self.archive)}": Answer(self.archive),
        }


def stand_in(record: dict[str, Any], name: str, crds: Iterable[dict[str, Any]]) -> Chart:
    """Makes the stand-in for the chart of one record of the catalogue.

    Args:
        record: The record.
        name: The record's name.
        crds: The kinds that the real chart installs.

    Returns:
        The chart.
    """
    at = record["chart"]
    files = {"templates/values.yaml": VALUES, "values.yaml": "{}\n"}
    # JSON is YAML, and written in no time.
    files |= {f"crds/{crd['metadata']['name']}.yaml": json.dumps(crd) for crd in crds}
    if "rbac.authorization.k8s.io/ClusterRole" in record.get("cluster_kinds", ()):
        files["templates/role.yaml"] = ROLE
    if name == "argo-cd":
        files["templates/configuration.yaml"] = ARGO_CD
    chart = Chart(at["name"], at["version"], at["repository"], b"")
    files["Chart.yaml"] = yaml.safe_dump(chart.meta)
    return Chart(chart.name, chart.version, chart.repository, _pack(chart.name, files))


def sites(charts: Iterable[Chart]) -> dict[str, Callable[[Request], Answer]]:
    """Returns what each host answers."""
    pages: dict[str, dict[str, Answer]] = {}
    indexes: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = {}
    for chart in charts:
        pages.setdefault(chart.host, {}).update(chart.pages())
        if "://" in chart.repository:
            entry = {**chart.meta, "urls": [f"{chart.repository}/{chart.name}-{chart.version}.tgz"]}
            path = f"{urlsplit(chart.repository).path}/index.yaml"
            indexes.setdefault((chart.host, path), {}).setdefault(chart.name, []).append(entry)
    for (host, path), entries in indexes.items():
        content = yaml.safe_dump({"apiVersion": "v1", "entries": entries}).encode()
        pages[host][path] = Answer(content, "application/yaml")
    return {host: _site(known) for host, known in pages.items()}


def _site(pages: dict[str, Answer]) -> Callable[[Request], Answer]:
    """A host that has these pages."""
    return lambda request: pages.get(request.path, Answer(status=HTTPStatus.NOT_FOUND))


def _pack(name: str, files: dict[str, str]) -> bytes:
    """Packs a chart; the same files always give the same bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path, content in sorted(files.items()):
            member = tarfile.TarInfo(f"{name}/{path}")
            member.size = len(content.encode())
            archive.addfile(member, io.BytesIO(content.encode()))
    return gzip.compress(packed.getvalue(), mtime=0)


def _digest(content: bytes) -> str:
    """How a registry names content."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _part(kind: str, content: bytes) -> dict[str, Any]:
    """How a manifest refers to content."""
    return {"mediaType": kind, "digest": _digest(content), "size": len(content)}
