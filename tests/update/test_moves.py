"""What moves.yaml says reaches every platform, where `update` and `check` read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from clusterwright.check.settings import settings
from tests.conftest import ROOT, Template, copy_sources
from tests.update.conftest import known_to, released

if TYPE_CHECKING:
    from pathlib import Path

MOVES = {"registry/clusters/*/overrides/old.yaml": "registry/clusters/*/overrides/new.yaml"}


def test_a_platform_knows_what_was_moved(tmp_path: Path) -> None:
    (tmp_path / "template").mkdir()
    template = Template(copy_sources(tmp_path / "template"), version=None)
    answers = known_to(released()[0])["laptop-minimal.yaml"]
    before = yaml.safe_load((template.path / "moves.yaml").read_text("utf-8"))
    assert moved(template.render(answers, tmp_path / "before")) == before
    (template.path / "moves.yaml").write_text(yaml.safe_dump(MOVES), "utf-8")
    assert moved(template.render(answers, tmp_path / "after")) == MOVES


def moved(platform: Path) -> dict[str, str]:
    return dict(settings(yaml.safe_load((platform / ".clusterwright.yaml").read_text("utf-8"))).moved)


def test_the_table_is_a_mapping_of_paths() -> None:
    moves = yaml.safe_load((ROOT / "moves.yaml").read_text("utf-8"))
    assert isinstance(moves, dict)
    for path, target in moves.items():
        assert path.count("*") == target.count("*"), f"{path}: both sides have the same wildcards"
