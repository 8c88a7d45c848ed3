"""Clusters for the tests: one at a time, and one start for all that look at the default platform."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.engines.harness import interrupt, skips
from tests.engines.harness.proof import Proof
from tests.engines.harness.skips import had
from tests.engines.harness.world import World
from tests.engines.platforms import Platforms, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Template

ENGINES = ("kubernetes", "argocd", "redis", "helm", "kustomize")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "proves(engine, answers=...): what the table at the end of the run says")
    config.pluginmanager.register(interrupt)
    config.pluginmanager.register(skips)
    config.pluginmanager.register(Proof())


@pytest.fixture(scope="session")
def platforms(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Platforms:
    """Every platform that the static engines look at; they leave it as it is."""
    return render(sources, tmp_path_factory.mktemp("platforms"))


@pytest.fixture(scope="session")
def hand_over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], World]]:
    """Hands a rendered repository over to an Argo CD of its own, and waits until all of it is synced."""
    for name in ENGINES:
        had(name, "that Argo CD syncs the repository")
    with ExitStack() as stack:

        def run(rendered: Path) -> World:
            # The next one needs the cores and the memory of the last.
            stack.close()
            world = World(tmp_path_factory.mktemp("world"), rendered)
            stack.callback(world.stop)
            world.start()
            world.hand_over()
            world.settle()
            return world

        yield run


@pytest.fixture(scope="session")
def world(hand_over: Callable[[Path], World], sources: Template, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The default platform."""
    return hand_over(sources.render({}, tmp_path_factory.mktemp("laptop")))
