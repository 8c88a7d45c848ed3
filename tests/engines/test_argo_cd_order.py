"""The order of the first sync is a help and no crutch: without any, the platform converges all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Template
    from tests.engines.harness.world import World

WAVE = re.compile(r'^    argocd\.argoproj\.io/sync-wave: "-?\d+"\n', re.MULTILINE)


def without_waves(repository: Path) -> int:
    """Takes the wave from every Application; gives how many had one."""
    found = 0
    for path in (repository / "registry").glob("**/*.yaml"):
        text, count = WAVE.subn("", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        found += count
    return found


@pytest.mark.proves("Argo CD", answers="laptop")
def test_applications_in_no_order_converge(
    hand_over: Callable[[Path], World], sources: Template, tmp_path: Path
) -> None:
    """All begin at once, so most of them without what they need: before its kind, its namespace, its store."""
    rendered = sources.render({}, tmp_path / "platform")
    assert without_waves(rendered) > 15
    world = hand_over(rendered)
    found = world.api.applications()
    assert found.keys() == world.names
    waves = [one["metadata"].get("annotations", {}).get("argocd.argoproj.io/sync-wave") for one in found.values()]
    assert set(waves) == {None}
