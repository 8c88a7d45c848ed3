"""What applying fleet.yaml would do, from two fresh renders and the tree: pure data, nothing is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml

from clusterwright.fleet.tree import Tree, owned
from clusterwright.render.copier import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterator

FLEET = "fleet.yaml"
SETTINGS = ".clusterwright.yaml"
UNIT = re.compile(r"registry/(?:clusters|environments)/[^/]+")

Action = Literal["add", "change", "delete"]
Edit = Literal["edited", "missing"]


@dataclass(frozen=True)
class Plan:
    """What applying would do.

    Attributes:
        changes: what to do with each path, in order.
        drift: template-owned paths that are not as the template rendered them.
        blocked: paths to change that are not as the template rendered them, or that are already taken.
        removed: folders of clusters and environments that would go.
    """

    changes: dict[str, Action]
    drift: dict[str, Edit]
    blocked: tuple[str, ...]
    removed: tuple[str, ...]


def plan(recorded: Tree, wanted: Tree, actual: Tree) -> Plan:
    """Compares three trees.

    Args:
        recorded: a fresh render of the recorded answers.
        wanted: a fresh render of the recorded answers with fleet.yaml laid over them.
        actual: the repository.

    Returns:
        The plan; paths that users own, and those that are as wanted already, take no part in it.
    """
    mine = user_paths(recorded) | user_paths(wanted)
    done = {path for path in recorded.keys() | wanted.keys() if wanted.get(path) == actual.get(path)}
    passed_over = done | {path for path in recorded.keys() | wanted.keys() if owned(path, mine)}
    changes = {path: action for path, action in _changes(recorded, wanted) if path not in passed_over}
    drift = {path: edit for path, edit in _drift(recorded, actual) if path not in passed_over}
    taken = [path for path, action in changes.items() if action == "add" and path in actual]
    units = {match[0] for path in changes if (match := UNIT.match(path))}
    kept = {match[0] for path in wanted if (match := UNIT.match(path))}
    return Plan(changes, drift, tuple(sorted({*taken, *(drift.keys() & changes.keys())})), tuple(sorted(units - kept)))


def user_paths(tree: Tree) -> set[str]:
    """Reads which paths belong to people, from what the template rendered."""
    settings = yaml.safe_load(tree[SETTINGS].content) if SETTINGS in tree else {}
    return {FLEET, *settings.get("user_paths", ())}


def _changes(recorded: Tree, wanted: Tree) -> Iterator[tuple[str, Action]]:
    for path in sorted(recorded.keys() | wanted.keys()):
        if path not in recorded:
            yield path, "add"
        elif path not in wanted:
            yield path, "delete"
        elif recorded[path] != wanted[path]:
            yield path, "change"


def _drift(recorded: Tree, actual: Tree) -> Iterator[tuple[str, Edit]]:
    for path, entry in recorded.items():
        if path not in actual:
            yield path, "missing"
        elif actual[path] != entry and not (path == ANSWERS and _answers(actual, path) == _answers(recorded, path)):
            yield path, "edited"


def _answers(tree: Tree, path: str) -> dict[str, Any]:
    """Reads recorded answers without the template's version: its name changes when a tag arrives."""
    recorded = yaml.safe_load(tree[path].content) or {}
    return {name: value for name, value in recorded.items() if not name.startswith("_")}
