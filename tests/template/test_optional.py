"""What is switched off leaves nothing behind in the output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import tree
from tests.template.questions import ROOT, VALID, answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Template

CATALOGUE: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "catalogue.yaml").read_text(encoding="utf-8"))
EVERYTHING = answers(VALID / "laptop-everything.yaml")
# Where a component may be named that this platform does not run, and why.
NAMED = {
    ".gitea/workflows/application.yaml": "its jobs run BuildKit themselves",
    "registry/projects/platform.yaml": "Argo CD deletes only what the project permits: its namespaces and kinds stay",
    "docs/fleet.md": "it lists what workload clusters may run, whatever runs here",
    "bootstrap/lib/gitea.sh": "its functions serve whoever calls them, and nobody does",
}


def records(component: str) -> dict[str, dict[str, Any]]:
    """What the catalogue has for a component."""
    return {name: one for name, one in CATALOGUE.items() if component in one.get("when", {}).get("components", [])}


def without(component: str) -> list[str]:
    """Every component but one and those that need it."""
    kept = [one for one in EVERYTHING["components"] if one != component]
    gone = records(component).keys()
    return [one for one in kept if not any(gone & set(record.get("needs", [])) for record in records(one).values())]


def named(words: set[str]) -> re.Pattern[str]:
    """Finds any of some names, whole."""
    return re.compile(rf"(?<![\w-])({'|'.join(sorted(words))})(?![\w-])")


def lines(repository: Path) -> Iterator[tuple[str, str]]:
    for name, content in tree(repository).items():
        for line in content[1:].decode().splitlines():
            yield name, line


@pytest.mark.parametrize("component", EVERYTHING["components"])
def test_a_component_that_is_off_leaves_no_file_and_no_line(sources: Template, tmp_path: Path, component: str) -> None:
    repository = sources.render({**EVERYTHING, "components": without(component)}, tmp_path / "out")
    gone = records(component)
    words = {component, *gone, *(one["namespace"] for one in gone.values())}
    assert [path for path in tree(repository) if named(words).search(path)] == []
    # What stays may come from a chart of the same name.
    told = named(
        words - {one["chart"]["name"] for name, one in CATALOGUE.items() if name not in gone and "chart" in one}
    )
    assert {path for path, line in lines(repository) if told.search(line)} <= NAMED.keys()


@pytest.mark.parametrize("component", EVERYTHING["components"])
def test_a_component_that_is_off_keeps_the_rights_to_be_deleted_and_no_source(
    sources: Template, tmp_path: Path, component: str
) -> None:
    repository = sources.render({**EVERYTHING, "components": without(component)}, tmp_path / "out")
    project = yaml.safe_load((repository / "registry/projects/platform.yaml").read_text(encoding="utf-8"))["spec"]
    gone = records(component)
    permitted = {one["namespace"] for one in project["destinations"]}
    assert {one["namespace"] for one in gone.values()} <= permitted
    elsewhere = {one["chart"]["repository"] for name, one in CATALOGUE.items() if "chart" in one and name not in gone}
    own = {one["chart"]["repository"] for one in gone.values() if "chart" in one} - elsewhere
    assert own.isdisjoint(project["sourceRepos"])
