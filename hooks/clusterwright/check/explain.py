"""The pages of the rules: what holds, why, and how it is done right."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from clusterwright import __version__
from clusterwright.check.suggest import did_you_mean
from clusterwright.errors import UserError
from clusterwright.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterwright.check.rule import Rule

INDEX = "README.md"
RULES = "docs/rules"
_PAGES = "https://github.com/clusterwright/clusterwright/blob/v{version}/{folder}/{rule}.md"


@cache
def installed(folder: str = RULES) -> Path:
    """A folder of pages: inside the wheel, or at the top of a checkout."""
    return Path(shipped(folder, INDEX, "pages of the rules"))


def page(rule: str, known: Iterable[str], folder: str = RULES) -> str:
    """The page of a rule; raises UserError if there is no such rule."""
    ids = list(known)
    if rule not in ids:
        hint = did_you_mean(rule, ids) or "--rules lists them"
        raise UserError(f"--explain: there is no rule {rule!r}: {hint}")
    return (installed(folder) / f"{rule}.md").read_text("utf-8")


def url(rule: str, folder: str = RULES) -> str:
    """Where the page of a rule is on the web."""
    return _PAGES.format(version=__version__, folder=folder, rule=rule)


def table(rules: Iterable[Rule]) -> str:
    """A line for each rule: its id, its severity, what holds, and whether `--fix` can help."""
    rows = [(one.id, one.severity, f"{one.title}{' (fixable)' if one.fixable else ''}") for one in rules]
    width = max((len(row[0]) for row in rows), default=0)
    return "\n".join(f"{rule:<{width}}  {severity:<7}  {title}" for rule, severity, title in rows)
