"""`clusterwright doctor`: what is missing on this machine, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterwright.doctor import Finding

EPILOG = """\b
Examples:
  clusterwright doctor
  clusterwright doctor my-platform && my-platform/bootstrap/up
"""


@click.command(epilog=EPILOG, short_help="Say what is missing on this machine.")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
def command(path: Path) -> int:
    """Say what is missing on this machine, and what to do about it.

    Looks at what the verbs need and, in a platform repository, runs its bootstrap/preflight: tools and their versions,
    credentials, names that must be free. Credentials are looked for and never shown, and nothing is changed. Exit
    codes: 0 all is there, 1 something has to be put right, 2 wrong use, 3 could not finish.
    """
    from clusterwright import doctor

    root = doctor.root_of(path)
    findings = [*doctor.machine(), *doctor.repository(root)]
    click.echo("This machine")
    _print(findings)
    lacking = any(one.problem and one.needed for one in findings)
    said = doctor.preflight(root)
    if said is not None:
        click.echo(f"\n{root.name} ({doctor.PREFLIGHT})")
        click.echo("\n".join(f"  {line}" for line in said[1].splitlines()))
        lacking |= not said[0]
    return 1 if lacking else 0


def _print(findings: Iterable[Finding]) -> None:
    for one in findings:
        state = "ok" if not one.problem else "missing" if one.needed else "without"
        click.echo(f"  {state:<8} {one.what}{f': {one.problem}' if one.problem else ''}")
