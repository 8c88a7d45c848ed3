"""`clusterwright propose`: what changed, as a pull request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from clusterwright import edit

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Example:
  clusterwright app promote shop production
  clusterwright propose --branch promote-shop --title "Promote shop"
"""


@click.command(epilog=EPILOG, short_help="Open a pull request of what changed.")
@click.option("--branch", required=True, help="The branch; what it held before is replaced.")
@click.option("--title", required=True, help="Of the commit and of the pull request.")
@click.option("--body", default="", help="What reviewers should know.")
@edit.repository
def command(*, branch: str, title: str, body: str, folder: Path) -> None:
    """Commit what changed on a branch, push it, and open a pull request, or renew the one that the branch has.

    The token of the git host is in CLUSTERWRIGHT_TOKEN. Works with GitHub, Gitea and GitLab.
    """
    from clusterwright.fleet.apply import recorded_answers
    from clusterwright.propose import hosts, send

    root = folder.resolve()
    to = hosts.host(recorded_answers(root), os.environ)
    click.echo(send.propose(root, to, branch, title, body) or "Nothing changed.")
