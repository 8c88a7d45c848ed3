"""The report for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.reports.text import printable
from clusterwright.check.suggest import listed
from clusterwright.review.reports.words import ACTIONS, MAP, SOURCES, becomes, cut, facts, headline, totals, where, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.review.model import Attention, Change, Review, Row

_WIDE = 160
_LINES = 12
_FIELDS = 40


def render(review: Review) -> str:
    """The whole review, the risk first."""
    blocks = [[headline(review), *([facts(review)] if review.files else []), *_map(review)]]
    blocks += [
        [*_attention(review)],
        [*_reach(review)],
        [*_changes(review)],
        [*_origins(review)],
        [*_unchecked(review)],
    ]
    lines = "\n\n".join("\n".join(block) for block in blocks if block).split("\n")
    return "".join(f"{printable(line)}\n" for line in lines)


def _map(review: Review) -> Iterator[str]:
    if review.map:
        yield f"{MAP}: {review.map}"


def _attention(review: Review) -> Iterator[str]:
    if review.attention:
        yield f"Attention ({len(review.attention)})"
    for one in review.attention:
        yield f"  {one.level}: {_about(one)} {one.message}"
        yield f"    {one.rule}, {where(one.paths)}"


def _about(one: Attention) -> str:
    return f"{one.title} in {who(one.clusters)}" if one.clusters else one.title


def _reach(review: Review) -> Iterator[str]:
    if not review.rows and not review.areas:
        return
    yield "Reach"
    for row in review.rows:
        yield from _row(row)
    if review.rows and review.unchanged:
        yield f"  {who(review.unchanged)}: nothing"
    if review.areas:
        yield f"  outside of clusters: {', '.join(f'{one.name} ({len(one.paths)})' for one in review.areas)}"


def _row(row: Row) -> Iterator[str]:
    count = f" ({len(row.clusters)})" if len(row.clusters) > 1 else ""
    yield f"  {who(row.clusters)}{count}"
    width = max(len(cell.component) for cell in row.cells)
    for cell in row.cells:
        yield f"    {cell.component:<{width}}  {cell.what}{f' {cell.detail}' if cell.detail else ''}"


def _changes(review: Review) -> Iterator[str]:
    if review.changes:
        yield f"Changes ({len(review.changes)})"
    for one in review.changes:
        yield from _change(one)


def _change(change: Change) -> Iterator[str]:
    shared = totals(change)
    yield f"  {ACTIONS[change.action]} {change.title}{f'  ({shared})' if shared else ''}"
    for field in change.fields[:_FIELDS]:
        if field.lines:
            yield f"      {field.path}:"
            yield from _lines(field.lines, "        ")
        else:
            yield f"      {field.path}: {cut(becomes(field), _WIDE)}"
    if len(change.fields) > _FIELDS:
        yield f"      ... {len(change.fields) - _FIELDS} more fields"
    yield from _lines(change.lines, "      ")


def _lines(lines: tuple[str, ...], indent: str) -> Iterator[str]:
    yield from (f"{indent}{cut(line, _WIDE)}" for line in lines[:_LINES])
    if len(lines) > _LINES:
        yield f"{indent}... {len(lines) - _LINES} more lines"


def _origins(review: Review) -> Iterator[str]:
    if review.files:
        yield f"Whose changes these are, {review.origins_by}"
    for one in review.origins:
        yield f"  {SOURCES[one.source]}: {listed(one.paths, 4)}"


def _unchecked(review: Review) -> Iterator[str]:
    if review.files:
        yield "Not checked"
        yield from (f"  {line}" for line in review.unchecked)
