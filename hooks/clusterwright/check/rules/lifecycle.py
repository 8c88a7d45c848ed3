"""Rules on what happens at the end: pruning, deletion, and who owns a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.applied import applied, is_plain
from clusterwright.check.argocd import options
from clusterwright.check.definitions import DEFINITION
from clusterwright.check.model import Problem, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application
    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

FINALIZER = "resources-finalizer.argocd.argoproj.io"
_KEPT = frozenset(("Prune=false", "Prune=confirm"))
_STAYS = frozenset(("Delete=false", "Delete=confirm"))
_PRECIOUS = {
    DEFINITION: "every resource of its kind goes with it",
    ("", "Namespace"): "everything in it goes with it",
    ("", "PersistentVolume"): "its data can go with it",
    ("", "PersistentVolumeClaim"): "its data goes with it",
    ("acid.zalan.do", "postgresql"): "its data goes with it",
    ("ceph.rook.io", "CephCluster"): "its data goes with it",
    ("clickhouse.altinity.com", "ClickHouseInstallation"): "its data goes with it",
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): "its data goes with it",
    ("k8s.mariadb.com", "MariaDB"): "its data goes with it",
    ("kafka.strimzi.io", "Kafka"): "its data can go with it",
    ("minio.min.io", "Tenant"): "its data goes with it",
    ("mongodbcommunity.mongodb.com", "MongoDBCommunity"): "its data goes with it",
    ("mysql.oracle.com", "InnoDBCluster"): "its data goes with it",
    ("postgresql.cnpg.io", "Cluster"): "its data goes with it",
    ("rds.aws.upbound.io", "Cluster"): "its data goes with it",
    ("rds.aws.upbound.io", "Instance"): "its data goes with it",
    ("s3.aws.upbound.io", "Bucket"): "its data goes with it",
}
"""What pruning destroys for good, and why."""


def orphans(repository: Repository) -> Iterator[Problem]:
    """Each Application that its parent prunes, and whose resources would then go on running without an owner."""
    for application in repository.written:
        finalizers = sequence(application.resource.metadata, "finalizers")
        if any(isinstance(one, str) and one.startswith(FINALIZER) for one in finalizers):
            continue
        if (options(application.resource) | application.options) & (_KEPT | _STAYS):
            continue
        pruner = next((one for one in _parents(repository, application) if _prunes(one)), None)
        if pruner is not None:
            message = f"{pruner.name} prunes it, and its resources would stay behind: add the finalizer {FINALIZER}"
            yield application.problem(("metadata",), f"{message}, or Prune=confirm")


def undecided(repository: Repository) -> Iterator[Problem]:
    """Each automated sync that does not say what becomes of resources that leave the repository."""
    for application in repository.applications:
        automated = application.automated
        if automated is not None and "prune" not in automated:
            message = "syncs by itself, but what leaves git stays in the cluster: write prune: true, or prune: false"
            yield application.problem(("spec", "syncPolicy", "automated"), message)


def brakes(repository: Repository) -> Iterator[Problem]:
    """Each resource that pruning would destroy for good, without anybody being asked."""
    for application in repository.applications:
        if not _prunes(application) or application.options & _KEPT or not is_plain(repository, application):
            continue
        for resource in applied(repository, application):
            loss = _PRECIOUS.get((resource.group, resource.kind))
            if loss and not options(resource) & _KEPT and not _kept_by_others(resource):
                message = f"{resource.title}: {application.name} prunes it unasked, and {loss}"
                fix = "annotate it with argocd.argoproj.io/sync-options: Prune=confirm"
                yield Problem(resource.document, resource.at("metadata"), f"{message}: {fix}")


def owners(repository: Repository) -> Iterator[Problem]:
    """Each resource that two Applications of one Argo CD apply to one cluster."""
    for group in repository.side_by_side:
        first: dict[tuple[str, ...], tuple[Application, Resource]] = {}
        for application in group:
            for key, resource in _owned(repository, application):
                other, there = first.setdefault(key, (application, resource))
                if other is not application and other.name != application.name:
                    where = f"in {there.document.path}" if there is not resource else "from the same file"
                    message = f"{resource.title}: {application.name} and {other.name}, {where}, both apply"
                    yield Problem(
                        resource.document, resource.at("metadata", "name"), f"{message} it: keep it in one of them"
                    )


def _owned(repository: Repository, application: Application) -> Iterator[tuple[tuple[str, ...], Resource]]:
    """What an Application surely applies, by what makes it one resource of one cluster."""
    if not is_plain(repository, application):
        return
    cluster = application.server or application.cluster
    for resource in applied(repository, application):
        scoped = repository.is_cluster_scoped(resource)
        if scoped is None or not resource.name:
            continue
        namespace = "" if scoped else resource.namespace or application.namespace
        yield (cluster, resource.group, resource.kind, namespace, resource.name), resource


def _parents(repository: Repository, application: Application) -> list[Application]:
    path = application.resource.document.path
    return [one for one in repository.parents.get(path, []) if one is not application]


def _prunes(application: Application) -> bool:
    return (application.automated or {}).get("prune") is True


def _kept_by_others(resource: Resource) -> bool:
    """Whether something else than Argo CD's options keeps it, or its data."""
    return (
        text(resource.data, "spec", "deletionPolicy") == "Orphan"
        or text(resource.data, "spec", "persistentVolumeReclaimPolicy") == "Retain"
        or not {"*", "Delete"} & set(map(str, sequence(resource.data, "spec", "managementPolicies") or ["*"]))
    )
