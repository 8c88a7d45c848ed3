"""Who makes whom: the Applications and ApplicationSets of a repository as trees below their roots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from clusterwright.check.argocd import Application, wave
from clusterwright.check.crds import brings, uses

if TYPE_CHECKING:
    from clusterwright.check.applicationsets.expand import Expansion
    from clusterwright.check.crds import Kind
    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository

_MAKERS = frozenset((("argoproj.io", "Application"), ("argoproj.io", "ApplicationSet")))


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An Application or an ApplicationSet, and what it makes; `others` are its other resources by wave and kind."""

    made: Application | Expansion
    children: tuple[Node, ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    brought: frozenset[Kind] = frozenset()
    used: frozenset[Kind] = frozenset()

    @property
    def resource(self) -> Resource:
        """What is in the file."""
        return self.made.resource

    @property
    def name(self) -> str:
        """How people call it."""
        return self.resource.name

    @property
    def wave(self) -> int:
        """The wave in which it is made."""
        return self.made.wave if isinstance(self.made, Application) else wave(self.made.resource)

    @property
    def waves(self) -> list[int]:
        """The waves of what it makes, in order; an ApplicationSet makes everything at once."""
        return sorted({one.wave for one in self.children} | {number for number, _ in self.others})

    @property
    def everything(self) -> list[Node]:
        """It, and all below it."""
        return [self, *(node for child in self.children for node in child.everything)]


class Forest:
    """The trees of a repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @cached_property
    def roots(self) -> list[Node]:
        """What no Application applies, but a person or a script.

        Where what applies itself, or is applied by what it makes, is reached from no other root, it is one too.
        """
        makers = self._makers
        roots = [self._node(one, frozenset()) for one in makers if not self._is_applied(one)]
        reached = {node.made for root in roots for node in root.everything}
        circular = [self._node(one, frozenset()) for one in makers if one not in reached]
        for root in sorted(circular, key=lambda node: -len(node.everything)):
            if root.made not in reached:
                roots.append(root)
                reached |= {node.made for node in root.everything}
        return roots

    def named(self, name: str) -> list[Node]:
        """Every Application and ApplicationSet of a name, as a root."""
        makers: list[Application | Expansion] = [*self._repository.applications, *self._repository.expansions]
        return [self._node(one, frozenset()) for one in makers if one.resource.name == name]

    @cached_property
    def _makers(self) -> list[Application | Expansion]:
        return [*self._repository.written, *self._repository.expansions]

    def _is_applied(self, made: Application | Expansion) -> bool:
        return any(one is not made for one in self._repository.parents.get(made.resource.document.path, []))

    def _node(self, made: Application | Expansion, above: frozenset[Application | Expansion]) -> Node:
        above |= {made}
        if not isinstance(made, Application):
            return Node(made, tuple(self._node(one, above) for one in made.applications if one not in above))
        paths = self._repository.reads[made]
        children = [one for path in paths for one in self._by_path.get(path, []) if one not in above]
        resources = [one for path in paths for one in self._repository.by_path.get(path, [])]
        others = Counter((wave(one), one.kind) for one in resources if (one.group, one.kind) not in _MAKERS)
        return Node(
            made=made,
            children=tuple(
                sorted((self._node(one, above) for one in children), key=lambda node: (node.wave, node.name))
            ),
            others=tuple(sorted(others.elements())),
            brought=brings(self._repository, made),
            used=uses(self._repository, made),
        )

    @cached_property
    def _by_path(self) -> dict[str, list[Application | Expansion]]:
        index: dict[str, list[Application | Expansion]] = {}
        for one in self._makers:
            index.setdefault(one.resource.document.path, []).append(one)
        return index
