"""Rules on pipelines: what they may do, whose code they run, and whose words they take for code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.classify import is_workflow
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BRANCHES = frozenset(("main", "master", "develop", "dev", "trunk", "HEAD", "head", "~latest"))
_GITHUB = ".github/workflows/"
_GITLAB = (".gitlab-ci.yml", ".gitlab-ci.yaml", ".gitlab/ci/")
_SOMEBODY = re.compile(
    r"\$\{\{[^}]*?\b(?P<name>github\.head_ref|github\.event\.(?:"
    r"(?:issue|pull_request|discussion)\.(?:title|body)|(?:comment|review|review_comment)\.body"
    r"|pull_request\.head\.(?:ref|label|repo\.default_branch)|workflow_run\.(?:head_branch|display_title)"
    r"|(?:pages|commits|head_commit|workflow_run\.head_commit)(?:\.\*|\[\d+\])?"
    r"\.(?:page_name|message|author\.(?:name|email))))\b[^}]*\}\}"
)
_HARMLESS = re.compile(r"==|!=|\b(?:contains|startsWith|endsWith|hashFiles)\(")
_HEAD = re.compile(
    r"github\.event\.pull_request\.head\.|github\.head_ref|refs/pull/|github\.event\.workflow_run\.head_"
)
_FOREIGN = frozenset(("pull_request_target", "workflow_run"))
"""Events that run a workflow with the repository's secrets on behalf of a pull request from anywhere."""


class _Step(NamedTuple):
    """A step, and the job that it is in (empty in a composite action)."""

    document: Document
    where: Where
    data: dict[str, Any]
    job: dict[str, Any]


def permissions(repository: Repository) -> Iterator[Problem]:
    """Each workflow of GitHub that takes what rights its token happens to have, or all of them."""
    for document in _workflows(repository):
        if not document.path.startswith(_GITHUB):
            continue
        jobs = mapping(document.data, "jobs")
        places: list[Where] = [(), *(("jobs", name) for name in jobs)]
        for where in places:
            if mapping(document.data, *map(str, where)).get("permissions") == "write-all":
                message = "the token may write everything: name the permissions that are needed"
                yield Problem(document, (*where, "permissions"), message)
        bare = [name for name, job in jobs.items() if "permissions" not in mapping(job)]
        if bare and "permissions" not in document.data and _events(document) != {"workflow_call"}:
            message = "no permissions: the token may have every right; add `permissions: {}`, and to each job its own"
            yield Problem(document, ("jobs",), message, key=True)


def tags(repository: Repository) -> Iterator[Problem]:
    """Each action that is named by a tag, which its owner can move."""
    for document, where, action, version in _actions(repository):
        if not _pinned(action, version) and not _moves(action, version):
            what = f"image {action[9:]}" if action.startswith("docker://") else f"{action}@{version}"
            fix = "its digest" if action.startswith("docker://") else "its commit, with the tag as a comment"
            yield Problem(document, where, f"{what}: a tag can be moved: name {fix}")


def branches(repository: Repository) -> Iterator[Problem]:
    """Each action that is named by a branch, or by nothing."""
    for document, where, action, version in _actions(repository):
        if not _pinned(action, version) and _moves(action, version):
            what = f"@{version} is a branch: whatever is pushed there runs here" if version else "it names no version"
            yield Problem(document, where, f"{action}: {what}; name a commit")


def injections(repository: Repository) -> Iterator[Problem]:
    """Each script that somebody's words become a part of."""
    for step in _steps(repository):
        for keys in (("run",), ("with", "script")):
            script = text(step.data, *keys)
            found = _SOMEBODY.finditer(script) if "${{" in script else ()
            match = next((one for one in found if not _HARMLESS.search(one[0])), None)
            if match:
                message = f"{match['name']} is somebody else's text, and runs as code here: pass it through env"
                yield Problem(step.document, (*step.where, *keys), message)


def targets(repository: Repository) -> Iterator[Problem]:
    """Each checkout of a pull request's code where the repository's secrets are; an environment may guard it."""
    for step in _steps(repository):
        foreign = _events(step.document) & _FOREIGN if step.job else ()
        if foreign and text(step.data, "uses").startswith("actions/checkout@") and "environment" not in step.job:
            for key in ("ref", "repository"):
                if _HEAD.search(text(step.data, "with", key)):
                    message = f"code of a pull request, with this repository's secrets ({min(foreign)}): use the event"
                    yield Problem(step.document, (*step.where, "with", key), f"{message} pull_request")


def includes(repository: Repository) -> Iterator[Problem]:
    """Each file or component that a GitLab pipeline takes from a branch of another project."""
    for document in repository.documents:
        if ".gitlab" in document.path and any(name in document.path for name in _GITLAB):
            found = mapping(document.data).get("include")
            for index, one in enumerate(found if isinstance(found, list) else [found]):
                where: Where = ("include", index) if isinstance(found, list) else ("include",)
                message = _included(one if isinstance(one, dict) else {})
                if message:
                    yield Problem(document, where, message)


@once
def _workflows(repository: Repository) -> list[Document]:
    return [one for one in repository.documents if is_workflow(one.path) and isinstance(one.data, dict)]


@once
def _steps(repository: Repository) -> list[_Step]:
    """Every step of every workflow and composite action."""
    found = []
    for document in _workflows(repository):
        for name, job in mapping(document.data, "jobs").items():
            for index, step in enumerate(sequence(job, "steps")):
                found.append(_Step(document, ("jobs", name, "steps", index), mapping(step), job))
        for index, step in enumerate(sequence(document.data, "runs", "steps")):
            found.append(_Step(document, ("runs", "steps", index), mapping(step), {}))
    return found


def _events(document: Document) -> set[str]:
    """The names of the events that start a workflow."""
    found = document.data.get("on")
    if isinstance(found, str):
        return {found}
    return {one for one in found if isinstance(one, str)} if isinstance(found, dict | list) else set()


def _actions(repository: Repository) -> Iterator[tuple[Document, Where, str, str]]:
    """Each action and reusable workflow from elsewhere: where it is named, its name and its version."""
    used = [(one.document, (*one.where, "uses"), text(one.data, "uses")) for one in _steps(repository)]
    for document in _workflows(repository):
        for name, job in mapping(document.data, "jobs").items():
            used.append((document, ("jobs", name, "uses"), text(mapping(job), "uses")))
    for document, where, uses in used:
        if uses and not uses.startswith("./") and "${{" not in uses:
            action, _, version = uses.rpartition("@") if "@" in uses else (uses, "", "")
            yield document, where, action, version


def _pinned(action: str, version: str) -> bool:
    return version.startswith("sha256:") if action.startswith("docker://") else bool(_COMMIT.fullmatch(version))


def _moves(action: str, version: str) -> bool:
    return not action.startswith("docker://") and (not version or version in _BRANCHES)


def _included(entry: dict[str, Any]) -> str:
    """What is wrong with an entry of `include`; empty if nothing is."""
    project, component = text(entry, "project"), text(entry, "component")
    if project and "ref" not in entry:
        return f"project {project} is included from its default branch: add ref with a tag or a commit"
    if project and text(entry, "ref") in _BRANCHES:
        return f"project {project} is included from the branch {entry['ref']}: name a tag or a commit"
    version = component.rpartition("@")[2]
    if component and version in _BRANCHES:
        return f"component {component} moves: name a version"
    if text(entry, "remote") and "integrity" not in entry:
        return f"{entry['remote']} may change at any time: add integrity, or include it from a project"
    return ""
