"""`clusterwright comment`: a report on the pull request that a pipeline checks, kept current."""

from __future__ import annotations

import os
from pathlib import Path

import click

EPILOG = """\b
Example:
  clusterwright review origin/main HEAD --output review.md
  clusterwright comment review.md
"""


@click.command(epilog=EPILOG, short_help="Keep a report current on a pull request.")
@click.argument("report", type=click.Path(dir_okay=False, path_type=Path))
def command(*, report: Path) -> None:
    """Put a Markdown REPORT on the pull request that this pipeline runs for, as one comment.

    The next run writes the same comment anew: it is found by the marker in its first line. The token of the git host is
    in CLUSTERWRIGHT_TOKEN; all that it has to be allowed is to comment. Works in the pipelines of GitHub, Gitea and
    GitLab, and needs no repository, so the job with the token has nothing of the pull request but the report.
    """
    from clusterwright.errors import located
    from clusterwright.propose import comments

    with located(report):
        text = report.read_text(encoding="utf-8", errors="replace")
    sign = comments.marker(report, text)
    to, number = comments.pull(os.environ)
    click.echo(comments.put(to, number, sign, text) or f"Commented on {number}.")
