"""The overview in docs/architecture.md, which comes from answers, agrees with the map of what is rendered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import ROOT
from tests.map.conftest import surveyed
from tests.template.golden import GOLDEN, NAMES

if TYPE_CHECKING:
    from clusterwright.map.model import Map

WAVE = re.compile(r'wave(\d+)\["([^"]*)"\]')
ROOTS = re.compile(r"small roots with a state each, in the order\n`(.*)`\.")


@pytest.fixture(params=NAMES)
def platform(request: pytest.FixtureRequest) -> tuple[str, Map]:
    """The document, and the map."""
    root = GOLDEN / request.param
    return (root / "docs/architecture.md").read_text("utf-8"), surveyed(root)


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
    assert sorted(re.findall(r'env\d+\["environment-([^"]*)"\]', document)) == [*shown.environments]
    found = ROOTS.search(document)
    assert found
    assert found[1].split("`, `") == [one.name for one in shown.roots]


def catalogue() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "catalogue.yaml").read_text("utf-8"))
    return loaded
