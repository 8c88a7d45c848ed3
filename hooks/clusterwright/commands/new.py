"""`clusterwright new`: a platform repository from answers, complete or not at all."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterwright.errors import UserError

if TYPE_CHECKING:
    from clusterwright.render.answers import Answers
    from clusterwright.render.source import Source

EPILOG = """\b
Examples:
  clusterwright new my-platform
  clusterwright new my-platform --answers answers.yaml --data git_branch=trunk
  CLUSTERWRIGHT_ANSWER_cloud=k3d clusterwright new my-platform
"""


@click.command(epilog=EPILOG, short_help="Make a platform repository from answers.")
@click.argument("dest")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE", help="Answers, as a YAML or JSON mapping.")
@click.option("--data", multiple=True, metavar="KEY=VALUE", help="One more answer; repeatable, wins over the file.")
@click.option("--ref", help="The template's revision.  [default: the toolkit's own release]")
@click.option("--template", metavar="SRC", help="A path or URL.  [default: this toolkit's own repository]")
@click.option(
    "--defaults/--interactive",
    default=None,
    help="Take defaults for the rest, or ask.  [default: ask, if nothing is answered and there is a terminal]",
)
@click.option("--git/--no-git", default=True, help="Make it a git repository with a first commit.  [default: git]")
@click.option("--force", is_flag=True, help="Replace DEST if it is not empty; the old one is kept as DEST.bak-<n>.")
def command(  # noqa: PLR0913 - one argument for each option
    *,
    dest: str,
    answers: Path | None,
    data: tuple[str, ...],
    ref: str | None,
    template: str | None,
    defaults: bool | None,
    git: bool,
    force: bool,
) -> int:
    """Make a platform repository in DEST.

    On a terminal it asks, explains each choice, and shows what it will make before it does. The answers are validated
    as a whole, the files are rendered beside DEST and checked, and only then is DEST made.
    """
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if defaults is False and not terminal:
        raise UserError("--interactive: no terminal to ask at; give --answers or --data instead")
    from clusterwright.render import answers as given
    from clusterwright.render import make, source, staging

    gathered = given.gather(answers, data, os.environ)
    chosen = source.find(template, ref)
    for note in chosen.notes:
        click.echo(f"clusterwright: note: {note}", err=True)
    if defaults is False or (defaults is None and terminal and not gathered.data):
        staging.usable(dest, force=force)
        gathered = _asked(dest, gathered, chosen)
    made = make.make(dest, make.Wanted(gathered, chosen, git), force=force)
    for line in make.summary(dest, made):
        click.echo(line)
    return 1 if made.report.errors else 0


def _asked(dest: str, gathered: Answers, source: Source) -> Answers:
    """The answers with those that a person gives at the terminal."""
    from clusterwright.render.interview import Interview
    from clusterwright.render.questionnaire import opened

    with opened(source) as questions:
        questions.check(gathered)
        return replace(gathered, data=Interview(questions, gathered.data).hold(dest))
