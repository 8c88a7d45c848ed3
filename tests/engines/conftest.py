"""One cluster for all tests of a module; each test leaves it as it was."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from tests.engines.harness.build import MissingError, engine
from tests.engines.harness.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from tests.conftest import Template

ENGINES = ("kubernetes", "argocd", "redis", "helm", "kustomize")


@pytest.fixture(scope="session", autouse=True)
def _stop_in_order() -> Iterator[None]:
    """Somebody who ends the run is obeyed as one who interrupts it: what was started stops."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def world(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The default platform, handed over to Argo CD and settled."""
    if shutil.which("go") is None:
        pytest.skip("Go is not installed: that Argo CD syncs the repository was not proven")
    try:
        for name in ENGINES:
            engine(name)
    except MissingError as error:
        pytest.fail(str(error))
    folder = tmp_path_factory.mktemp("world")
    world = World(folder, sources.render({}, tmp_path_factory.mktemp("laptop")))
    try:
        world.start()
        world.hand_over()
        world.settle()
        yield world
    finally:
        world.stop()
