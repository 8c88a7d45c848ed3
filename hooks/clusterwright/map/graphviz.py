"""Places boxes and arrows: Graphviz does it, the library that pygraphviz brings along or the program `dot`.

pygraphviz comes first, as the version that is installed decides where things are: with it, everybody's picture of a
repository is the same. Its wheels hold all of Graphviz, so the extra `map` needs nothing else. Of what else PyPI has,
grandalf has had no release for years and knows no boxes of one rank, igraph places points and not boxes, and the ports
of Graphviz, ELK and dagre to Python and Rust are too young to lean on.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from clusterwright.errors import Unfinished, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Point = tuple[float, float]
_INCH = 72.0
_MISSING = (
    "map: nothing here can place boxes: install clusterwright[map], or Graphviz; text, mermaid and json do without"
)


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be placed.

    Attributes:
        sizes: width and height of each node.
        edges: from which node to which, by index; `hidden` ones only say that a node comes after another.
        ranks: nodes that are side by side, rank after rank; may be empty.
        down: arrows point down; else to the right.
        gaps: between neighbours, and between ranks.
    """

    sizes: Sequence[Point]
    edges: Sequence[tuple[int, int]]
    hidden: Sequence[tuple[int, int]] = ()
    ranks: Sequence[Sequence[int]] = ()
    down: bool = True
    gaps: Point = (14, 20)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where everything is, in the units of the sizes: the middle of each node, and the Bézier points of each edge."""

    width: float
    height: float
    nodes: tuple[Point, ...]
    curves: tuple[tuple[Point, ...], ...]


def place(graph: Graph) -> Placed:
    """Places a graph.

    Raises:
        UserError: there is no Graphviz.
        Unfinished: it fails.
    """
    if not graph.sizes:
        return Placed(0, 0, (), ())
    return _read(_engine()("\n".join(_written(graph))), graph)


def _written(graph: Graph) -> Iterator[str]:
    """The graph in the language of Graphviz; names are numbers, so nothing needs to be quoted."""
    beside, between = graph.gaps
    direction = "TB" if graph.down else "LR"
    yield f"digraph {{ rankdir={direction}; nodesep={beside / _INCH:.4f}; ranksep={between / _INCH:.4f};"
    yield 'node [shape=box, fixedsize=true, label=""]; edge [dir=none];'
    for index, (width, height) in enumerate(graph.sizes):
        yield f"n{index} [width={width / _INCH:.4f}, height={height / _INCH:.4f}];"
    for rank in graph.ranks:
        yield f"{{ rank=same; {' '.join(f'n{index};' for index in rank)} }}"
    yield from (f"n{tail} -> n{head};" for tail, head in graph.edges)
    yield from (f"n{tail} -> n{head} [style=invis, weight=0];" for tail, head in graph.hidden)
    yield "}"


def _read(plain: str, graph: Graph) -> Placed:
    """Graphviz' plain format, which counts in inches from the bottom."""
    nodes: dict[int, Point] = {}
    curves: dict[tuple[int, int], tuple[Point, ...]] = {}
    width = height = 0.0
    for line in plain.replace("\\\n", "").splitlines():
        words = line.split()
        if words[0] == "graph":
            width, height = float(words[2]) * _INCH, float(words[3]) * _INCH
        elif words[0] == "node":
            nodes[int(words[1][1:])] = _point(words[2:4], height)
        elif words[0] == "edge" and words[-2] != "invis":
            count = int(words[3])
            numbers = words[4 : 4 + 2 * count]
            points = tuple(_point(numbers[at : at + 2], height) for at in range(0, 2 * count, 2))
            curves[int(words[1][1:]), int(words[2][1:])] = points
    return Placed(
        round(width, 1),
        round(height, 1),
        tuple(nodes[index] for index in range(len(graph.sizes))),
        tuple(curves[edge] for edge in graph.edges),
    )


def _point(words: Sequence[str], height: float) -> Point:
    return round(float(words[0]) * _INCH, 1), round(height - float(words[1]) * _INCH, 1)


@cache
def _engine() -> Callable[[str], str]:
    try:
        library = import_module("pygraphviz")
    except ImportError:
        program = shutil.which("dot")
        if program is None:
            raise UserError(_MISSING) from None
        return lambda source: _run(program, source)
    return lambda source: library.AGraph(string=source).draw(format="plain", prog="dot").decode()


def _run(program: str, source: str) -> str:
    done = subprocess.run([program, "-Tplain"], input=source, capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        reason = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise Unfinished(f"dot: {reason}")
    return done.stdout
