"""What a review found: the one model that every kind of report is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from clusterwright.records import dataclass

if TYPE_CHECKING:
    from clusterwright.review.rule import Level

Verdict = Literal["attention", "review", "routine", "unchanged"]
"""`routine`: nothing but versions changes, none of them by more than its own promise allows."""
What = Literal["added", "removed", "replaced", "version", "config", "version and config"]
Source = Literal["template", "answers", "user", "template and answers", "template and user"]
"""Whose change a file holds."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that a person should look at.

    Attributes:
        rule: the rule that found it.
        level: how much it weighs.
        title: what it is about in a few words; `<cluster>` stands for each of several.
        subjects: all that it is about.
        message: what happens and what follows.
        clusters: where, if it is about clusters.
        paths: the files.
    """

    rule: str
    level: Level
    title: str
    subjects: tuple[str, ...]
    message: str
    clusters: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that changes; None where there is none, and the lines that differ if it is a text of several."""

    path: str
    before: str | None
    after: str | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change, however often it is made.

    Attributes:
        title: what changes in a few words; `<cluster>` stands for each of several.
        subjects: all that changes so.
        action: what happens to it.
        routine: whether only versions change.
        fields: the values that change.
        lines: what differs, if it is a text.
        clusters: those that share the change; none if it is not about clusters.
        components: what of each cluster it is about.
        paths: the files.
    """

    title: str
    subjects: tuple[str, ...]
    action: Literal["added", "removed", "changed"]
    routine: bool
    fields: tuple[FieldChange, ...]
    lines: tuple[str, ...]
    clusters: tuple[str, ...]
    components: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What happens to a component, and from which version to which if there is one."""

    component: str
    what: What
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Clusters to which the same happens."""

    clusters: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Files that no cluster reads, by what they are for: an OpenTofu root, the pipelines, the documentation."""

    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Files whose change has one source; `edited` are those of the template that people have changed by hand."""

    source: Source
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a change does.

    Attributes:
        base: the commit that it starts from.
        head: the commit that it ends with; empty for the working tree.
        template: the versions of the template before and after; empty if there is none.
        verdict: what it comes to.
        attention: what a person should look at, what weighs most first.
        rows: the clusters that change, those to which the same happens in one row.
        unchanged: the clusters to which nothing happens.
        areas: what changes outside of clusters.
        changes: each distinct change once.
        origins: whose changes these are, by file.
        origins_by: how that is known.
        files: how many files differ.
        layout: those that differ in comments, order or layout only.
        unchecked: what could not be looked at.
        map: where the page is that shows the change on the map; empty if nobody said so.
    """

    base: str
    head: str
    template: tuple[str, str]
    verdict: Verdict
    attention: tuple[Attention, ...]
    rows: tuple[Row, ...]
    unchanged: tuple[str, ...]
    areas: tuple[Area, ...]
    changes: tuple[Change, ...]
    origins: tuple[Origin, ...]
    origins_by: str
    files: int
    layout: tuple[str, ...]
    unchecked: tuple[str, ...]
    map: str = ""

    @property
    def dangers(self) -> int:
        """How many of the things to look at are dangers."""
        return sum(one.level == "danger" for one in self.attention)

    @property
    def clusters(self) -> int:
        """How many clusters there are, before or after."""
        return len(self.unchanged) + sum(len(row.clusters) for row in self.rows)
