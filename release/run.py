"""Makes a release away from the work tree, checks it there, and brings it whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import yaml

from clusterwright import git
from clusterwright.errors import Unfinished, UserError
from release import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

BRANCH = "main"
TOOLKIT = Path("hooks/clusterwright/__init__.py")
TEMPLATE = Path("questions/computed.yml")
CHANGELOG = Path("CHANGELOG.md")
RELEASES = Path("releases.yaml")
CATALOGUE = Path("catalogue.yaml")
TERMINALS = (Path("docs/first-hour.md"), Path("docs/tutorial.md"))
"""The pages that show what a person sees of a release."""

Command = tuple[str, ...]
PREPARE: tuple[Command, ...] = (
    ("pip", "install", "--quiet", "--constraint", "constraints.txt", "--editable", ".[platform,map,dev]"),
    ("tests.template.golden",),
    ("tests.review.examples",),
)
"""Modules that write anew whatever holds the version."""
CHECKS: tuple[Command, ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("yamllint", "--strict", str(RELEASES), str(TEMPLATE)),
    ("mypy",),
    ("pytest", "--numprocesses", "auto"),
)
"""Modules that have to find the release right."""


def release(
    root: Path, version: str, day: date, prepare: Sequence[Command] = PREPARE, checks: Sequence[Command] = CHECKS
) -> None:
    """Commits a release, then its entry in releases.yaml, and tags the first of both.

    Args:
        root: the repository of the template, on its branch and without changes.
        version: the new version.
        day: when it is released.
        prepare: modules that run in the release before it is committed.
        checks: modules that have to end well there before anything is brought.

    Raises:
        UserError: this cannot be released, or not as it stands.
        Unfinished: a check is red, or git refused; the repository is as it was.
    """
    _refuse(root, version)
    with _draft(root) as folder:
        _edit(folder, version, day)
        _run(folder, prepare)
        tagged = _commit(folder, f"Release {version}")
        catalogue = yaml.safe_load((folder / CATALOGUE).read_text("utf-8"))
        with (folder / RELEASES).open("a", encoding="utf-8") as file:
            file.write(text.entry(version, tagged, catalogue))
        last = _commit(folder, f"Know {version}")
        _run(folder, checks)
        if left := next(git.changed(folder), None):
            raise Unfinished(f"{left}: the checks changed it; nothing is released")
    _bring(root, version, tagged, last)


def _refuse(root: Path, version: str) -> None:
    """Refuses what can be known to be wrong before any work."""
    asked = text.numbers(version)
    here = text.current((root / TOOLKIT).read_text("utf-8"))
    if asked <= text.numbers(here):
        raise UserError(f"{version}: not newer than {here}, which this is; give a higher one")
    if git.ask(root, "rev-parse", "--verify", "--quiet", f"refs/tags/v{version}") is not None:
        raise UserError(f"v{version}: this tag exists; give another version")
    branch = git.ask(root, "symbolic-ref", "--quiet", "--short", "HEAD") or "no branch"
    if branch != BRANCH:
        raise UserError(f"{branch}: releases are made on {BRANCH}; switch to it")
    if changed := next(git.changed(root), None):
        raise UserError(f"{changed}: not committed; commit or remove what changed")


@contextmanager
def _draft(root: Path) -> Iterator[Path]:
    """A work tree of its own, which is gone afterwards."""
    with TemporaryDirectory(prefix="release-") as scratch:
        folder = Path(scratch, "draft").resolve()
        git.tell(root, "worktree", "add", "--quiet", "--detach", str(folder), "HEAD")
        try:
            yield folder
        finally:
            git.ask(root, "worktree", "remove", "--force", str(folder))


def _edit(folder: Path, version: str, day: date) -> None:
    before = {path: (folder / path).read_text("utf-8") for path in (TOOLKIT, TEMPLATE, CHANGELOG, *TERMINALS)}
    after = {
        TOOLKIT: text.toolkit(before[TOOLKIT], version),
        TEMPLATE: text.template(before[TEMPLATE], version),
        CHANGELOG: text.changelog(before[CHANGELOG], version, day),
        **{path: text.terminal(before[path], version, str(path)) for path in TERMINALS},
    }
    for path, content in after.items():
        (folder / path).write_text(content, "utf-8")


def _run(folder: Path, modules: Sequence[Command]) -> None:
    for command in modules:
        print(f"release: {' '.join(command)}", flush=True)
        done = subprocess.run([sys.executable, "-m", *command], cwd=folder, check=False)
        if done.returncode:
            raise Unfinished(f"{command[0]}: ended with {done.returncode}; nothing is released")


def _commit(folder: Path, message: str) -> str:
    """Commits everything as the maintainer does, hooks and signature included; gives the commit."""
    git.tell(folder, "add", "--all")
    git.tell(folder, "commit", "--quiet", f"--message={message}")
    return git.tell(folder, "rev-parse", "HEAD").strip()


def _bring(root: Path, version: str, tagged: str, last: str) -> None:
    """Tags the release and moves the branch to it, both or neither."""
    git.tell(root, "tag", "--annotate", f"--message={version}", f"v{version}", tagged)
    try:
        git.tell(root, "merge", "--quiet", "--ff-only", last)
    except Unfinished as error:
        git.tell(root, "tag", "--delete", f"v{version}")
        raise Unfinished(f"{BRANCH}: it moved or changed meanwhile; nothing is released, begin again") from error
