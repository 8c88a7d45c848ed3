"""`clusterwright check`: every rule over a repository, ours or anyone's."""

from __future__ import annotations

from typing import Any

import click

from clusterwright.check.command import FORMATS, Options, run

EPILOG = """\b
Examples:
  clusterwright check
  clusterwright check registry --select 'app-*' --changed-since origin/main
  clusterwright check --format sarif --output check.sarif
"""


@click.command("check", epilog=EPILOG, short_help="Check a repository against every rule.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@click.option(
    "--format", "form", metavar="NAME", type=click.Choice(FORMATS), default="text", help=f"{', '.join(FORMATS)}."
)
@click.option("--output", type=click.Path(), metavar="FILE", help="Write the report there, and print it as text.")
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule, or these: app-*; repeatable.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not run this rule, or these; repeatable.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@click.option("--fix", is_flag=True, help="Mend what is sure to be mended, and nothing else in a file.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; exit 1 if anything.")
@click.option("--changed-since", metavar="REV", help="Only files that have changed since a git revision.")
@click.option("--stdin-filename", metavar="FILE", help="Check this one file, as it comes from stdin.")
@click.option("--kubernetes-version", metavar="X.Y", help="Whose schemas to use.  [default: 1.35]")
@click.option(
    "--schema-location",
    multiple=True,
    metavar="PATH",
    help="Look for schemas there first: a folder, or a template as kubeconform has them; repeatable.",
)
@click.option("--explain", metavar="RULE", help="Print the page of a rule.")
@click.option("--rules", is_flag=True, help="List the rules, or those that --select and --ignore leave.")
def command(**options: Any) -> int:  # noqa: ANN401 - the fields of Options
    """Check a repository against every rule.

    Each PATH is a repository, or a folder or file in one; the current folder by default. Which rules count is
    configured in .clusterwright.yaml or pyproject.toml. Exit codes: 0 no errors, 1 errors, 2 wrong use,
    3 could not finish.
    """
    return run(Options(**options))
