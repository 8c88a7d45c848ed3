"""Rules on ownership: what the template owns is changed by the template.

What the template rendered is what its files held when `.copier-answers.yml` last changed: every way to render (`new`,
`apply`, an update) writes that file too, and nothing else does. So git tells what was changed since, without rendering
anything. Only files that say who owns them are judged: others in the template's folders may be somebody's own. While
`.copier-answers.yml` itself is being changed, or without its history (a shallow clone), nothing is said.
"""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING

from clusterwright.check.model import Place, Problem
from clusterwright.errors import Unfinished
from clusterwright.fleet.tree import moved_to, owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.repository import Repository

ANSWERS = ".copier-answers.yml"
MARK = "Owned by the template: extend it in"
_SECONDS = 5.0
_MOST = 500
_UNIT = re.compile(r"registry/(?:clusters|environments)/[^/]+/")
_DIFF = (
    "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--diff-filter=MTD"
)  # fmt: skip
_HUNK = re.compile(r"^@@ -\S+ \+(\d+)", re.MULTILINE)


def edited(repository: Repository) -> Iterator[Problem]:
    """Each file of the template that was changed by hand since the template was last rendered."""
    here = os.path.exists(f"{repository.root}/.git")  # noqa: PTH110 - with pathlib and git come many modules
    if ANSWERS not in repository.paths or not repository.settings.user_paths or not here:
        return
    ask = _asker(repository.root)
    rendered = ask("log", "-1", "--format=%H", "--", ANSWERS)
    changed = _names(ask("diff", *_DIFF, "--name-only", rendered)) if rendered else []
    mine = [path for path in changed if not owned(path, repository.settings.user_paths)][:_MOST]
    if not rendered or not mine or ANSWERS in changed:
        return
    marked = _names(ask("grep", "--name-only", "--fixed-strings", "-z", MARK, rendered, "--", *mine))
    for path in (one.removeprefix(f"{rendered}:") for one in marked):
        instead = _instead(repository, path)
        if path not in repository.paths:
            yield Problem(path, (), f"the template owns this file, but it was removed: restore it; {instead}")
        else:
            hunk = _HUNK.search(ask("diff", *_DIFF, "--unified=0", rendered, "--", path) or "")
            line = max(1, int(hunk[1])) if hunk else 1
            file = next((one for one in repository.files if one.path == path), path)
            message = f"the template owns this file, but it was changed by hand: undo that; {instead}"
            yield Problem(file, Place(line, 1), message)


def _asker(folder: str) -> Callable[..., str]:
    """Asks git something about the repository; empty where git does not answer, or is not there."""
    from pathlib import Path

    from clusterwright import git

    root = Path(folder)

    def ask(*arguments: str) -> str:
        try:
            return git.ask(root, "--no-optional-locks", "--literal-pathspecs", *arguments, seconds=_SECONDS) or ""
        except Unfinished:
            return ""

    return ask


def _names(listed: str) -> list[str]:
    return [one for one in listed.split("\0") if one]


def _instead(repository: Repository, path: str) -> str:
    """Where the same can be said."""
    for application in repository.applications:
        files = [one.path for source in application.sources for one in source.value_files]
        own = [one for one in files if owned(one, repository.settings.user_paths)]
        if path in files and own:
            return f"{own[-1]} says the same"
    unit = _UNIT.match(path)
    if path.startswith("infrastructure/") and path.endswith(".tf"):
        return f"{path.removesuffix('.tf')}_override.tf, or a local_*.tf beside it, says the same"
    if unit:
        return f"fleet.yaml, or a manifest in {unit[0]}local/, says the same"
    return f"docs/ownership.md says where {posixpath.basename(path)} is extended"


def moved(repository: Repository) -> Iterator[Problem]:
    """Each file of a person's where the template looked for it once and does not look any more."""
    moves = repository.settings.moved
    for path in repository.sorted_paths if moves else ():
        target = moved_to(path, moves)
        if target and owned(path, repository.settings.user_paths):
            instead = "join both by hand" if target in repository.paths else f"git mv it to {target}"
            yield Problem(path, (), f"a release of the template renamed what this is for: {instead}")
