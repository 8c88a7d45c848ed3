"""Rules on projects: they exist, and permit what their Applications do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.applied import applied, is_plain
from clusterwright.check.argocd import IN_CLUSTER
from clusterwright.check.clusters import declared
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.once import once
from clusterwright.check.suggest import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application
    from clusterwright.check.model import Resource
    from clusterwright.check.projects import Project
    from clusterwright.check.repository import Repository


def default(repository: Repository) -> Iterator[Problem]:
    """Each Application in the project that permits everything."""
    for application in repository.applications:
        if application.project in {"", "default"}:
            where = ("spec", "project") if application.project else ("spec",)
            known = listed(sorted(repository.projects))
            fix = f"use {known}" if known else "make an AppProject for it"
            yield application.problem(where, f"is in the project `default`, which permits everything: {fix}")


def exists(repository: Repository) -> Iterator[Problem]:
    """Each Application of a project, or from a namespace, that nothing here declares.

    Projects may come from a chart or another repository: without a word of its own, a repository is taken to hold them
    all if it holds those of at least half of its Applications.
    """
    complete = _is_complete(repository)
    for application in repository.applications:
        project = repository.projects.get(application.project)
        if project is None and complete and application.project not in {"", "default"}:
            hint = did_you_mean(application.project, repository.projects) or "add it, or name one that exists"
            yield application.problem(("spec", "project"), f"project {application.project} does not exist here: {hint}")
        elif project is not None and not project.permits_home(application.resource.namespace):
            message = (
                f"project {project.name} has no sourceNamespaces entry for {application.resource.namespace}: add it"
            )
            yield application.problem(("metadata", "namespace"), message)


def _is_complete(repository: Repository) -> bool:
    named = [one.project for one in repository.applications if one.project not in {"", "default"}]
    here = sum(one in repository.projects for one in named)
    return bool(repository.settings.repository) or bool(here and here * 2 >= len(named))


def sources(repository: Repository) -> Iterator[Problem]:
    """Each repository that the Application's project does not permit."""
    for application, project in _with_project(repository):
        for source in application.sources:
            if source.repo and not _from(repository, project, source.repo):
                message = f"project {project.name} does not permit the repository {source.repo}: add it to sourceRepos"
                yield application.problem((*source.where, "repoURL"), message)


def destinations(repository: Repository) -> Iterator[Problem]:
    """Each cluster and namespace that the Application's project does not permit."""
    for application, project in _with_project(repository):
        if not (application.server or application.cluster):
            continue
        if not _permitted(repository, project, application, application.namespace):
            target = f"{application.namespace or '(no namespace)'} on {application.server or application.cluster}"
            message = f"project {project.name} does not permit {target}: add it to destinations"
            yield application.problem(("spec", "destination"), message)
        for resource in applied(repository, application) if is_plain(repository, application) else ():
            namespace = resource.namespace
            if namespace and not _permitted(repository, project, application, namespace):
                message = f"project {project.name} of Application {application.name} does not permit the namespace"
                yield _about(resource, ("metadata", "namespace"), f"{message} {namespace}: add it to destinations")


def kinds(repository: Repository) -> Iterator[Problem]:
    """Each kind in a folder of this repository that the project of the Application that applies it does not permit."""
    for application, project in _with_project(repository):
        for resource in applied(repository, application):
            cluster = repository.is_cluster_scoped(resource)
            if cluster is None or project.permits_kind(resource, cluster=cluster):
                continue
            field = "clusterResourceWhitelist" if cluster else "the namespaced kinds that it allows"
            message = f"project {project.name} of Application {application.name} does not permit this kind: add it to"
            yield _about(resource, ("kind",), f"{message} {field}")


def wildcards(repository: Repository) -> Iterator[Problem]:
    """Each entry of a project that permits everything of its sort."""
    for project in repository.projects.values():
        resource = project.resource
        for place, message in _everything(project):
            yield Problem(resource.document, resource.at("spec", *place), f"project {project.name} permits {message}")


def _everything(project: Project) -> Iterator[tuple[tuple[str | int, ...], str]]:
    spec = mapping(project.resource.data, "spec")
    for key, everything, what in (
        ("sourceRepos", lambda entry: entry in ("*", "**"), "every repository"),
        ("destinations", _is_everywhere, "every namespace of every cluster"),
        ("clusterResourceWhitelist", lambda entry: entry == {"group": "*", "kind": "*"}, "every cluster-scoped kind"),
        ("sourceNamespaces", lambda entry: entry == "*", "Applications from every namespace"),
    ):
        for index, entry in enumerate(sequence(spec, key)):
            if everything(entry):
                yield (key, index), f"{what}: list those that it needs"


def _is_everywhere(entry: object) -> bool:
    return text(entry, "namespace") == "*" and "*" in {text(entry, "server"), text(entry, "name")}


def _with_project(repository: Repository) -> Iterator[tuple[Application, Project]]:
    """Every Application with its project; of several projects of one name, the nearest one by folder, if one is."""
    for application in repository.applications:
        near = repository.projects_named.get(application.project, [])
        if len(near) > 1:
            folders = application.resource.document.path.split("/")
            shared = [_shared(folders, one.resource.document.path.split("/")) for one in near]
            near = [one for one, depth in zip(near, shared, strict=True) if depth == max(shared)]
        if len(near) == 1:
            yield application, near[0]


def _shared(folders: list[str], others: list[str]) -> int:
    """How many folders two paths have in common."""
    return next(
        (index for index, (one, other) in enumerate(zip(folders, others, strict=False)) if one != other), len(folders)
    )


def _permitted(repository: Repository, project: Project, application: Application, namespace: str) -> bool:
    return _to(repository, project, application.server, application.cluster, namespace)


@once
def _from(_repository: Repository, project: Project, url: str) -> bool:
    """Whether a project permits a repository."""
    return project.permits_repository(url)


@once
def _to(repository: Repository, project: Project, server: str, name: str, namespace: str) -> bool:
    """Whether a project permits a destination; Argo CD knows each cluster by URL and by name."""
    if server == IN_CLUSTER or name == "in-cluster":
        server, name = IN_CLUSTER, name or "in-cluster"
    else:
        server, name = _clusters(repository).get(server or name, (server, name))
    return project.permits_destination(server, name, namespace)


@once
def _clusters(repository: Repository) -> dict[str, tuple[str, str]]:
    """The server and name of each cluster that is declared here, by either of them."""
    found = [(one.server, one.name) for one in declared(repository) if one.server and one.name]
    return {key: cluster for cluster in found for key in cluster}


def _about(resource: Resource, where: tuple[str, ...], message: str) -> Problem:
    return Problem(resource.document, resource.at(*where), f"{resource.title}: {message}")
