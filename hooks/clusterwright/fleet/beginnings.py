"""What an application begins with: its entry in fleet.yaml, and the files that a scaffold makes in apps/."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clusterwright import scaffold
from clusterwright.errors import UserError
from clusterwright.fleet import images

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Beginning:
    """An entry of `applications`, and files in apps/ by path."""

    entry: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)


def begin(name: str, given: Mapping[str, Any], order: Sequence[str]) -> Beginning:
    """Makes an entry of what was said of an application.

    Args:
        name: its name.
        given: what was said: chart, git, path, scaffold, kind, environments, version, image, team, host, service, port,
            secrets.
        order: the environments, in the order of promotion.

    Raises:
        UserError: it comes from nowhere, or from more than one place.
    """
    chosen = list(given["environments"] or order[:1])
    entry = {
        "name": name,
        "team": given["team"],
        "host": given["host"],
        "service": given["service"],
        "port": given["port"],
        "source": _source(name, given),
        "secrets": list(given["secrets"]),
        "environments": {env: {"version": given["version"]} if given["version"] else {} for env in chosen},
    }
    return Beginning(entry, _scaffolded(name, given, chosen) if given["scaffold"] else {})


def _source(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    places = [key for key in ("chart", "git", "scaffold") if given[key]]
    if len(places) > 1 or (given["path"] and places and places != ["git"]):
        raise UserError("app add: more than one source; give one of --chart, --git with --path, --path and --scaffold")
    if given["scaffold"]:
        return {"path": f"apps/{name}/chart"}
    if given["chart"]:
        repository, slash, chart = given["chart"].removeprefix("oci://").rpartition("/")
        if not slash:
            raise UserError("--chart: no repository; write REPOSITORY/CHART, such as ghcr.io/acme/charts/shop")
        return {"chart": chart, "repository": repository}
    if given["git"] and not given["path"]:
        raise UserError("--path: no folder of the Git repository; give it")
    source = {"git": given["git"], "path": given["path"], "type": given["kind"]}
    return {key: value for key, value in source.items() if value}


def _scaffolded(name: str, given: Mapping[str, Any], environments: Sequence[str]) -> dict[str, str]:
    chart = {f"apps/{name}/chart/{path}": text for path, text in scaffold.files("chart", name).items()}
    values = f"# What differs on this platform from chart/values.yaml.\nimage:\n  repository: {given['scaffold']}\n"
    found = {**chart, f"apps/{name}/values.yaml": values}
    if given["image"]:
        image = images.understood(given["image"])
        for environment in environments:
            found[f"apps/{name}/{environment}.yaml"] = images.values(image)
    return found
