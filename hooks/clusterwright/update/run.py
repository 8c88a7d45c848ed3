"""Prepares an update as a commit that nothing points to, and makes a branch of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import yaml

from clusterwright import git, objects
from clusterwright.errors import Refused, UserError, located
from clusterwright.fleet import tree
from clusterwright.fleet.apply import recorded_answers
from clusterwright.fleet.plan import FLEET, SETTINGS
from clusterwright.progress import step
from clusterwright.records import dataclass
from clusterwright.render.answers import Answers
from clusterwright.render.copier import ANSWERS, render
from clusterwright.render.source import Source
from clusterwright.update import versions
from clusterwright.update.merge import merge
from clusterwright.update.notes import Note, notes

if TYPE_CHECKING:
    from typing import Any

    from clusterwright.check.report import Report
    from clusterwright.fleet.tree import Tree
    from clusterwright.review.model import Review
    from clusterwright.update.merge import Merged
    from clusterwright.update.versions import Version

BRANCH = "clusterwright/update-{version}"
PROPOSED = "clusterwright/update"
"""The branch of the one pull request that a pipeline keeps."""


@dataclass(frozen=True)
class Proposal:
    """An update that is ready and that nobody sees yet.

    Attributes:
        root: the repository.
        old: the version that it was rendered from.
        new: the version that it goes to.
        branch: the branch to make.
        head: the commit that the branch starts from.
        commit: the commit that it ends with.
        merged: what changes, and what a person has to look at.
        review: what the change does.
        report: what a check of the result finds.
        notes: what the template says about the versions between.
    """

    root: Path
    old: Version
    new: Version
    branch: str
    head: str
    commit: str
    merged: Merged
    review: Review
    report: Report
    notes: tuple[Note, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to settle anything before a merge."""
        return not self.merged.conflicts and not self.report.errors


def propose(folder: Path, to: str = "", branch: str = "") -> Proposal | None:
    """Prepares the update.

    Args:
        folder: the repository.
        to: the version to go to; the newest release by default.
        branch: the branch to make; named after the version by default.

    Returns:
        The update; None if the repository is at that version already. Nothing that anybody sees has changed.

    Raises:
        UserError: the repository is not clean, or the version or the branch cannot be used.
        Unfinished: the template cannot be fetched or rendered.
    """
    root = folder.resolve()
    answers = recorded_answers(folder)
    _clean(folder, root)
    url = str(answers["_src_path"])
    with step("Looking for versions"):
        old, new = versions.recorded(url, str(answers["_commit"])), versions.wanted(url, to)
    if versions.goes_back(url, old, new):
        raise UserError(f"--to: {new.name} is older than {old.name}, which this is; an update does not go back")
    name = branch or BRANCH.format(version=new.name)
    _unused(root, name)
    if old.ref == new.ref or old.name == new.name:
        return None
    head = git.tell(root, "rev-parse", "HEAD").strip()
    known = {key: value for key, value in answers.items() if not key.startswith("_")}
    with TemporaryDirectory(prefix="clusterwright-") as scratch, located(scratch):
        before, _ = _rendered(Source(url, str(answers["_commit"])), known, Path(scratch, "old"))
        after, changelog = _rendered(Source(url, new.ref), known, Path(scratch, "new"))
    mine = objects.read(root, head)
    merged = merge(before, after, mine, kept(before) | kept(after), moves(after))
    said = tuple(notes(changelog, old.numbers, new.numbers))
    message = f"Update the platform from Clusterwright {old.name} to {new.name}\n"
    made = objects.commit(root, head, merged.changes, message)
    looked_at = _reviewed(root, head, made, (before, after))
    report = _checked({**mine, **merged.changes})
    return Proposal(root, old, new, name, head, made, merged, looked_at, report, said)


def carry_out(proposal: Proposal) -> None:
    """Makes the branch: the only change that anybody sees, and it is made at once or not at all."""
    reference = f"refs/heads/{proposal.branch}"
    git.tell(proposal.root, "update-ref", "-m", "clusterwright update", reference, proposal.commit, "0" * 40)


def _clean(folder: Path, root: Path) -> None:
    if git.top(root) is None:
        raise UserError(f"{folder}: not under git; an update is a branch of a git repository")
    dirty = next(iter(git.changed(root)), None)
    if dirty:
        raise UserError(f"{dirty}: not committed; commit or remove it first, an update starts from a clean tree")
    if git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        raise UserError(f"{folder}: has no commit yet; make one first")


def _unused(root: Path, branch: str) -> None:
    if git.ask(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}") is not None:
        raise UserError(f"branch {branch}: it is there already; delete it, or name another with --branch")


def _rendered(source: Source, answers: dict[str, Any], folder: Path) -> tuple[Tree, str]:
    """What the template renders to, and its changelog."""
    try:
        with step(f"Rendering {source.ref}"):
            made = render(source, Answers(answers), folder, older=True)
    except Refused as refused:
        raise UserError(f"{ANSWERS}: {refused}") from None
    return tree.read(folder), made.changelog


def _settings(rendered: Tree) -> dict[str, Any]:
    return (yaml.safe_load(rendered[SETTINGS].content) or {}) if SETTINGS in rendered else {}


def kept(rendered: Tree) -> set[str]:
    """The globs of the paths that are the user's, as the template rendered them."""
    return {FLEET, *_settings(rendered).get("user_paths", ())}


def moves(rendered: Tree) -> dict[str, str]:
    """Where files belong now, by where they belonged, as the template rendered it."""
    return dict(_settings(rendered).get("moved") or {})


def _reviewed(root: Path, head: str, made: str, renders: tuple[Tree, Tree]) -> Review:
    from clusterwright.review.run import review

    with step("Reviewing"):
        return review(root, head, made, renders=lambda _: renders)


def _checked(result: dict[str, tree.Entry | None]) -> Report:
    """Checks the updated repository, from a copy that is thrown away."""
    from clusterwright.check.run import check

    with step("Checking"), TemporaryDirectory(prefix="clusterwright-") as scratch:
        for path, entry in result.items():
            if entry is not None:
                tree.write(Path(scratch, path), entry)
        return check(scratch)
