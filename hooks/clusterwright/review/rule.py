"""What a rule on changes is, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.review.comparison import Comparison
    from clusterwright.review.pairs import Pair

Level = Literal["danger", "caution"]
"""`danger`: data, access or a running service may be lost, or somebody gains rights. `caution`: look twice."""


class Signal(NamedTuple):
    """Something in a pair that a person should look at, in one line: what happens and what follows from it."""

    pair: Pair
    message: str


class Rule(NamedTuple):
    """A rule: its public name, what it finds in a line, how much that weighs, and the function that finds it."""

    id: str
    title: str
    find: Callable[[Comparison], Iterator[Signal]]
    level: Level = "caution"
