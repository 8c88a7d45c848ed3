"""Loads a repository: every file read once, every document parsed once, with the indexes that rules use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from clusterwright.check import files
from clusterwright.check.classify import role
from clusterwright.check.definitions import DEFINITION, defined
from clusterwright.check.kustomize import is_kustomization, taken, with_patches
from clusterwright.check.model import Document, File, Place, Problem, Resource, mapping, resources, text
from clusterwright.check.reading import Documents, Reader, is_read, scalars
from clusterwright.check.schemas import Schemas
from clusterwright.check.settings import NAME, Settings, settings
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clusterwright.check.applicationsets.expand import Expansion
    from clusterwright.check.argocd import Application, Source
    from clusterwright.check.parallel import Pair
    from clusterwright.check.projects import Project


@dataclass(frozen=True, eq=False)
class Repository:
    """Everything that rules may look at. It is not changed once it is loaded.

    Attributes:
        root: the repository's folder.
        settings: what `.clusterwright.yaml` says.
        schemas: the JSON Schemas of one version of Kubernetes.
        paths: every file's path; `folders`: every folder's; `templates`: those whose files are not YAML yet.
        files: every file that was read.
        documents: every document that could be parsed.
        sealed: the paths of files that git-crypt has encrypted.
        unreadable: what the loader could not make sense of.
    """

    root: str
    settings: Settings
    schemas: Schemas
    paths: frozenset[str]
    folders: frozenset[str]
    templates: list[str]
    files: list[File]
    documents: list[Document]
    sealed: list[str]
    unreadable: list[Problem]

    @cached_property
    def resources(self) -> list[Resource]:
        """Every Kubernetes resource, those inside a List too; patches and encrypted ones are not among them."""
        return [one for document in self.documents if document.role == "manifest" for one in resources(document)]

    @cached_property
    def patches(self) -> list[Resource]:
        """Every piece of a resource that a kustomization applies as a patch."""
        return [one for document in self.documents if document.role == "patch" for one in resources(document)]

    @cached_property
    def by_kind(self) -> dict[tuple[str, str], list[Resource]]:
        """Resources by API group and kind."""
        index: dict[tuple[str, str], list[Resource]] = {}
        for resource in self.resources:
            index.setdefault((resource.group, resource.kind), []).append(resource)
        return index

    @cached_property
    def by_path(self) -> dict[str, list[Resource]]:
        """Resources by the path of their file."""
        index: dict[str, list[Resource]] = {}
        for resource in self.resources:
            index.setdefault(resource.document.path, []).append(resource)
        return index

    @cached_property
    def by_name(self) -> dict[tuple[str, str, str], list[Resource]]:
        """Resources by API group, kind and name."""
        index: dict[tuple[str, str, str], list[Resource]] = {}
        for resource in self.resources:
            index.setdefault((resource.group, resource.kind, resource.name), []).append(resource)
        return index

    @cached_property
    def documents_of(self) -> dict[str, list[Document]]:
        """Documents, whatever they are, by the path of their file."""
        index: dict[str, list[Document]] = {}
        for document in self.documents:
            index.setdefault(document.path, []).append(document)
        return index

    @cached_property
    def sorted_paths(self) -> list[str]:
        """Every file's path, in order."""
        return sorted(self.paths)

    @cached_property
    def by_folder(self) -> dict[str, list[str]]:
        """The paths of the files that are directly in a folder; `.` is the root."""
        index: dict[str, list[str]] = {}
        for path in self.paths:
            index.setdefault(path.rpartition("/")[0] or ".", []).append(path)
        return index

    @cached_property
    def kustomizations(self) -> dict[str, list[Document]]:
        """Kustomize's own files by folder."""
        index: dict[str, list[Document]] = {}
        for document in self.documents:
            if is_kustomization(document):
                index.setdefault(document.path.rpartition("/")[0] or ".", []).append(document)
        return index

    @cached_property
    def kustomized(self) -> frozenset[str]:
        """The paths of the files that a kustomization takes in, and may rename."""
        return frozenset(path for documents in self.kustomizations.values() for one in documents for path in taken(one))

    @cached_property
    def applications(self) -> list[Application]:
        """Every Argo CD Application: those that are written, then those that ApplicationSets surely make."""
        return [*self.written, *(one for made in self.expansions for one in made.applications)]

    @cached_property
    def written(self) -> list[Application]:
        """Every Argo CD Application that has a manifest of its own."""
        from clusterwright.check.argocd import application

        return [application(one) for one in self.by_kind.get(("argoproj.io", "Application"), [])]

    @cached_property
    def expansions(self) -> list[Expansion]:
        """What becomes of every ApplicationSet."""
        found = self.by_kind.get(("argoproj.io", "ApplicationSet"), [])
        if not found:
            return []
        from clusterwright.check.applicationsets.expand import expand

        return [expand(self, one) for one in found]

    @cached_property
    def reads(self) -> dict[Application, frozenset[str]]:
        """The manifests of this repository that each Application applies."""
        from clusterwright.check.applied import reads

        return {one: reads(self, one) for one in self.applications}

    @cached_property
    def parents(self) -> dict[str, list[Application]]:
        """By the path of a manifest, the Applications that apply it."""
        index: dict[str, list[Application]] = {}
        for one, paths in self.reads.items():
            for path in paths:
                index.setdefault(path, []).append(one)
        return index

    @cached_property
    def projects(self) -> dict[str, Project]:
        """Argo CD projects by name."""
        return {name: found[-1] for name, found in self.projects_named.items()}

    @cached_property
    def projects_named(self) -> dict[str, list[Project]]:
        """Argo CD projects by name: those of several Argo CDs may have the same."""
        from clusterwright.check.projects import project

        index: dict[str, list[Project]] = {}
        for one in self.by_kind.get(("argoproj.io", "AppProject"), []):
            index.setdefault(one.name, []).append(project(one))
        return index

    @cached_property
    def own_url(self) -> str:
        """The normalised URL under which Argo CD reads this repository; empty if nothing tells."""
        from clusterwright.check.urls import own_url

        return own_url(self)

    def is_own(self, source: Source) -> bool:
        """Whether a source is this repository."""
        from clusterwright.check.urls import is_own

        return bool(source.repo) and not source.chart and is_own(self, source.repo)

    @cached_property
    def side_by_side(self) -> list[list[Application]]:
        """The Applications that one Argo CD sees together."""
        from clusterwright.check.applied import side_by_side

        return side_by_side(self)

    def is_cluster_scoped(self, resource: Resource) -> bool | None:
        """Whether a resource's kind belongs to no namespace: by its schema, or by a definition that is here."""
        kind = resource.group, resource.kind
        if kind not in self._scopes:
            known = self.schemas.is_cluster_scoped(*kind)
            self._scopes[kind] = self._defined.get(kind) if known is None else known
        return self._scopes[kind]

    @cached_property
    def _scopes(self) -> dict[tuple[str, str], bool | None]:
        return {}

    @cached_property
    def _defined(self) -> dict[tuple[str, str], bool]:
        definitions = self.by_kind.get(DEFINITION, [])
        specs = [mapping(one.data, "spec") for one in definitions]
        return {(text(one, "group"), text(one, "names", "kind")): one.get("scope") == "Cluster" for one in specs}


