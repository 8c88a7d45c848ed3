"""`clusterwright check`: every rule over a repository, ours or anyone's."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clusterwright.errors import UserError, located

if TYPE_CHECKING:
    from clusterwright.check.report import Report
    from clusterwright.check.run import Wanted

EPILOG = """\b
Examples:
  clusterwright check
  clusterwright check registry --select 'app-*' --changed-since origin/main
  clusterwright check --format sarif --output check.sarif
"""
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab")


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
@click.option("--explain", metavar="RULE", help="Print the page of a rule.")
@click.option("--rules", is_flag=True, help="List the rules, or those that --select and --ignore leave.")
def command(paths: tuple[str, ...], form: str, output: str | None, **options: Any) -> int:  # noqa: ANN401 - click's own
    """Check a repository against every rule.

    Each PATH is a repository, or a folder or file in one; the current folder by default. Which rules count is
    configured in .clusterwright.yaml or pyproject.toml. Exit codes: 0 no errors, 1 errors, 2 wrong use,
    3 could not finish.
    """
    gc.disable()  # one run builds much and frees nothing: collecting would cost a quarter of the time

    if options["explain"] or options["rules"]:
        return _tell(options)
    _possible(paths, options)
    from clusterwright.check.run import check

    wanted = _wanted(options)
    paths = (options["stdin_filename"],) if wanted.content is not None else paths or (".",)
    report = check(*paths, wanted=wanted)
    if options["diff"]:
        return _diff(report)
    if options["fix"] and _fix(report):
        report = check(*paths, wanted=wanted)
    _print(report, form, output)
    return 1 if report.failures else 0


def _tell(options: dict[str, Any]) -> int:
    """Says what rules there are, or what one of them is."""
    from clusterwright.check.choice import Choice
    from clusterwright.check.explain import page, table
    from clusterwright.check.registry import RULES
    from clusterwright.check.selection import Selection

    if options["explain"]:
        click.echo(page(options["explain"], (rule.id for rule in RULES)), nl=False)
    else:
        click.echo(table(Selection(RULES, Choice(), options["select"], options["ignore"]).rules))
    return 0


def _possible(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    """Refuses what does not go together."""
    mends = options["fix"] or options["diff"]
    if options["stdin_filename"] and (paths or mends):
        raise UserError("--stdin-filename: is one file, and is only read: leave out PATH, --fix and --diff")
    if options["fix"] and options["diff"]:
        raise UserError("--fix and --diff: one writes, the other shows; choose one")


def _wanted(options: dict[str, Any]) -> Wanted:
    from clusterwright.check.run import Wanted
    from clusterwright.check.settings import minor_version

    version = options["kubernetes_version"]
    return Wanted(
        kubernetes_version=minor_version(version, "--kubernetes-version") if version else "",
        select=options["select"],
        ignore=options["ignore"],
        strict=options["strict"],
        changed_since=options["changed_since"] or "",
        content=sys.stdin.buffer.read() if options["stdin_filename"] else None,
    )


def _diff(report: Report) -> int:
    from clusterwright.check.fix import changes, diff

    shown = [diff(one) for one in changes(report)]
    for one in shown:
        _write(one)
    return 1 if shown else 0


def _fix(report: Report) -> bool:
    """Mends files, and says on stderr what it mended; whether there was anything."""
    from clusterwright.check.fix import changes, write
    from clusterwright.check.reports.text import line

    done = False
    for change in changes(report):
        write(report.root, change)
        done = True
        for finding in change.findings:
            click.echo(f"fixed {line(finding)}", err=True)
    return done


def _print(report: Report, form: str, output: str | None) -> None:
    """Prints the report; one that goes into a file is printed as text besides."""
    if output:
        from clusterwright.check.reports import render

        with located(output):
            Path(output).write_bytes(_bytes(render(report, form)))
        form = "text"
    if form == "text":
        from clusterwright.check.reports import text

        _write(text.render(report, text.look(sys.stdout.buffer, os.environ)))
    else:
        from clusterwright.check.reports import render

        _write(render(report, form))


def _write(text: str) -> None:
    sys.stdout.buffer.write(_bytes(text))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape") + b"\n"
