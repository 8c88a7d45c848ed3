"""Words that all reports share: the verdict line, who is meant, what a value becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.suggest import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.review.model import Change, FieldChange, Review

VERDICTS = {
    "attention": "Needs attention",
    "review": "To be reviewed",
    "routine": "Routine",
    "unchanged": "Nothing changes",
}
SOURCES = {
    "template": "the template's",
    "answers": "an answer's",
    "user": "yours",
    "template and answers": "the template's or an answer's",
    "template and user": "the template's, in files that you have edited",
}
MAP = "This change on the map"
"""What the page of `clusterwright map --diff` is called where a report links it."""
ACTIONS = {"added": "+", "removed": "-", "changed": "~"}


def headline(review: Review) -> str:
    """The verdict in a line."""
    return f"{VERDICTS[review.verdict]}: {', '.join(_reasons(review))}" if review.files else "Nothing changes"


def facts(review: Review) -> str:
    """What changes, in numbers, in a line."""
    return " · ".join(_facts(review))


def who(clusters: tuple[str, ...], most: int = 4) -> str:
    """The clusters that are meant: their names, or how many."""
    if len(clusters) <= most:
        return ", ".join(clusters)
    return f"{', '.join(clusters[: most - 1])} and {len(clusters) - most + 1} more"


def where(paths: tuple[str, ...]) -> str:
    """The file, and how many more there are."""
    return paths[0] + (f" and {counted(len(paths) - 1, 'more file')}" if len(paths) > 1 else "")


def becomes(field: FieldChange) -> str:
    """`before -> after`, or what comes or goes."""
    if field.before is None:
        return f"+ {field.after}"
    if field.after is None:
        return f"- {field.before}"
    return f"{field.before} -> {field.after}"


def cut(text: str, longest: int) -> str:
    """A text that is not longer than that."""
    return text if len(text) <= longest else f"{text[: longest - 4]} ..."


def totals(change: Change) -> str:
    """How often a change is made."""
    if len(change.clusters) > 1:
        return counted(len(change.clusters), "cluster")
    return counted(len(change.paths), "file") if len(change.paths) > 1 else ""


def _reasons(review: Review) -> Iterator[str]:
    if review.attention:
        conflicts = sum(len(one.paths) for one in review.attention if one.rule == "conflict-left")
        if conflicts:
            yield f"{counted(conflicts, 'conflict')} to settle"
        if review.dangers:
            yield counted(review.dangers, "danger")
        cautions = len(review.attention) - review.dangers
        if cautions:
            yield counted(cautions, "caution")
    elif review.verdict == "routine":
        yield "nothing but versions changes, none of them by more than its own promise allows"
    else:
        yield "no rule finds a danger, yet more than versions changes"


def _facts(review: Review) -> Iterator[str]:
    old, new = review.template
    if old != new:
        yield f"template {old or '(none)'} -> {new or '(none)'}"
    if review.clusters:
        yield f"{review.clusters - len(review.unchanged)} of {counted(review.clusters, 'cluster')} touched"
    yield f"{counted(len(review.changes), 'distinct change')} in {counted(review.files, 'file')}"
    if review.layout:
        yield f"{counted(len(review.layout), 'file')} in comments or layout only"
