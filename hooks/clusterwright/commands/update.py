"""`clusterwright update`: the next version of the template, as a branch with a pull request's text."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clusterwright.update.run import Proposal

EPILOG = """\b
Examples:
  clusterwright update --preview
  clusterwright update
  clusterwright update --to 1.2.0 --branch next
  clusterwright update --propose         in a pipeline, by the clock
"""


@click.command(epilog=EPILOG, short_help="Bring the next version of the template.")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--to", metavar="VERSION", default="", help="The version to go to.  [default: the newest release]")
@click.option("--branch", metavar="NAME", default="", help="The branch to make; named after VERSION by default.")
@click.option("--preview", is_flag=True, help="Say what would happen, and make no branch.")
@click.option(
    "--body",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the pull request's text.",
)
@click.option("--propose", "open_", is_flag=True, help="Push it, and open its pull request or renew the one there is.")
def command(  # noqa: PLR0913 - one argument for each option
    *, path: Path, to: str, branch: str, preview: bool, body: Path | None, open_: bool
) -> int:
    """Bring the next version of the template to the repository at PATH.

    Says what the template changes, what you changed, what conflicts and which clusters it reaches; then makes a branch
    with the update, checked, and writes the text of a pull request. Your branch and your files stay as they are,
    whenever it is interrupted. Exit codes: 0 fine, 1 something is to be settled on the branch, 2 wrong use,
    3 could not finish.

    With --propose the branch is one of the git host alone, the same for every version, so there is one pull request.
    It is left as it is once people have committed to it. The token of the git host is in CLUSTERWRIGHT_TOKEN.
    """
    from clusterwright import git
    from clusterwright.errors import located
    from clusterwright.update import text
    from clusterwright.update.run import PROPOSED, carry_out, propose

    proposal = propose(path, to, branch or (PROPOSED if open_ else ""))
    if proposal is None:
        click.echo("Up to date.")
        return 0
    _write(f"{text.preview(proposal)}\n")
    if open_ and not preview:
        click.echo(f"\n{_published(proposal) or 'Its pull request is as it should be.'}")
        return 0  # what is to be settled is in the pull request
    if not preview:
        carry_out(proposal)
        git_folder = git.tell(proposal.root, "rev-parse", "--absolute-git-dir").strip()
        target = body or Path(git_folder, "clusterwright-update.md")
        with located(target):
            target.write_bytes(text.pull_request(proposal).encode("utf-8", "surrogateescape"))
        _write("\n" + "".join(f"{line}\n" for line in text.outcome(proposal, str(target))))
    return 0 if proposal.is_clean else 1


def _published(proposal: Proposal) -> str:
    """Opens the pull request; gives its address."""
    from clusterwright.fleet.apply import recorded_answers
    from clusterwright.propose import hosts, send
    from clusterwright.update import text

    to = hosts.host(recorded_answers(proposal.root), os.environ)
    return send.publish(proposal.root, to, proposal.commit, proposal.branch, text.pull_request(proposal))


def _write(said: str) -> None:
    sys.stdout.buffer.write(said.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