def load(
    root: str,
    kubernetes_version: str = "",
    given: Mapping[str, bytes] | None = None,
    pair: Pair | None = None,
    schema_locations: Sequence[str] = (),
) -> Repository:
    """Reads and parses every YAML and text file below a folder.

    Args:
        root: the repository's folder; without one, what is given is all there is.
        kubernetes_version: `X.Y`; without it, what the repository says.
        given: what stands for files, by path, whatever they hold and whether they are there or not.
        pair: which processes share the work; this one alone without it.
        schema_locations: where else to look for schemas, as `--schema-location` says it.

    Raises:
        UserError: `.clusterwright.yaml` holds something that it may not hold, or no schemas exist for the version.
    """
    tree = files.walk(root) if root else files.listed(given or ())
    tree.files.extend((given or {}).keys() - set(tree.files))
    loaded = _loaded(tree, Reader(root, given), pair)
    own = settings(next((one.data for one in loaded.documents if one.path == NAME), None))
    return Repository(
        root=root,
        settings=own,
        schemas=Schemas(kubernetes_version or own.kubernetes_version, schema_locations, defined(loaded.documents)),
        paths=frozenset(tree.files),
        folders=frozenset(tree.folders),
        templates=tree.templates,
        files=loaded.files,
        documents=list(with_patches(loaded.documents)),
        sealed=loaded.sealed,
        unreadable=loaded.unreadable,
    )


def _loaded(tree: files.Tree, read: Reader, pair: Pair | None) -> _Loaded:
    """What is in the files of a tree that are read at all."""
    loaded = _Loaded([], [], [], [Problem(one.path, (), one.problem) for one in tree.problems])
    paths = sorted(path for path in tree.files if is_read(path))
    contents = pair.share(paths, read) if pair else map(read, paths)
    for path, content in zip(paths, contents, strict=True):
        if content is not None:
            loaded.add(path, *content)
    return loaded


@dataclass(eq=False, slots=True)
class _Loaded:
    """What loading has gathered so far."""

    files: list[File]
    documents: list[Document]
    sealed: list[str]
    unreadable: list[Problem]

    def add(self, path: str, problem: str, content: bytes, parsed: Documents | None) -> None:
        """Notes a file, its documents and what is wrong with it."""
        if problem:
            self.unreadable.append(Problem(path, (), problem))
            return
        if content.startswith(files.SEALED):
            self.sealed.append(path)
            return
        if parsed is None:
            self.files.append(File(path, content))
            return
        documents, duplicates, place, message = parsed
        file = File(path, content, scalars(path), duplicates=duplicates)
        self.files.append(file)
        if place:
            self.unreadable.append(Problem(file, Place(*place), message))
        for index, data in enumerate(documents):
            self.documents.append(Document(file, index, data, role(path, data)))
