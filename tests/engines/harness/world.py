"""A cluster in which Argo CD runs a rendered repository, as bootstrap/ would hand it over."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from tests.conftest import commit, git

from . import charts, crds
from .api import called
from .argocd import ArgoCd
from .build import engine
from .cluster import Cluster, certificate
from .controllers import Controllers
from .git_site import git_site
from .outside import Outside
from .processes import Processes, within

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from .api import Object
    from .loop import Loop

ROOT = crds.ROOT
ROOT_APPLICATION = "management"
FLEET = "fleet"
# How long an Application waits before it tries again. Waiting costs nothing in a cluster, and much in a test.
PATIENCE = {"duration: 10s": "duration: 2s", "maxDuration: 5m": "maxDuration: 8s"}
USER = "platform"
# What has to be built before there can be one.
ENGINES = ("kubernetes", "argocd", "redis", "helm", "kustomize")
# Folders of the registry whose files are values.
VALUES = {"overrides", "values"}
# Seconds after which Argo CD is told again of a commit that it has not seen everywhere.
REMIND = 15.0


class World:
    """The cluster, its git host and its chart repositories.

    Attributes:
        processes: What runs.
        repository: A clone of the platform's repository; what is pushed from here is what Argo CD sees.
        tls: The certificate, and its key, that every server here shows.
        others: The clusters beside the first one, by name.
        loops: What goes on beside the tests, from the start to the end.
    """

    def __init__(self, folder: Path, rendered: Path, others: Mapping[str, str] = MappingProxyType({})) -> None:
        """Takes the clusters beside the first one as the names by the addresses under which Argo CD finds them."""
        self.folder, self.repository, self._remote = folder, folder / "repository", folder / "remote.git"
        self._fill(rendered)
        self._begin = commit(self.repository, "Begin")
        git(folder, "clone", "--quiet", "--bare", str(self.repository), str(self._remote))
        git(self.repository, "remote", "add", "origin", str(self._remote))
        self._password = secrets.token_hex(16)
        self._address = yaml.safe_load(self.read("bootstrap/root.yaml"))["spec"]["sources"][0]["repoURL"]
        self.processes = Processes(folder / "logs")
        sites = self._sites()
        hosts = [host for host in sites if ":" not in host]
        self.tls = certificate(folder, [*hosts, *(address.partition(":")[0] for address in others)])
        self.outside = Outside(self.tls, sites)
        self.cluster = Cluster(folder, engine("kubernetes"), self.processes, self.tls)
        self.api = self.cluster.api
        self.others = {
            name: Cluster(folder / name, engine("kubernetes"), self.processes, self.tls, name)
            for name in others.values()
        }
        self.outside.servers = {address: self.others[name].port for address, name in others.items()}
        self.loops: list[Loop] = [Controllers(one.api) for one in (self.cluster, *self.others.values())]

    def read(self, path: str) -> str:
        """A file of the repository."""
        return (self.repository / path).read_text(encoding="utf-8")

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that made the repository."""
        found: dict[str, Any] = yaml.safe_load(self.read(".copier-answers.yml"))
        return found

    @property
    def names(self) -> set[str]:
        """Every Application that the repository asks for, the roots among them."""
        return {ROOT_APPLICATION, FLEET, *map(called, asked_for(self.repository))}

    @property
    def _roots(self) -> tuple[Path, Path]:
        """What bootstrap/ applies: the Application of the management cluster, and the one of all others."""
        return self.repository / "bootstrap/root.yaml", self.repository / "bootstrap/fleet.yaml"

    def _sites(self) -> dict[str, Any]:
        """What there is outside the cluster: the git host, and the charts that the repository names."""
        named = {
            (one["repoURL"], one["chart"], one["targetRevision"])
            for application in asked_for(self.repository)
            for one in application["spec"].get("sources", [])
            if "chart" in one
        }
        url = urlsplit(self._address)
        catalogue = yaml.safe_load((ROOT / "catalogue.yaml").read_text(encoding="utf-8"))
        used = kinds(self.repository)
        made = [_stand_in(catalogue, used, *one) for one in sorted(named)]
        return {url.netloc: git_site(self._remote, url.path, USER, self._password), **charts.sites(made)}

    @property
    def uids(self) -> dict[str, str]:
        """The id of every Application there is, by what it is called."""
        return {name: one["metadata"]["uid"] for name, one in self.api.applications().items()}

    def start(self) -> None:
        """Does what bootstrap/ does, until Argo CD is asked to take over."""
        self.outside.start()
        for one in (self.cluster, *self.others.values()):
            one.start()
        for name in ("argocd", "bootstrap", self.answers["secrets_engine"]):
            self.cluster.kubectl("create", "namespace", name)
        self._secret("repository-platform", "repository", **self._credential())
        # Argo CD's server makes this key when it first starts; there is none here.
        self._secret("argocd-secret", "", **{"server.secretkey": secrets.token_hex(16)})
        values = self.repository / "platform/argo-cd/values.yaml"
        self._install_argo_cd(values)
        ArgoCd(self.cluster, self.processes, yaml.safe_load(values.read_text(encoding="utf-8"))).start(
            self.outside.url, self.tls[0], manages_others=bool(self.others)
        )
        for loop in self.loops:
            loop.start()

    def hand_over(self) -> None:
        """Applies the projects and the root Applications, as bootstrap/steps/42-root.sh does."""
        # The projects under Argo CD's own name, for Argo CD is their only owner from now on.
        for name in ("platform", "fleet"):
            project = f"{self.repository}/registry/projects/{name}.yaml"
            self.cluster.apply("--field-manager=argocd-controller", "-f", project)
        for path in self._roots:
            self.cluster.apply("-f", str(path))

    def stop(self) -> None:
        """Stops everything."""
        for loop in self.loops:
            loop.stop()
        self.processes.stop()
        self.outside.stop()

    def push(self, files: Mapping[str, str | None], message: str) -> None:
        """Changes files of the repository, or removes those that are None, and shows Argo CD the new commit."""
        for path, content in files.items():
            target = self.repository / path
            if content is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(content, encoding="utf-8")
        self._publish(message)

    def replace(self, rendered: Path, files: Mapping[str, str | None], message: str) -> None:
        """Makes the repository what was rendered, changes files of that, and shows Argo CD the new commit."""
        git(self.repository, "rm", "-r", "--quiet", ".")
        self._fill(rendered)
        self.push(files, message)

    def go_back(self) -> None:
        """Makes all as it was in the beginning, and shows Argo CD the new commit."""
        git(self.repository, "rm", "-r", "--quiet", ".")
        git(self.repository, "checkout", "--quiet", self._begin, "--", ".")
        self._publish("Go back")

    def _fill(self, rendered: Path) -> None:
        """Copies what was rendered, with less patience."""
        shutil.copytree(rendered, self.repository, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
        for path in (*self._roots, *self.repository.glob("registry/**/*.yaml")):
            text = path.read_text(encoding="utf-8")
            for long, short in PATIENCE.items():
                text = text.replace(long, short)
            path.write_text(text, encoding="utf-8")

    def settle(self, seconds: float = 900, *, generated: Collection[str] = ()) -> dict[str, Object]:
        """Waits until every Application is synced to the newest commit and healthy.

        Args:
            seconds: How long.
            generated: The Applications that something else than the repository asks for.

        Returns:
            The Applications, by what they are called.
        """
        head, names = git(self.repository, "rev-parse", "HEAD"), {*self.names, *generated}
        problems: dict[str, str] = {}
        reminded = time.monotonic()

        def settled() -> dict[str, Object] | None:
            self.processes.check()
            found = self.api.applications()
            problems.clear()
            problems.update(dict.fromkeys(names - found.keys(), "missing"))
            problems.update(dict.fromkeys(found.keys() - names, "not asked for"))
            problems.update({name: said for name, one in found.items() if (said := problem(one, head))})
            if time.monotonic() - reminded > REMIND:
                remind(found)
            return None if problems else found

        def remind(found: dict[str, Object]) -> None:
            """Git hosts send a webhook again, too: what came while Argo CD was busy with the last one."""
            nonlocal reminded
            reminded = time.monotonic()
            for name in problems.keys() & found.keys():
                self.api.refresh(name)

        try:
            return within(seconds, "every Application is synced", settled, pause=1)
        except Exception as error:
            lines = "\n".join(f"{name}: {said}" for name, said in sorted(problems.items()))
            raise AssertionError(f"{error}\n{lines}") from error

    def values(self, component: str, namespace: str) -> dict[str, Any]:
        """The values that a component's chart was given, as the cluster has them now; none without it."""
        found = self.api.get(f"api/v1/namespaces/{namespace}/configmaps/{component}-values")
        values: dict[str, Any] = yaml.safe_load(found["data"]["values.yaml"]) if found else {}
        return values

    def _publish(self, message: str) -> None:
        """Commits, pushes, and says so, as the git host's webhook does."""
        commit(self.repository, message)
        git(self.repository, "push", "--quiet", "origin", "HEAD:main")
        for name in self.api.applications():
            self.api.refresh(name)

    def _credential(self) -> dict[str, str]:
        """What Argo CD knows about the repository."""
        return {"type": "git", "url": self._address, "username": USER, "password": self._password}

    def _secret(self, name: str, kind: str, **content: str) -> None:
        """Makes a Secret for Argo CD."""
        mark = {"argocd.argoproj.io/secret-type": kind} if kind else {}
        meta = {"name": name, "labels": {"app.kubernetes.io/part-of": "argocd", **mark}}
        body = {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "metadata": meta, "stringData": content}
        self.api.apply(f"api/v1/namespaces/argocd/secrets/{name}", body, "bootstrap")

    def _install_argo_cd(self, values: Path) -> None:
        """Renders Argo CD's chart as bootstrap/steps/40-argo-cd.sh does, and applies it."""
        chart = yaml.safe_load((ROOT / "catalogue.yaml").read_text(encoding="utf-8"))["argo-cd"]["chart"]
        proxies = {"HTTPS_PROXY": self.outside.url, "SSL_CERT_FILE": str(self.tls[0])}
        chosen = ["--repo", chart["repository"], "--version", chart["version"], "--namespace", "argocd"]
        version = json.loads(self.cluster.kubectl("version", "-o", "json"))["serverVersion"]["gitVersion"]
        done = subprocess.run(
            [
                engine("helm") / "helm",
                "template",
                "argo-cd",
                chart["name"],
                *chosen,
                f"--kube-version={version}",
                "--include-crds",
                f"--values={values}",
            ],
            env={"HOME": str(self.folder), "PATH": os.environ["PATH"], **proxies},
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr.decode()
        rendered = self.folder / "argo-cd.yaml"
        rendered.write_bytes(done.stdout)
        self.cluster.apply("--field-manager=argocd-controller", "-n", "argocd", "-f", str(rendered))
        for kind in ("applications", "appprojects"):
            path = f"apis/argoproj.io/v1alpha1/{kind}"
            within(60, f"{kind} are served", partial(self.api.get, path))


def asked_for(repository: Path) -> list[Object]:
    """Every Application that a repository asks for; values and broken overrides beside them are none."""
    return [
        document
        for path in (repository / "registry").rglob("*.yaml")
        if VALUES.isdisjoint(path.parts)
        for document in yaml.load_all(path.read_bytes(), yaml.CSafeLoader)
        if document and document.get("kind") == "Application"
    ]


def kinds(repository: Path) -> set[tuple[str, str]]:
    """The group and the name of every kind of which a repository has an object."""
    return {
        (str(document["apiVersion"]).rpartition("/")[0], document["kind"])
        for folder in ("platform", "registry", "apps")
        for path in (repository / folder).rglob("*.yaml")
        if VALUES.isdisjoint(path.parts)
        for document in yaml.load_all(path.read_bytes(), yaml.CSafeLoader)
        if isinstance(document, dict) and {"apiVersion", "kind"} <= document.keys()
    }


def _stand_in(
    catalogue: dict[str, Any], used: Collection[tuple[str, str]], repository: str, chart: str, version: str
) -> charts.Chart:
    """The stand-in for a chart at an address, with the kinds of the catalogue's records that have this chart."""
    at = {"repository": repository, "name": chart, "version": version}
    for name, record in catalogue.items():
        if record.get("chart", {}).items() >= {"repository": repository, "name": chart}.items():
            brought = crds.of_component(name) if _brings_kinds(record) else []
            known = [one if crds.kind(one) in used else crds.unread(one) for one in brought]
            return charts.stand_in({**record, "chart": at}, name, known)
    return charts.stand_in({"chart": at}, chart, ())


def _brings_kinds(record: dict[str, Any]) -> bool:
    """Whether a chart installs kinds; where it does not, its controller does later."""
    return "apiextensions.k8s.io/CustomResourceDefinition" in record.get("cluster_kinds", ())


def problem(application: Object, head: str) -> str:
    """What keeps an Application from being done with a commit; nothing when it is."""
    status = application.get("status", {})
    operation, sync = status.get("operationState", {}), status.get("sync", {})
    told = [f"{one['type']}: {one['message']}" for one in status.get("conditions", [])]
    revisions = [*sync.get("revisions", []), sync.get("revision")]
    # Where there is nothing to apply, nothing is ever done.
    done = operation.get("phase", "Succeeded" if sync and not status.get("resources") else None)
    state = (sync.get("status"), status.get("health", {}).get("status"), done)
    wanted, compared = application["spec"], sync.get("comparedTo", {})
    if any(wanted[part] != compared.get(part) for part in ("source", "sources") if part in wanted):
        told.append("not yet compared with what it asks for now")
    if state == ("Synced", "Healthy", "Succeeded") and head in revisions and not told:
        return ""
    return " / ".join([*map(str, state), operation.get("message", ""), *told])[:900]
