"""What rules on changes look at: both trees, and everything that differs between them."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from clusterwright.check.argocd import Application, application
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository
    from clusterwright.review.pairs import Pair
    from clusterwright.review.reach import Reach
    from clusterwright.review.trees import Trees

APPLICATION = ("argoproj.io", "Application")
APPLICATION_SET = ("argoproj.io", "ApplicationSet")
PROJECT = ("argoproj.io", "AppProject")


@cache
def as_application(resource: Resource) -> Application:
    """The Application that a resource is: a hundred clusters have thousands, and each is asked for often."""
    return application(resource)


def applications(repository: Repository) -> list[Application]:
    """Every Application of a tree: those that are written, then those that ApplicationSets make."""
    written = [as_application(one) for one in repository.by_kind.get(APPLICATION, [])]
    return [*written, *(one for made in repository.expansions for one in made.applications)]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two trees of one repository.

    Attributes:
        trees: the files that differ.
        before: the earlier tree.
        after: the later tree.
        pairs: everything that differs in what it means.
        reach: which clusters and components a file is about.
    """

    trees: Trees
    before: Repository
    after: Repository
    pairs: tuple[Pair, ...]
    reach: Reach

    def changed(self, *kinds: tuple[str, str]) -> Iterator[Pair]:
        """The resources of some groups and kinds that are in both trees and differ."""
        return (one for one in self._by_action["changed"] if not kinds or one.is_a(*kinds))

    def removed(self, *kinds: tuple[str, str]) -> Iterator[Pair]:
        """The resources of some groups and kinds that are gone."""
        return (one for one in self._by_action["removed"] if not kinds or one.is_a(*kinds))

    def added(self, *kinds: tuple[str, str]) -> Iterator[Pair]:
        """The resources of some groups and kinds that are new."""
        return (one for one in self._by_action["added"] if not kinds or one.is_a(*kinds))

    @cached_property
    def _by_action(self) -> dict[str, list[Pair]]:
        found: dict[str, list[Pair]] = {"added": [], "changed": [], "removed": []}
        for one in self.pairs:
            found[one.action].append(one)
        return found
