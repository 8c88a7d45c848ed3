"""Simulates the bootstrap of a repository."""

from __future__ import annotations

import posixpath
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from clusterwright.check.argocd import Application
from clusterwright.check.configuration import configurations, has_health_check
from clusterwright.check.model import mapping
from clusterwright.check.suggest import did_you_mean, listed
from clusterwright.errors import UserError
from clusterwright.order.deadlock import deadlocks
from clusterwright.order.model import Gate, Order, Step, Wait, Wave
from clusterwright.order.tree import Forest
from clusterwright.order.waits import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository
    from clusterwright.order.tree import Node
    from clusterwright.order.waits import Need


def simulate(repository: Repository, root: str = "") -> Order:
    """Simulates the first sync.

    Args:
        repository: what is synced.
        root: the name of the Application or ApplicationSet to start from; by default all that no other one applies.

    Raises:
        UserError: there is no Application, or none of that name.
    """
    nodes = _roots(repository, root)
    gate = _gate(repository)
    waits = needs(nodes)
    steps = sorted((_step(repository, one, waits) for one in nodes), key=lambda one: (-one.applications, one.name))
    circles = deadlocks(nodes, waits, gated=gate.closed is not False)
    return Order(roots=tuple(steps), gate=gate, deadlocks=tuple(circles))


def _roots(repository: Repository, name: str) -> list[Node]:
    forest = Forest(repository)
    if name:
        nodes = forest.named(name)
        if not nodes:
            known = {one.name for one in repository.applications} | {one.resource.name for one in repository.expansions}
            hint = did_you_mean(name, known) or f"there are {listed(sorted(known)) or 'none'}"
            raise UserError(f"--root: no Application or ApplicationSet is called {name}: {hint}")
        return nodes
    if not repository.written and not repository.expansions:
        raise UserError(f"{repository.root}: no Argo CD Application or ApplicationSet is in it")
    return forest.roots


def _gate(repository: Repository) -> Gate:
    """Whether waves wait for Applications, and the file that says so."""
    found = configurations(repository)
    checked = next((one for one in found if has_health_check(one)), None)
    if checked is not None:
        return Gate(True, checked.document.path)  # noqa: FBT003 - reads well beside the other two
    return Gate(False, found[0].document.path) if found else Gate(None)  # noqa: FBT003


def _step(repository: Repository, node: Node, waits: dict[Node, list[Need]]) -> Step:
    return Step(
        name=node.name,
        kind="Application" if isinstance(node.made, Application) else "ApplicationSet",
        path=node.resource.document.path,
        waits=tuple(Wait(one.node.name, one.why) for one in waits.get(node, [])),
        brings=tuple(sorted({group for group, _ in node.brought})),
        unseen=tuple(_unseen(repository, node)),
        waves=tuple(_waves(repository, node, waits)),
    )


def _waves(repository: Repository, node: Node, waits: dict[Node, list[Need]]) -> Iterator[Wave]:
    """The waves in which a node makes Applications, with what else it applies then."""
    if not node.children:
        return
    for number in node.waves:
        yield Wave(
            number=number,
            steps=tuple(_step(repository, one, waits) for one in node.children if one.wave == number),
            others=tuple(Counter(kind for wave, kind in node.others if wave == number).items()),
        )


def _unseen(repository: Repository, node: Node) -> Iterator[str]:
    """What a node's Applications come from, as far as it is not plain YAML of this repository."""
    if not isinstance(node.made, Application):
        yield from dict.fromkeys(reason for _, reason in node.made.unknown)
        return
    for source in node.made.sources:
        if mapping(source.data, "plugin"):
            yield f"what a plugin makes of {source.path}"
        elif repository.is_own(source) and _makes_applications(repository, source.path):
            yield f"what the chart {source.path} renders"


def _makes_applications(repository: Repository, folder: str) -> bool:
    """Whether a folder is a chart whose templates hold Applications."""
    templates = posixpath.normpath(f"{folder}/templates")
    if templates not in repository.templates:
        return False
    files = (path for path in Path(repository.root, templates).rglob("*.y*ml") if path.is_file())
    return any(b"kind: Application" in path.read_bytes() for path in files)
