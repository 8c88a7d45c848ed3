"""What the template itself renders for both trees, where Copier and the template are on this machine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from clusterwright import git
from clusterwright.errors import Stop
from clusterwright.progress import step
from clusterwright.review.origins import recorded

if TYPE_CHECKING:
    from clusterwright.fleet.tree import Tree
    from clusterwright.review.comparison import Comparison


def renders(comparison: Comparison) -> tuple[Tree, Tree] | None:
    """Renders the recorded answers of both trees; None where that cannot be done here, and without network.

    The template is taken from where the earlier tree says it is, which a pull request cannot change. Where the answers
    and the release are the same, as in a pull request that only edits files, one render is both.
    """
    both = [recorded(side) for side in (comparison.before, comparison.after)]
    url = str(both[0].get("_src_path", ""))
    commits = [str(one.get("_commit", "")) for one in both]
    folder = _folder(url)
    if folder is None or both[1].get("_src_path") != both[0].get("_src_path") or find_spec("copier") is None:
        return None
    if not all(one and git.ask(folder, "cat-file", "-e", f"{one}^{{commit}}") is not None for one in commits):
        return None
    try:
        before = _rendered(folder, both[0])
        return before, before if both[1] == both[0] else _rendered(folder, both[1])
    except Stop:
        return None


def _folder(url: str) -> Path | None:
    """The template's repository on this machine: where it is, or the checkout that this toolkit runs in."""
    from clusterwright.render.source import PUBLIC, own_checkout

    if url == PUBLIC:
        return own_checkout()
    return Path(url) if Path(url).is_absolute() and Path(url).is_dir() and git.top(Path(url)) else None


def _rendered(folder: Path, answers: dict[str, Any]) -> Tree:
    from clusterwright.fleet import tree
    from clusterwright.render.answers import Answers
    from clusterwright.render.copier import render
    from clusterwright.render.source import Source

    known = {name: value for name, value in answers.items() if not name.startswith("_")}
    source = Source(str(folder), str(answers["_commit"]))
    with step(f"Rendering {source.ref}"), TemporaryDirectory(prefix="clusterwright-") as scratch:
        render(source, Answers(known), Path(scratch, "rendered"), older=True)
        return tree.read(Path(scratch, "rendered"))
