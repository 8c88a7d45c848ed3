"""Rules on versions: those that may break, and those that go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.review.rule import Rule, Signal
from clusterwright.review.versions import Bump, bumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.review.comparison import Comparison
    from clusterwright.review.pairs import Pair

_OTHERS = frozenset(("action", "hook", "module", "package", "provider", "template"))


def chart_major(comparison: Comparison) -> Iterator[Signal]:
    """Each chart whose new version may break."""
    yield from _major(comparison, frozenset(("chart",)))


def image_major(comparison: Comparison) -> Iterator[Signal]:
    """Each image whose new version may break."""
    yield from _major(comparison, frozenset(("image",)))


def dependency_major(comparison: Comparison) -> Iterator[Signal]:
    """Each provider, module, package, action or hook, and the template, whose new version may break."""
    yield from _major(comparison, _OTHERS)


def version_backwards(comparison: Comparison) -> Iterator[Signal]:
    """Each version that goes down."""
    for pair, one in _bumps(comparison):
        if one.direction < 0:
            yield Signal(pair, f"{one.kind} {one.name} goes back, {one.arrow}: data of the newer one may not be read")


def _major(comparison: Comparison, kinds: frozenset[str]) -> Iterator[Signal]:
    for pair, one in _bumps(comparison):
        if one.kind in kinds and one.is_breaking:
            yield Signal(pair, f"{one.kind} {one.name} {one.arrow} may break: read its release notes")


def _bumps(comparison: Comparison) -> Iterator[tuple[Pair, Bump]]:
    for pair in comparison.changed():
        for _, one in bumps(pair):
            if one:
                yield pair, one


RULES = (
    Rule("version-backwards", "A version goes down", version_backwards, "danger"),
    Rule("chart-major", "A chart's new version may break", chart_major),
    Rule("image-major", "An image's new version may break", image_major),
    Rule("dependency-major", "The new version of a provider, action or the template may break", dependency_major),
)
