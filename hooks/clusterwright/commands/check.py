"""`clusterwright check`: every rule over a repository, ours or anyone's."""

from __future__ import annotations

import gc
import sys

import click


@click.command("check")
@click.argument("path", default=".", type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the report.")
@click.option(
    "--kubernetes-version", metavar="X.Y", help="Whose schemas to use; default: .clusterwright.yaml, else 1.35."
)
def command(path: str, form: str, kubernetes_version: str | None) -> int:
    """Check a repository against every rule.

    PATH is a repository, or a folder or file in one; the current folder by default. Exit codes: 0 nothing found,
    1 findings, 2 wrong use, 3 could not finish.
    """
    gc.disable()  # one run builds much and frees nothing: collecting would cost a quarter of the time

    from clusterwright.check.report import as_json, as_text
    from clusterwright.check.run import check
    from clusterwright.check.settings import minor_version

    version = minor_version(kubernetes_version, "--kubernetes-version") if kubernetes_version else ""
    report = check(path, version)
    printed = as_json(report) if form == "json" else as_text(report)
    sys.stdout.buffer.write(printed.encode("utf-8", "surrogateescape") + b"\n")
    return 1 if report.errors else 0
