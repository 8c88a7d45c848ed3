"""What a change means, before it is made: the lines of fleet.yaml, and each resource that comes, changes or goes."""

from __future__ import annotations

import difflib
from itertools import groupby
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.fleet.apply import Proposal
    from clusterwright.fleet.tree import Entry

MARKS = {"add": "+", "change": "~", "delete": "-"}
FOLDERS = ("registry/", "platform/")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Resources = dict[tuple[str, str], Any]


def lines(proposal: Proposal, before: str, after: str) -> Iterator[str]:
    """Describes a proposal.

    Args:
        proposal: what would be done.
        before: fleet.yaml as it is.
        after: fleet.yaml as it shall be.

    Yields:
        The changed lines of fleet.yaml, then a line for each resource and each other file.
    """
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if line[:3] not in ("---", "+++") and not line.startswith("@@"):
            yield f"  {line}"
    for path, action in proposal.plan.changes.items():
        found = list(_resources(proposal, path)) if path.startswith(FOLDERS) and path.endswith(".yaml") else []
        for kind, alike in groupby(found, lambda one: one[0]):
            yield f"{kind} {', '.join(name for _, name in alike)}"
        if not found and path != "fleet.yaml":
            yield f"{MARKS[action]} {path}"


def _resources(proposal: Proposal, path: str) -> Iterator[tuple[str, str]]:
    """What becomes of each resource of a file: its mark and kind, and its name."""
    old, new = _read(proposal.recorded.get(path)), _read(proposal.wanted.get(path))
    for kind, name in dict.fromkeys([*new, *old]):
        before, after = old.get((kind, name)), new.get((kind, name))
        if before != after:
            mark = MARKS["add" if before is None else "delete" if after is None else "change"]
            yield f"{mark} {kind}", f"{name}{_facts(after, before) if after else ''}"


def _read(file: Entry | None) -> Resources:
    """The resources of a file, by kind and name."""
    if file is None:
        return {}
    found: Resources = {}
    for one in yaml.load_all(file.content, Loader=_Loader):
        if isinstance(one, dict) and isinstance(one.get("metadata"), dict):
            place = one["metadata"].get("namespace")
            found[str(one.get("kind")), f"{f'{place}/' if place else ''}{one['metadata'].get('name')}"] = one
    return found


def _facts(new: Any, old: Any = None) -> str:  # noqa: ANN401 - a resource of any kind
    """What is worth a word of an Application: the version that it runs, and the one before."""
    version, before = _version(new), _version(old) if old else ""
    if not version or version == before:
        return ""
    return f": {before} -> {version}" if before else f": {version}"


def _version(resource: Any) -> str:  # noqa: ANN401 - a resource of any kind
    spec = resource.get("spec") if resource.get("kind") == "Application" else None
    sources = (spec or {}).get("sources") or [(spec or {}).get("source") or {}]
    first = sources[0]
    return " ".join(str(first[key]) for key in ("chart", "targetRevision") if key in first)
