"""`clusterwright new`: a platform repository from answers, complete or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from clusterwright.errors import UserError

EPILOG = """\b
Examples:
  clusterwright new my-platform
  clusterwright new my-platform --answers answers.yaml --data git_branch=trunk
  clusterwright new my-platform --interactive
"""


@click.command(epilog=EPILOG, short_help="Make a platform repository from answers.")
@click.argument("dest")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE", help="Answers, as a YAML or JSON mapping.")
@click.option("--data", multiple=True, metavar="KEY=VALUE", help="One more answer; repeatable, wins over the file.")
@click.option("--ref", help="The template's revision.  [default: the toolkit's own release]")
@click.option("--template", metavar="SRC", help="A path or URL.  [default: this toolkit's own repository]")
@click.option("--defaults/--interactive", default=True, help="Take defaults for the rest, or ask at the terminal.")
@click.option("--git/--no-git", default=True, help="Make it a git repository with a first commit.  [default: git]")
@click.option("--force", is_flag=True, help="Replace DEST if it is not empty; the old one is kept as DEST.bak-<n>.")
def command(  # noqa: PLR0913 - one argument for each option
    *,
    dest: str,
    answers: Path | None,
    data: tuple[str, ...],
    ref: str | None,
    template: str | None,
    defaults: bool,
    git: bool,
    force: bool,
) -> int:
    """Make a platform repository in DEST.

    The answers are validated as a whole, the files are rendered beside DEST and checked, and only then is DEST made.
    """
    if not defaults and not sys.stdin.isatty():
        raise UserError("--interactive: no terminal to ask at; give --answers or --data instead")
    from clusterwright.render import answers as given
    from clusterwright.render import make, source

    wanted = make.Wanted(
        answers=given.gather(answers, data),
        source=source.find(template, ref),
        interactive=not defaults,
        git=git,
    )
    for note in wanted.source.notes:
        click.echo(f"clusterwright: note: {note}", err=True)
    made = make.make(dest, wanted, force=force)
    for line in make.summary(dest, made):
        click.echo(line)
    return 1 if made.report.errors else 0
