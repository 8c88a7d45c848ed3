"""Graphviz places things, as a library or as a program; without either there is one clear line."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from clusterwright.errors import UserError
from clusterwright.map import graphviz
from clusterwright.map.graphviz import Graph, Placed, place

if TYPE_CHECKING:
    from collections.abc import Iterator

THREE = Graph([(100, 40), (100, 40), (100, 40)], [(0, 1), (0, 2)])


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Each test looks for Graphviz anew."""
    graphviz._engine.cache_clear()  # noqa: SLF001 - what is found is kept for the whole run
    yield
    graphviz._engine.cache_clear()  # noqa: SLF001


@pytest.fixture(params=["library", "program"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "library":
        pytest.importorskip("pygraphviz")
        monkeypatch.setattr(shutil, "which", lambda _: None)
    else:
        if shutil.which("dot") is None:
            pytest.skip("no program dot here: that the map is placed with it was not proven")
        monkeypatch.setitem(sys.modules, "pygraphviz", None)
    return str(request.param)


@pytest.mark.usefixtures("engine")
def test_what_comes_after_is_below_and_side_by_side() -> None:
    placed = place(THREE)
    assert (placed.width, placed.height) == (214, 100)
    assert [*placed.nodes] == [(107, 20), (50, 80), (164, 80)]
    assert all((len(curve) - 1) % 3 == 0 for curve in placed.curves), "a start and Bézier curves"
    assert [round(curve[0][1]) for curve in placed.curves] == [40, 40], "an arrow starts at the lower edge"


@pytest.mark.usefixtures("engine")
def test_to_the_right_ranks_and_hidden_arrows_hold() -> None:
    placed = place(Graph([(10, 10)] * 4, [(0, 1)], hidden=[(1, 2)], ranks=[[0, 3]], down=False, gaps=(10, 30)))
    across = [x for x, _ in placed.nodes]
    assert (across[0], across[1] - across[0], across[2] - across[1]) == (across[3], 40, 40)
    assert len(placed.curves) == 1


@pytest.mark.usefixtures("engine")
def test_the_same_graph_is_placed_the_same_way_twice() -> None:
    assert place(THREE) == place(THREE)


def test_nothing_takes_no_place() -> None:
    assert place(Graph([], [])) == Placed(0, 0, (), ())


def test_without_graphviz_there_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UserError) as error:
        place(THREE)
    assert str(error.value) == (
        "map: nothing here can place boxes: install clusterwright[map], or Graphviz; text, mermaid and json do without"
    )
