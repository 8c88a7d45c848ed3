"""`clusterwright apply`: what fleet.yaml says now, rendered at the recorded version of the template."""

from __future__ import annotations

from pathlib import Path

import click

MARKS = {"add": "+", "change": "~", "delete": "-"}
REMEDIES = {
    "edited": "restore it from git, and use an override (docs/ownership.md)",
    "missing": "restore it from git, or undo an edit of .copier-answers.yml by hand",
}
EPILOG = """\b
Examples:
  clusterwright apply            after an edit of fleet.yaml
  clusterwright apply --check    in a pipeline: nothing to do, no hand edits
"""


@click.command(epilog=EPILOG, short_help="Render what fleet.yaml says now.")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would change or was edited by hand.")
@click.option("--allow-delete", is_flag=True, help="Let the folder of a cluster or an environment go.")
def command(*, path: Path, check: bool, allow_delete: bool) -> int:
    """Render what fleet.yaml says now into the repository at PATH.

    Only fleet.yaml may have uncommitted edits. The same as
    `copier update --vcs-ref=:current: --defaults --data-file fleet.yaml` once it is committed.
    """
    from clusterwright.fleet.apply import carry_out, propose

    proposal = propose(path)
    planned = proposal.plan
    if not check:
        carry_out(proposal, allow_delete=allow_delete)
    for name, action in planned.changes.items():
        click.echo(f"{MARKS[action]} {name}")
    for name, edit in planned.drift.items():
        click.echo(f"! {name}: {edit}; {REMEDIES[edit]}")
    for folder in planned.removed:
        if not check and (proposal.root / folder).exists():
            click.echo(f"! {folder}: the files of your own in it are still there")
    click.echo(_outcome(len(planned.changes), len(planned.drift), check=check))
    return 1 if check and (planned.changes or planned.drift) else 0


def _outcome(changes: int, drift: int, *, check: bool) -> str:
    changed = f"{changes} file{'' if changes == 1 else 's'}"
    if check:
        return f"{changed} to change, {drift} edited by hand." if changes or drift else "As fleet.yaml says."
    return f"Changed {changed}; review them with `git diff`, then commit." if changes else "As fleet.yaml says."
