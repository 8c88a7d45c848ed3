"""`clusterwright order`: what the first sync does, in which order, and whether it gets stuck."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FORMATS = ("text", "mermaid", "json")
EPILOG = """\b
Examples:
  clusterwright order                    the first sync of this repository
  clusterwright order --root management --format mermaid
"""


@click.command("order", epilog=EPILOG)
@click.argument("path", default=".", type=click.Path())
@click.option("--root", metavar="NAME", help="Where to start; default: every Application that no other one applies.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to print the timeline.")
def command(path: str, root: str | None, form: str) -> int:
    """Simulate the first sync, and show its waves.

    PATH is an Argo CD repository; the current folder by default. Shows what is made in which wave, what it waits for
    and who provides that. Exit codes: 0 it gets through, 1 a deadlock, 2 wrong use, 3 could not finish.
    """
    from clusterwright.check.repository import load
    from clusterwright.errors import UserError
    from clusterwright.order.data import as_json
    from clusterwright.order.mermaid import as_mermaid
    from clusterwright.order.simulate import simulate
    from clusterwright.order.text import as_text

    if not Path(path).is_dir():
        raise UserError(f"{path}: no such folder")
    order = simulate(load(path), root or "")
    printed = {"text": as_text, "mermaid": as_mermaid, "json": as_json}[form](order)
    sys.stdout.buffer.write(printed.encode("utf-8", "surrogateescape") + b"\n")
    return 1 if order.deadlocks else 0
