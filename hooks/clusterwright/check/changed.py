"""What has changed since a git revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright import git
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


def changed_since(root: Path, revision: str) -> frozenset[str]:
    """The files below a folder that have changed since the work of this branch left a revision.

    Args:
        root: a folder under git.
        revision: a commit, or a branch such as `origin/main`: what was changed over there since does not count.

    Returns:
        Paths relative to the folder: what is committed, what is not, and what git does not know yet.

    Raises:
        UserError: the folder is not under git, or there is no such revision.
    """
    if git.top(root) is None:
        raise UserError(f"--changed-since {revision}: {root} is not under git")
    commit = git.ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise UserError(f"--changed-since {revision}: there is no such commit here; fetch it first")
    base = git.ask(root, "merge-base", commit, "HEAD") or commit
    listed = git.tell(root, "diff", "--name-only", "--relative", "--no-renames", "--no-ext-diff", "-z", base, "--")
    added = git.tell(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(path for path in f"{listed}{added}".split("\0") if path)
