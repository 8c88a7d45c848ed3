"""What each Application waits for, by its own word and by the kinds that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.argocd import Application

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterwright.check.crds import Kind
    from clusterwright.order.tree import Node


class Need(NamedTuple):
    """A node that must be there first, and why."""

    node: Node
    why: tuple[str, ...]


def needs(roots: list[Node]) -> dict[Node, list[Need]]:
    """What each node below the roots waits for, and what the roots do.

    A name means a neighbour before it means one elsewhere below the same root. Of those that define a kind in the same
    cluster, the first one counts, and none at all where the node or one above it does so itself.
    """
    found: dict[Node, list[Need]] = {}
    beside = _by_name(roots)
    for root in roots:
        found[root] = [Need(beside[name], ("needs",)) for name in _needed(root) if name in beside]
        everywhere = root.everything
        providers: dict[tuple[str, Kind], list[Node]] = {}
        for node in everywhere:
            for kind in _brought(node):
                providers.setdefault(kind, []).append(node)
        _add(root, _by_name(everywhere), providers, frozenset(), found)
    return found


def _needed(node: Node) -> list[str]:
    return node.made.needs if isinstance(node.made, Application) else []


def _target(node: Node) -> str:
    return node.made.target if isinstance(node.made, Application) else ""


def _brought(node: Node) -> frozenset[tuple[str, Kind]]:
    """The kinds that a node defines, each with its cluster."""
    return frozenset((_target(node), kind) for kind in node.brought)


def _by_name(nodes: Iterable[Node]) -> dict[str, Node]:
    """The Applications among nodes by name; the first of a name counts."""
    return {node.name: node for node in reversed([*nodes]) if isinstance(node.made, Application)}


def _add(
    parent: Node,
    by_name: dict[str, Node],
    providers: dict[tuple[str, Kind], list[Node]],
    given: frozenset[tuple[str, Kind]],
    found: dict[Node, list[Need]],
) -> None:
    given |= _brought(parent)
    near = _by_name(parent.children)
    for node in parent.children:
        why: dict[Node, list[str]] = {}
        for name in _needed(node):
            if other := near.get(name) or by_name.get(name):
                why.setdefault(other, []).append("needs")
        for kind in sorted(node.used - node.brought):
            there = (_target(node), kind)
            candidates = [] if there in given else providers.get(there, [])
            beside = [one for one in candidates if one in parent.children]
            first = min(beside or candidates, key=lambda one: one.wave, default=None)
            if first is not None and node not in first.everything:
                why.setdefault(first, []).append(kind[1])
        found[node] = [
            Need(other, tuple(reasons)) for other, reasons in why.items() if other is not node or "needs" in reasons
        ]
        _add(node, by_name, providers, given, found)
