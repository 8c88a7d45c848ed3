"""Every rule on changes finds the danger that is planted for it, and says what follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from clusterwright.review.registry import RULES
from tests.review.conftest import Workshop
from tests.review.garden import CLOUD, FILES, LOKI, application

DANGERS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("dangers.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    root = tmp_path_factory.mktemp("garden")
    workshop = Workshop(root)
    workshop.commit(FILES)
    return workshop


@pytest.mark.parametrize("name", DANGERS)
def test_a_planted_danger_is_found_and_nothing_else_is(garden: Workshop, name: str) -> None:
    files = DANGERS[name]["files"]
    try:
        for path, change in files.items():
            if change is None:
                garden.remove(path)
            elif isinstance(change, str):
                garden.write(path, change)
            else:
                garden.edit(path, change["before"], change["after"])
        found = garden.found()
    finally:
        for path in files:
            if path in FILES:
                garden.write(path, FILES[path])
            else:
                garden.remove(path)
    assert found == DANGERS[name]["found"]


def test_every_rule_has_a_planted_danger() -> None:
    planted = {line.partition(":")[0] for danger in DANGERS.values() for line in danger["found"]}
    assert planted == {rule.id for rule in RULES}


def test_what_a_hundred_clusters_share_is_said_once(workshop: Workshop) -> None:
    names = [f"c{number:02}" for number in range(1, 13)]
    files = {f"registry/clusters/{name}/loki.yaml": application("loki", name) for name in names}
    workshop.commit(files)
    for path in files:
        workshop.edit(path, "prune: true", "prune: false")
    (one,) = workshop.review().attention
    assert one.title == "Application <cluster>-loki"
    assert one.clusters == tuple(names)
    assert one.paths == tuple(files)


def test_a_move_that_the_code_tells_is_no_danger(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.edit(CLOUD, '"aws_db_instance" "main"', '"aws_db_instance" "shop"')
    moved = "\nmoved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.shop\n}\n"
    workshop.write("infrastructure/cloud/moved.tf", moved)
    assert workshop.found() == []


def test_an_application_that_moves_to_another_file_is_no_danger(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.remove(LOKI)
    workshop.write("registry/clusters/east/logs/loki.yaml", FILES[LOKI])
    assert workshop.found() == []


def test_waves_that_shift_together_are_no_danger(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, 'sync-wave: "1"', 'sync-wave: "2"')
    workshop.edit("registry/clusters/east/traefik.yaml", 'sync-wave: "3"', 'sync-wave: "4"')
    assert workshop.found() == []
