"""The map in README.md, which comes from answers, agrees with the one of what is rendered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import ROOT
from tests.map.conftest import surveyed
from tests.template.golden import GOLDEN, NAMES
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.map.model import Map
    from tests.conftest import Template

WAVE = re.compile(r'wave(\d+)\["([^"]*)"\]')
ROOT_NODE = re.compile(r'root\d+\["([^"]*)"\]')


@pytest.fixture(params=NAMES)
def platform(request: pytest.FixtureRequest) -> tuple[str, Map]:
    """The document, and the map."""
    root = GOLDEN / request.param
    return (root / "README.md").read_text("utf-8"), surveyed(root)


def test_every_component_is_in_the_wave_in_which_it_is_made(platform: tuple[str, Map]) -> None:
    document, shown = platform
    titles = {name: record["title"] for name, record in catalogue().items()}
    drawn = {int(wave): set(names.split("<br>")) for wave, names in WAVE.findall(document)}
    made: dict[int, set[str]] = {}
    for one in shown.applications:
        if one.delivers and one.title in titles:
            made.setdefault(one.wave, set()).add(titles[one.title])
    assert drawn == made


def test_every_environment_and_every_root_is_there(platform: tuple[str, Map]) -> None:
    document, shown = platform
    assert sorted(re.findall(r'env\d+\["([^"]*)"\]', document)) == [*shown.environments]
    assert ROOT_NODE.findall(document) == [one.name for one in shown.roots]


def test_workload_clusters_are_below_the_environment_that_they_run(sources: Template, tmp_path: Path) -> None:
    made = sources.render(answers(VALID / "laptop-fleet.yaml"), tmp_path / "fleet")
    document = (made / "README.md").read_text("utf-8")
    assert 'root2 --> workload["clusters/preview<br>' in document, "their states come after that of `secrets`"
    assert "\nWorkload clusters: `preview`, `" in document
    assert re.findall(r'  (\w+) --> clusters\d+\["([^"]*)"\]', document) == [
        ("management", "tenant<br>leaving<br>gone"),
        ("env1", "preview"),
        ("env3", "datacentre"),
    ]


def test_many_clusters_are_counted(sources: Template, tmp_path: Path) -> None:
    said = answers(VALID / "laptop-fleet.yaml")
    said["clusters"] = [{"name": f"c{number}", "kind": "virtual", "environment": "staging"} for number in range(12)]
    document = (sources.render(said, tmp_path / "fleet") / "README.md").read_text("utf-8")
    assert 'env2 --> clusters2["c0<br>c1<br>c2<br>c3<br>c4<br>c5<br>and 6 more"]' in document


def catalogue() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "catalogue.yaml").read_text("utf-8"))
    return loaded
