"""`clusterwright app`: applications, and which version of each runs where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clusterwright import edit
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from clusterwright.fleet.change import Edit, Fleet

EPILOG = """\b
Examples:
  clusterwright app add shop --chart ghcr.io/acme/charts/shop --version 1.4.0
  clusterwright app add site --scaffold ghcr.io/acme/site --image 1.0.0
  clusterwright app deliver shop development --version 1.5.0
  clusterwright app promote shop production
"""


@click.group(epilog=EPILOG, short_help="Add, deliver, promote, remove, list or show applications.")
def command() -> None:
    """The applications of fleet.yaml: where each comes from, and which version runs in which environment.

    Each change edits fleet.yaml, its comments kept, and renders what follows: one commit's worth. What belongs to an
    application, such as its values, is yours, in apps/NAME/.
    """


@command.command("add", epilog=edit.example("app add shop --chart ghcr.io/acme/charts/shop --version 1.4.0"))
@click.argument("name", required=False)
@click.option("--chart", metavar="REPOSITORY/CHART", help="A Helm chart: OCI without a scheme, or https://.")
@click.option("--git", metavar="URL", help="A Git repository, with --path.")
@click.option("--path", metavar="FOLDER", help="The folder in it, or one below apps/ of this repository.")
@click.option("--scaffold", metavar="IMAGE", help="A chart of your own in apps/NAME/chart, for an image without tag.")
@click.option(
    "--sample", type=click.Path(path_type=Path), metavar="DIR", help="With --scaffold: begin its source in DIR."
)
@click.option("--type", "kind", type=click.Choice(["helm", "kustomize", "manifests"]), help="What --path holds.")
@click.option("--env", "environments", multiple=True, metavar="ENV", help="Where; repeatable.  [default: the first]")
@click.option("--version", metavar="VERSION", help="Of the chart, or a tag or commit of the Git repository.")
@click.option("--image", metavar="TAG", help="With --scaffold: the tag or digest to begin with.")
@click.option("--team", metavar="TEAM", help="Who looks after it.  [default: all developers]")
@click.option("--host", metavar="NAME", help="People reach it at NAME-ENV below the base domain.")
@click.option("--service", metavar="NAME", help="The Service behind that name.  [default: the application's name]")
@click.option("--port", type=int, metavar="PORT", help="Its port.  [default: 80]")
@click.option("--secret", "secrets", multiple=True, metavar="NAME", help="A secret that it reads; repeatable.")
@edit.dry_run
@edit.repository
def add(
    *,
    name: str | None,
    sample: Path | None,
    dry_run: bool,
    folder: Path,
    **given: Any,  # noqa: ANN401 - click's options
) -> int:
    """Add an application from a chart, a Git repository, a folder here, or a scaffold."""
    from clusterwright.fleet import applications, beginnings

    if sample:
        _sampled(sample, given["scaffold"])
    chosen = edit.asked(name, "NAME", "Name of the application")
    if not any(given[key] for key in ("chart", "git", "path", "scaffold")):
        given["chart"] = edit.asked(None, "--chart", "Chart, as REPOSITORY/CHART")
    if given["chart"] or given["git"]:
        given["version"] = edit.asked(given["version"], "--version", "Version")

    def change(fleet: Fleet) -> Edit:
        begun = beginnings.begin(chosen, given, fleet.entries("environments"))
        return applications.add(fleet, begun.entry, begun.files)

    code = edit.carry_out(folder, change, dry=dry_run, message=f"Add the application {chosen}")
    if sample and not dry_run:
        _write_sample(sample, chosen, given["scaffold"], folder)
    return code


def _sampled(sample: Path, image: str | None) -> None:
    from clusterwright.fleet.sample import vacant

    if not image:
        raise UserError("--sample: no image; give its repository with --scaffold")
    vacant(sample)


def _write_sample(sample: Path, name: str, image: str, folder: Path) -> None:
    from clusterwright.fleet import sample as samples
    from clusterwright.fleet.apply import recorded_answers

    samples.write(sample, samples.files(name, image, recorded_answers(folder)))
    click.echo(f"Its source is in {sample}: make that a repository, and push it. docs/delivery.md says what it needs.")


@command.command("deliver", epilog=edit.example("app deliver shop development --version 1.5.0"))
@edit.argument("name", "Name of the application")
@edit.argument("environment", "Environment")
@click.option("--version", metavar="VERSION", help="Of the chart, or a tag or commit of the Git repository.")
@click.option("--image", metavar="TAG@DIGEST", help="What apps/NAME/ENVIRONMENT.yaml pins: a tag, a digest, or both.")
@edit.dry_run
@edit.repository
def deliver(  # noqa: PLR0913 - one argument for each option
    *, name: str, environment: str, version: str | None, image: str | None, dry_run: bool, folder: Path
) -> int:
    """Say what runs in an environment: one line of one file of yours changes."""
    from clusterwright.fleet import applications, images

    if not version and not image:
        raise UserError("deliver: nothing to deliver; give --version or --image")
    pinned = images.understood(image) if image else None
    return edit.carry_out(
        folder,
        lambda fleet: applications.deliver(fleet, name, environment, version, pinned),
        dry=dry_run,
        message=f"Deliver {name} {version or image} to {environment}",
    )


@command.command("promote", epilog=edit.example("app promote shop production"))
@edit.argument("name", "Name of the application")
@edit.argument("environment", "Environment")
@click.option("--from", "origin", metavar="ENV", help="Where from.  [default: the environment before it]")
@edit.dry_run
@edit.repository
def promote(*, name: str, environment: str, origin: str | None, dry_run: bool, folder: Path) -> int:
    """Let an environment run what the one before it runs. Reverting the commit takes it back."""
    from clusterwright.fleet import applications

    return edit.carry_out(
        folder,
        lambda fleet: applications.promote(fleet, name, environment, origin),
        dry=dry_run,
        message=f"Promote {name} to {environment}",
    )


@command.command("remove", epilog=edit.example("app remove shop --env staging"))
@edit.argument("name", "Name of the application")
@click.option("--env", "environment", metavar="ENV", help="Only there.")
@click.option("--yes", is_flag=True, help="Do not ask at the terminal.")
@edit.dry_run
@edit.repository
def remove(*, name: str, environment: str | None, yes: bool, dry_run: bool, folder: Path) -> int:
    """Remove an application, or take it out of one environment. What is in apps/ stays."""
    from clusterwright.fleet import applications

    where = f" from {environment}" if environment else ""
    edit.confirmed(f"Remove {name}{where}?", yes=yes or dry_run)
    return edit.carry_out(
        folder,
        lambda fleet: applications.remove(fleet, name, environment),
        dry=dry_run,
        message=f"Remove the application {name}{where}",
    )


@command.command("list", epilog=edit.example("app list"))
@edit.form
@edit.repository
def list_(*, form: str, folder: Path) -> None:
    """List applications, and what runs where."""
    from clusterwright.fleet import images
    from clusterwright.fleet.change import opened

    fleet = opened(folder)
    order = fleet.entries("environments")
    rows = [
        {
            "name": app["name"],
            "team": app.get("team"),
            **{env: images.runs(fleet.root, app, env) for env in order if env in app["environments"]},
        }
        for app in fleet.entries("applications")
    ]
    edit.printed(rows, ("name", "team", *order), form)


@command.command("show", epilog=edit.example("app show shop"))
@edit.argument("name", "Name of the application")
@edit.form
@edit.repository
def show(*, name: str, form: str, folder: Path) -> None:
    """Show an application."""
    from clusterwright.fleet import images
    from clusterwright.fleet.change import opened

    fleet = opened(folder)
    app = fleet.entries("applications")[fleet.named("applications", "app", name)]
    edit.shown({**app, "runs": {env: images.runs(fleet.root, app, env) for env in app["environments"]}}, form)
