"""Rules on Atlantis: its projects are the roots of this repository, and what guards them is not for a repository."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from clusterwright.check.globs import matches
from clusterwright.check.hcl_modules import configuration
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document
    from clusterwright.check.repository import Repository

NAME = "atlantis.yaml"
_TERRAGRUNT = "terragrunt.hcl"
_FLEET = "fleet.yaml"
_NEAR = 0.9
_WILD = frozenset("*?[{")
_RESTRICTED = (
    "plan_requirements", "apply_requirements", "import_requirements", "workflow", "delete_source_branch_on_merge",
    "repo_locking", "repo_locks", "policy_check", "custom_policy_check",
)  # fmt: skip
_WORKSPACES = ("opentofu.m.upbound.io", "opentofu.upbound.io", "tf.m.upbound.io", "tf.upbound.io")
_TOP = ("workflows", "delete_source_branch_on_merge", "repo_locking", "repo_locks", "allowed_overrides")


def directories(repository: Repository) -> Iterator[Problem]:
    """Each project whose folder is not here, or holds nothing to plan; a root that fleet.yaml promises may come yet."""
    modules = configuration(repository).modules
    promised = {root for one in repository.documents if one.path == _FLEET for root in sequence(one.data, "roots")}
    for document, index, folder in _projects(repository):
        if folder in modules or _WILD & set(folder) or folder.startswith(".."):
            continue
        here = repository.by_folder.get(folder, [])
        exists = folder in repository.folders
        if (exists and (not here or f"{folder}/{_TERRAGRUNT}" in here)) or (not exists and folder in promised):
            continue
        what = "holds no configuration" if exists else "does not exist"
        hint = did_you_mean(folder, sorted(modules), _NEAR) or "correct dir, or remove the project"
        yield Problem(document, ("projects", index, "dir"), f"project in {folder}: the folder {what}: {hint}")


def roots(repository: Repository) -> Iterator[Problem]:
    """Each root with a state of its own that no project plans and no Workspace applies."""
    documents = _documents(repository)
    if not any(sequence(one.data, "projects") for one in documents):
        return
    if any(text(one.data, "autodiscover", "mode") == "enabled" for one in documents):
        return
    planned = [*(folder for _, _, folder in _projects(repository)), *_applied(repository)]
    found = configuration(repository)
    for folder, module in sorted(found.modules.items()):
        if module.backend and folder not in found.called and not any(matches(one, folder, "/") for one in planned):
            source, block = module.backend
            message = f"{folder} keeps a state, but {NAME} has no project for it: add one, or nobody plans it"
            yield source.problem(block.start, message)


def restricted(repository: Repository) -> Iterator[Problem]:
    """Each key that only Atlantis' server should set."""
    for document in _documents(repository):
        for key in _TOP:
            if key in document.data:
                yield Problem(document, (key,), _restricted(key), key=True)
        for index, project in enumerate(sequence(document.data, "projects")):
            for key in _RESTRICTED:
                if key in mapping(project):
                    yield Problem(document, ("projects", index, key), _restricted(key), key=True)


def _documents(repository: Repository) -> list[Document]:
    if NAME not in repository.paths:
        return []
    return [one for one in repository.documents if one.path == NAME and isinstance(one.data, dict)]


def _projects(repository: Repository) -> Iterator[tuple[Document, int, str]]:
    """Each project's place in the file, and its folder."""
    for document in _documents(repository):
        for index, project in enumerate(sequence(document.data, "projects")):
            folder = text(mapping(project), "dir")
            if folder:
                yield document, index, posixpath.normpath(folder.strip("/") or ".")


def _applied(repository: Repository) -> Iterator[str]:
    """The folders of the roots that Crossplane applies, if those are of this repository."""
    for group in _WORKSPACES:
        for resource in repository.by_kind.get((group, "Workspace"), []):
            folder = text(resource.data, "spec", "forProvider", "entrypoint")
            if folder:
                yield posixpath.normpath(folder.strip("/"))


def _restricted(key: str) -> str:
    return f"{key} is for Atlantis' server: a pull request could change it here; set it in the server's repos.yaml"
