"""Makes a platform repository: staged, rendered, checked, committed, and only then put in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterwright import git
from clusterwright.errors import Refused
from clusterwright.fleet import networks
from clusterwright.progress import step
from clusterwright.render.copier import Rendered, render
from clusterwright.render.staging import stage

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.check.report import Report
    from clusterwright.render.answers import Answers
    from clusterwright.render.source import Source


@dataclass(frozen=True)
class Wanted:
    """What to make.

    Attributes:
        answers: what is answered.
        source: the template.
        git: whether to make it a git repository.
    """

    answers: Answers
    source: Source
    git: bool = True


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        path: where it is.
        rendered: what Copier recorded.
        files: how many files it has.
        report: what the check found.
        kept: where the tree that it replaced is now.
        committed: whether it is a git repository.
    """

    path: Path
    rendered: Rendered
    files: int
    report: Report
    kept: Path | None
    committed: bool


def make(destination: str, wanted: Wanted, *, force: bool = False) -> Made:
    """Makes a repository.

    Args:
        destination: its folder.
        wanted: what to make.
        force: whether to replace what is there.

    Returns:
        What was made.

    Raises:
        UserError: an answer or the destination cannot be used; nothing was touched.
        Unfinished: the template could not be fetched or rendered; nothing was touched.
    """
    with stage(destination, force=force) as staged:
        rendered = _render(wanted, staged.tree)
        with step("Checking"):
            report = _check(staged.tree)
        files = sum(path.is_file() for path in staged.tree.rglob("*"))
        if wanted.git:
            branch = str(rendered.recorded.get("git_branch", "main"))
            with step("Committing"):
                git.first_commit(staged.tree, branch, f"Begin the platform from Clusterwright {rendered.version}")
        staged.place()
        return Made(staged.target, rendered, files, report, staged.kept, wanted.git)


def summary(destination: str, made: Made) -> list[str]:
    """Says what was made and what comes next, a line each."""
    from clusterwright.check.reports.text import render as as_text

    recorded = made.rendered.recorded
    size = f"{made.rendered.components} components, {made.files} files"
    lines = [
        f"Made {destination}: {size}, from Clusterwright {made.rendered.version}.",
        *(f"Not asked with these answers, and not used: {name}." for name in made.rendered.unused),
        *([f"What was there before is in {made.kept}."] if made.kept else []),
        "",
        "Checked:",
        *(f"  {line}" for line in as_text(made.report).splitlines()),
        "",
        "Next:",
        f"  cd {destination}",
    ]
    if not made.committed:
        lines.append(f"  git init -b {recorded.get('git_branch', 'main')} && git add -A && git commit")
    return [
        *lines,
        "  less README.md                        what runs where, and every day-2 job",
        "  clusterwright map --output map.html   the same as a page to click through",
        "  clusterwright doctor                  what this machine lacks to start it",
        "  bootstrap/up                          from nothing to a running platform",
    ]


def _render(wanted: Wanted, tree: Path) -> Rendered:
    try:
        networks.allow(wanted.answers.data.get("clusters"))
        with step(f"Rendering {wanted.source.ref or wanted.source.url}"):
            return render(wanted.source, wanted.answers, tree)
    except Refused as refused:
        raise wanted.answers.placed(refused) from None


def _check(tree: Path) -> Report:
    from clusterwright.check.run import check

    return check(str(tree))
