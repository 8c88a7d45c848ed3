"""`clusterwright answer`: what a form or a pipeline asks for, as a pull request."""

from __future__ import annotations

import os
from pathlib import Path

import click

from clusterwright import edit
from clusterwright.errors import Stop

EPILOG = """\b
Example:
  clusterwright answer "$GITHUB_EVENT_PATH"   # on GitLab: "$TRIGGER_PAYLOAD"
"""


@click.command(epilog=EPILOG, short_help="Answer a form, or deliver, by a pull request.")
@click.argument("event", type=click.Path(dir_okay=False, path_type=Path))
@edit.repository
def command(*, event: Path, folder: Path) -> int:
    """Answer an EVENT of the git host, which is the file that it gives to a pipeline.

    An issue made from one of this repository's forms becomes the change that it asks for; a delivery names what an
    application has published. Whatever is in the event is untrusted: it is checked like everything in fleet.yaml, and
    the answer is a pull request, which somebody has to approve.
    """
    from clusterwright.fleet.apply import recorded_answers
    from clusterwright.propose import answer, hosts, send
    from clusterwright.propose import event as events

    asked = events.read(event)
    if asked is None:
        click.echo("Nothing is asked for here.")
        return 0
    root = folder.resolve()
    to = hosts.host(recorded_answers(root), os.environ)
    try:
        found = answer.answer(asked)
        edit.carry_out(root, found.change, dry=False, message="")
        closes = f"Closes #{asked.issue}" if asked.issue else ""
        address = send.propose(root, to, found.branch, found.title, closes)
    except Stop as stop:
        answer.tell(
            to, asked, f"This cannot be done as it stands:\n\n    {stop}\n\nClose this, and fill the form in anew."
        )
        raise
    answer.tell(to, asked, f"This is what it takes: {address}")
    click.echo(address)
    return 0
