"""What the engines' tests share: the rendered platforms, and one Argo CD for all that look at the default one.

Files run side by side, each in one process: a group of its own, in the order of lanes.py, the longest first.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.engines.harness import interrupt, skips
from tests.engines.harness.known import Known
from tests.engines.harness.memory import Memory
from tests.engines.harness.proof import Proof
from tests.engines.harness.skips import had
from tests.engines.harness.world import ENGINES, World
from tests.engines.platforms import Platforms, render
from tests.engines.schemas import Verdicts, laid_out, verdicts
from tests.lanes import OF_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Template


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-matrix", action="store_true", help="look at the answers of tests/valid only")
    parser.addoption("--afresh", action="store_true", help="ask every engine, also what it was asked before")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "proves(engine, answers=...): what the table at the end of the run says")
    config.pluginmanager.register(interrupt)
    config.pluginmanager.register(skips)
    config.pluginmanager.register(Proof(("the matrix",) if config.getoption("--no-matrix") else ()))
    config.pluginmanager.register(Known(remembered(config)))


def remembered(config: pytest.Config) -> Memory:
    """What was asked before, as far as a run wants to know it."""
    return Memory(afresh=config.getoption("--afresh"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the groups in their order; within one, tests stay as they are."""
    order = {file: number for number, file in enumerate(OF_FILE)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))


@pytest.fixture(scope="session")
def memory(pytestconfig: pytest.Config) -> Memory:
    """Knows what was asked before."""
    found = remembered(pytestconfig)
    found.forget()
    return found


@pytest.fixture(scope="session")
def platforms(sources: Template, memory: Memory, pytestconfig: pytest.Config) -> Platforms:
    """Every platform that the static engines look at; they leave it as it is. All processes of a run share them."""
    return render(sources, memory, with_matrix=not pytestconfig.getoption("--no-matrix"))


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our schemas where kubeconform looks for them."""
    return laid_out(tmp_path_factory.mktemp("schemas"))


@pytest.fixture(scope="session")
def judged(platforms: Platforms, schemas: Path, memory: Memory) -> Verdicts:
    """What kubeconform and `clusterwright check` say about every platform."""
    return verdicts(platforms, schemas, memory)


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
