"""Reviews: reads both trees, compares them, and gives back one result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.parallel import Pair as Processes
from clusterwright.check.root import repository_root
from clusterwright.records import replace
from clusterwright.review import grouping, origins, sides, trees, unchecked
from clusterwright.review.comparison import Comparison
from clusterwright.review.model import Review
from clusterwright.review.pairs import pairs
from clusterwright.review.reach import Reach
from clusterwright.review.registry import RULES
from clusterwright.review.rendered import rendered
from clusterwright.review.versions import is_routine, same_but_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clusterwright.fleet.tree import Tree
    from clusterwright.review.model import Attention, Verdict

    Renders = Callable[[Comparison], tuple[Tree, Tree] | None]


def review(
    path: Path, base: str, head: str = "", charts: Sequence[Path] = (), renders: Renders | None = None
) -> Review:
    """Reviews what changes between two trees.

    Args:
        path: a folder of the repository.
        base: a revision: what happened there since the work left it does not count.
        head: a revision; the working tree by default.
        charts: folders with packed charts, besides Helm's own cache.
        renders: gives what the template renders for both trees, which tells exactly whose a change is.

    Raises:
        UserError: the folder is not under git, or there is no such revision.
    """
    root, _ = repository_root(path)
    compared = compare(trees.read(root, base, head))
    made = rendered(compared, charts)
    compared = replace(compared, pairs=(*compared.pairs, *made.pairs))
    found = grouping.attention(compared, RULES)
    changing, same = grouping.rows(compared)
    known = renders(compared) if renders else None
    whose, known_by = origins.by_render(compared, known) if known else origins.by_paths(compared)
    told = {one for pair in compared.pairs for one in pair.paths}
    return Review(
        base=compared.trees.base,
        head=compared.trees.head,
        template=_template(compared),
        verdict=_verdict(compared, found),
        attention=found,
        rows=changing,
        unchanged=same,
        areas=grouping.areas(compared),
        changes=grouping.changes(compared),
        origins=whose,
        origins_by=known_by,
        files=len(compared.trees.changes),
        layout=tuple(one.path for one in compared.trees.changes if one.path not in told),
        unchecked=unchecked.unchecked(compared, made.missing),
    )


def compare(both: trees.Trees) -> Comparison:
    """Reads and compares both trees."""
    with Processes() as processes:
        after = sides.later(both, processes)
    before = sides.earlier(both, after)
    found = tuple(pairs(before, after, both.changes))
    return Comparison(both, before, after, found, Reach(after, before, found))


def _template(compared: Comparison) -> tuple[str, str]:
    old, new = (str(origins.recorded(side).get("_commit", "")) for side in (compared.before, compared.after))
    return old, new


def _verdict(compared: Comparison, found: tuple[Attention, ...]) -> Verdict:
    """What it comes to. Routine is what differs in versions only, in what it means and as it is written."""
    if not compared.trees.changes:
        return "unchanged"
    if found:
        return "attention"
    routine = all(is_routine(one) for one in compared.pairs) and all(
        one.mode_before == one.mode_after and same_but_numbers(one.before, one.after) for one in compared.trees.changes
    )
    return "routine" if routine else "review"
