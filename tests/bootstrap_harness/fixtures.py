"""A rendered laptop, the first run of bootstrap/up on it, and the machine after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bootstrap_harness.world import Run, World

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template


@pytest.fixture(scope="session")
def rendered(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default platform, on a laptop."""
    return sources.render({}, tmp_path_factory.mktemp("laptop"))


@pytest.fixture(scope="session")
def first(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Run]:
    """A machine where nothing was made yet, and the first run there."""
    world = World(tmp_path_factory.mktemp("first") / "world", rendered)
    return world, world.run("up", "--yes")


@pytest.fixture
def world(first: tuple[World, Run], tmp_path: Path) -> World:
    """A machine after the first run."""
    return first[0].copy(tmp_path / "world")
