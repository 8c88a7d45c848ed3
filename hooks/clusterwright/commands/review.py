"""`clusterwright review`: what a pull request would do, the risk first."""

from __future__ import annotations

import gc
import re
import sys
from pathlib import Path

import click

from clusterwright.check.reports.text import printable
from clusterwright.errors import UserError, located
from clusterwright.records import replace
from clusterwright.review import reports
from clusterwright.review.reports import ENDINGS, FORMATS

_LINK = re.compile(r"https?://[\w.~/?#@!$&+,;=%:-]+|[\w.~/+%-]+", re.ASCII)
"""An address, or a path, that no kind of report has to quote."""

EPILOG = """\b
Examples:
  clusterwright review main              the working tree, against main
  clusterwright review v1 v2 --format markdown
  clusterwright review origin/main HEAD --output review.md --fail-on attention
  clusterwright review origin/main --output review.html --map map.html
"""


@click.command(epilog=EPILOG, short_help="Say what a change does, the risk first.")
@click.argument("base", default="")
@click.argument("head", default="")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to print the report.")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"Write a report there too, as its ending says: {', '.join(ENDINGS)}; repeatable.",
)
@click.option(
    "--charts",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Look there for packed charts to render; repeatable. Helm's cache is looked into too.",
)
@click.option(
    "--render/--no-render",
    default=True,
    help="Render the template, if it is here, to tell whose a change is; slower.  [default: render]",
)
@click.option("--map", "link", default="", metavar="LINK", help="Link the page of `clusterwright map --diff` there.")
@click.option("--fail-on", type=click.Choice(("attention",)), help="Exit 1 if a person should look at something.")
@click.option("--explain", metavar="RULE", help="Print the page of a rule.")
@click.option("--rules", is_flag=True, help="List the rules on changes.")
def command(  # noqa: PLR0913 - one argument for each option
    *,
    base: str,
    head: str,
    form: str,
    outputs: tuple[Path, ...],
    charts: tuple[Path, ...],
    render: bool,
    link: str,
    fail_on: str | None,
    explain: str | None,
    rules: bool,
) -> int:
    """Say what a change does, the risk first.

    Compares HEAD, or the working tree, with the commit at which it left BASE. Runs without network, and reads the
    commits where they are: nothing is checked out. Exit codes: 0 fine, 1 attention needed and --fail-on given,
    2 wrong use, 3 could not finish.
    """
    if explain or rules:
        return _tell(explain)
    if not base:
        raise UserError("BASE: say what to compare with, such as origin/main")
    for one in outputs:
        if one.suffix not in ENDINGS:
            raise UserError(f"--output: {one} has no ending that says what to write; use {', '.join(ENDINGS)}")
    if link and not _LINK.fullmatch(link):
        raise UserError(f"--map: {printable(link)} is no link; give a path, or an address that begins with https://")
    gc.disable()  # one run builds much and frees nothing
    from clusterwright.review.renders import renders
    from clusterwright.review.run import review

    found = replace(review(Path(), base, head, charts, renders if render else None), map=link)
    for one in outputs:
        with located(one):
            one.write_bytes(_bytes(reports.render(found, ENDINGS[one.suffix])))
    sys.stdout.buffer.write(_bytes(reports.render(found, form)))
    return 1 if fail_on and found.verdict == "attention" else 0


def _tell(explain: str | None) -> int:
    """Prints the page of a rule, or the list of all."""
    from clusterwright.check.explain import page
    from clusterwright.review.registry import PAGES, RULES

    if explain:
        sys.stdout.write(page(explain, (one.id for one in RULES), PAGES))
        return 0
    width = max(len(one.id) for one in RULES)
    for one in RULES:
        print(f"{one.id:<{width}}  {one.level:<7}  {one.title}")
    return 0


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
