"""`clusterwright map`: what is where in a repository, and who depends on whom."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clusterwright.errors import UserError, located
from clusterwright.map.formats import ENDINGS, FORMATS

if TYPE_CHECKING:
    from clusterwright.map.model import Map

EPILOG = """\b
Examples:
  clusterwright map                     an outline of the repository
  clusterwright map --output map.html   a page to search and click through
  clusterwright map --diff origin/main --output map.html
  clusterwright map --insert README.md --check
"""


@click.command("map", epilog=EPILOG, short_help="Show what is where, and who depends on whom.")
@click.argument("path", default=".", type=click.Path())
@click.option(
    "--format", "form", metavar="NAME", type=click.Choice(FORMATS), default="text", help=f"{', '.join(FORMATS)}."
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"Write it there instead, as the ending says: {', '.join(ENDINGS)}; repeatable.",
)
@click.option("--diff", "base", metavar="BASE", help="Mark what was added, changed and removed since it left BASE.")
@click.option(
    "--insert",
    "into",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw it in a Markdown file, between <!-- clusterwright map --> and <!-- end of map -->.",
)
@click.option("--check", is_flag=True, help="With --insert: write nothing; exit 1 if FILE has another map.")
def command(  # noqa: PLR0913 - one argument for each option
    *, path: str, form: str, outputs: tuple[Path, ...], base: str | None, into: Path | None, check: bool
) -> int:
    """Show what is where in a repository, and who depends on whom.

    PATH is an Argo CD repository, ours or anyone's; the current folder by default. Shows clusters, what is delivered to
    each in which wave, environments, projects, and the roots of OpenTofu or Terraform. What is alike is folded, so that
    a hundred clusters still make a picture. svg and html need Graphviz, which clusterwright[map] brings along.
    """
    _possible(outputs, base, into, check=check)
    if not Path(path).is_dir():
        raise UserError(f"{path}: no such folder")
    gc.disable()  # one run builds much and frees nothing
    shown = _compared(Path(path), base) if base else _surveyed(path)
    if into:
        return _insert(shown, into, check=check)
    from clusterwright.map.formats import render

    rendered = [(one, render(shown, ENDINGS[one.suffix])) for one in outputs]
    for one, text in rendered:
        with located(one):
            one.write_bytes(_bytes(text))
    if not outputs:
        sys.stdout.buffer.write(_bytes(render(shown, form)))
    return 0


def _possible(outputs: tuple[Path, ...], base: str | None, into: Path | None, *, check: bool) -> None:
    """Refuses what does not go together."""
    for one in outputs:
        if one.suffix not in ENDINGS:
            raise UserError(f"--output: {one} has no ending that says what to write; use {', '.join(ENDINGS)}")
    if into and (outputs or base):
        raise UserError("--insert: keeps the map in one file; leave out --output and --diff")
    if check and not into:
        raise UserError("--check: looks at the map in a file; say which with --insert FILE")


def _insert(shown: Map, into: Path, *, check: bool) -> int:
    from clusterwright.map.formats import render
    from clusterwright.map.insertion import inserted

    before, after = inserted(into, render(shown, "mermaid"))
    if check and before != after:
        click.echo(f"{into}: another map than the repository; run `clusterwright map --insert {into}`")
        return 1
    if not check:
        with located(into):
            into.write_bytes(after)
    return 0


def _surveyed(path: str) -> Map:
    from clusterwright.check.parallel import Pair
    from clusterwright.check.repository import load
    from clusterwright.map.survey import survey

    with Pair() as pair:
        repository = load(path, pair=pair)
    return survey(repository).map


def _compared(path: Path, base: str) -> Map:
    from clusterwright.map.comparison import compared

    return compared(path, base)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape") + b"\n"
