"""The pages of the rules: what holds, why, and how it is done right."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from clusterwright import __version__
from clusterwright.check.suggest import did_you_mean
from clusterwright.errors import UserError
from clusterwright.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clusterwright.check.rule import Rule

INDEX = "README.md"
_PAGES = "https://github.com/clusterwright/clusterwright/blob/v{version}/docs/rules/{rule}.md"


@cache
def installed() -> Path:
    """The folder of pages: inside the wheel, or at the top of a checkout."""
    return shipped("docs/rules", INDEX, "pages of the rules")


def page(rule: str, known: Iterable[str]) -> str:
    """The page of a rule; raises UserError if there is no such rule."""
    ids = list(known)
    if rule not in ids:
        hint = did_you_mean(rule, ids) or "clusterwright check --rules lists them"
        raise UserError(f"--explain: there is no rule {rule!r}: {hint}")
    return (installed() / f"{rule}.md").read_text("utf-8")


def url(rule: str) -> str:
    """Where the page of a rule is on the web."""
    return _PAGES.format(version=__version__, rule=rule)


def table(rules: Iterable[Rule]) -> str:
    """A line for each rule: its id, its severity, what holds, and whether `--fix` can help."""
    rows = [(one.id, one.severity, f"{one.title}{' (fixable)' if one.fixable else ''}") for one in rules]
    width = max((len(row[0]) for row in rows), default=0)
    return "\n".join(f"{rule:<{width}}  {severity:<7}  {title}" for rule, severity, title in rows)
