"""Whose change a file holds: the template's, the user's, that of both, or that of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.fleet.tree import owned
from clusterwright.review.model import Origin
from clusterwright.review.versions import ANSWERS, FLEET

if TYPE_CHECKING:
    from clusterwright.check.model import Document
    from clusterwright.check.repository import Repository
    from clusterwright.fleet.tree import Tree
    from clusterwright.review.comparison import Comparison
    from clusterwright.review.model import Source

_ORDER: tuple[Source, ...] = ("user", "template and user", "answers", "template and answers", "template")
BY_RENDER = "by what the template renders"
BY_PATHS = "by who owns a path (.clusterwright.yaml)"


def by_paths(comparison: Comparison) -> tuple[tuple[Origin, ...], str]:
    """Tells by the list of the paths that people own; nothing if the repository has no such list.

    A path of the template's is the template's change if its version changes, an answer's if only answers do, else the
    user's: somebody changed it by hand.
    """
    patterns = comparison.after.settings.user_paths or comparison.before.settings.user_paths
    if not patterns:
        return (), "not known: the repository does not say which paths people own"
    old, new = (recorded(side) for side in (comparison.before, comparison.after))
    theirs = _theirs(old, new)
    found: dict[Source, list[str]] = {}
    for one in comparison.trees.changes:
        source: Source = "user" if owned(one.path, (*patterns, FLEET)) else theirs
        found.setdefault(source, []).append(one.path)
    return tuple(Origin(source, tuple(found[source])) for source in _ORDER if source in found), BY_PATHS


def by_render(comparison: Comparison, renders: tuple[Tree, Tree]) -> tuple[tuple[Origin, ...], str]:
    """Tells by what the template itself renders for both trees, file by file."""
    old, new = renders
    patterns = comparison.after.settings.user_paths
    answers = [recorded(side) for side in (comparison.before, comparison.after)]
    theirs = _theirs(*answers)
    found: dict[Source, list[str]] = {}
    for one in comparison.trees.changes:
        renewed = old.get(one.path) != new.get(one.path)
        kept = new[one.path].content if one.path in new else None
        source: Source = "user"
        if one.path == ANSWERS:
            source = theirs
        elif renewed and not owned(one.path, (*patterns, FLEET)):
            source = theirs if one.after == kept else "template and user"
        found.setdefault(source, []).append(one.path)
    return tuple(Origin(source, tuple(found[source])) for source in _ORDER if source in found), BY_RENDER


def recorded(repository: Repository) -> dict[str, Any]:
    """The answers that a tree records; nothing if it records none."""
    found: Document | None = next((one for one in repository.documents if one.path == ANSWERS), None)
    return found.data if found and isinstance(found.data, dict) else {}


def _theirs(old: dict[str, Any], new: dict[str, Any]) -> Source:
    versions = old.get("_commit") != new.get("_commit")
    answers = any(old.get(key) != new.get(key) for key in old.keys() | new.keys() if not key.startswith("_"))
    if versions:
        return "template and answers" if answers else "template"
    return "answers" if answers else "user"
