"""What a review did not look at: said, because silence would read as all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.review.comparison import Comparison


def unchecked(comparison: Comparison, unrendered: Iterable[str]) -> tuple[str, ...]:
    """A line for each thing that was not looked at; `unrendered` are those of charts."""
    return (*comparison.trees.notes, *unrendered, *_lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    yield "what runs now: both trees are compared with each other, not with a cluster or a state"
    changed = {one.path for one in comparison.trees.changes}
    unread = sorted(one.path for one in comparison.trees.changes if _is_unread(one.mode_before, one.before) or
                    _is_unread(one.mode_after, one.after))  # fmt: skip
    if unread:
        yield f"files that are too large or not there to be read: {listed(unread)}"
    sealed = sorted(changed & {*comparison.after.sealed, *comparison.before.sealed})
    if sealed:
        yield f"encrypted files: {listed(sealed)}"
    for side in (comparison.after, comparison.before):
        broken = sorted(_path(one.source) for one in side.unreadable if _path(one.source) in changed)
        if broken:
            yield f"files that are not YAML or OpenTofu as they stand, compared as text: {listed(broken)}"
            break
    for one in comparison.after.expansions:
        if one.unknown:
            yield f"what ApplicationSet {one.resource.name} makes: {one.unknown[0][1]}"


def _is_unread(mode: str, content: bytes | None) -> bool:
    return mode.startswith("100") and content is None


def _path(source: object) -> str:
    return source if isinstance(source, str) else str(getattr(source, "path", ""))
