"""The report as a comment on a pull request: the same text for GitHub, GitLab and Gitea, short enough for all of them.

Whatever comes from the repository is in code, so that nobody is mentioned and nothing is a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.explain import url
from clusterwright.check.reports.text import printable
from clusterwright.check.suggest import counted
from clusterwright.review.registry import PAGES
from clusterwright.review.reports.words import ACTIONS, MAP, SOURCES, becomes, cut, facts, headline, totals, where, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.review.model import Attention, Cell, Change, Review, Row

MARKER = "<!-- clusterwright review -->"
"""The first line: whoever posts the report looks for a comment that begins so, and writes it anew."""
LONGEST = 60_000
"""GitHub takes 65,536 characters in a comment, and counts some of them twice."""
_OPEN = 12
_MOST = 50
_WIDE = 300
_LINES = 40
_FIELDS = 60
_MARKUP = re.compile(r"[\\`*_{}\[\]()#+!|~&]")
_LIVE = re.compile(r"@|#|!(?=\d)|\$(?=\d)|%(?=\w)|\^|://|www(?=\.)|[^\W_](?=@)")
"""What GitHub, GitLab and Gitea make mentions, references and links of."""
_NOTHING = "\u200b"
_TICKS = re.compile(r"`+")
_ICONS = {"attention": "🛑", "review": "👀", "routine": "✅", "unchanged": "✅"}
_LEVELS = {"danger": "🛑 danger", "caution": "⚠️ caution"}


def render(review: Review, longest: int = LONGEST) -> str:
    """The whole review; changes are left out from the end if the report would be too long."""
    first = "\n\n".join(
        [MARKER, f"### {_ICONS[review.verdict]} {headline(review)}", *_facts(review), *_attention(review)]
    )
    rest = "\n\n".join([*_origins(review), *_unchecked(review)])
    first = "\n\n".join([first, *_reach(review)])
    changes = _changes(review, longest - len(first) - len(rest) - 200)
    return "\n\n".join(part for part in (first, changes, rest) if part) + "\n"


def code(text: str) -> str:
    """A text as code, whatever it holds: on one line, in as many ticks as it needs."""
    line = printable(text.replace("\n", " ")) or " "
    ticks = "`" * (max((len(one) for one in _TICKS.findall(line)), default=0) + 1)
    space = " " if line.startswith("`") or line.endswith("`") or line != line.strip() else ""
    return f"{ticks}{space}{line}{space}{ticks}"


def cell(text: str) -> str:
    """The same in a table, whose cells end at a bar."""
    return code(text).replace("|", "\\|")


def prose(text: str) -> str:
    """A text as text: no character of it is markup, a mention, a reference or a link."""
    line = _MARKUP.sub(r"\\\g<0>", printable(text.replace("\n", " "))).replace("<", "&lt;")
    return _LIVE.sub(f"\\g<0>{_NOTHING}", line)


def fenced(lines: Iterable[str], language: str) -> str:
    """Lines as a block of code, whatever they hold."""
    body = "\n".join(printable(line) for line in lines)
    ticks = "`" * max(3, 1 + max((len(one) for one in _TICKS.findall(body)), default=0))
    return f"{ticks}{language}\n{body}\n{ticks}"


def folded(title: str, body: str) -> str:
    """A section that is closed until a reader opens it."""
    return f"<details>\n<summary>{title}</summary>\n\n{body}\n\n</details>"


def _facts(review: Review) -> Iterator[str]:
    if review.files:
        yield facts(review)
    if review.map:
        yield f"[{MAP}]({review.map})"


def _attention(review: Review) -> Iterator[str]:
    if not review.attention:
        return
    table = ["| | What | Why it matters | Rule |", "|---|---|---|---|"]
    shown = [_line(one) for one in review.attention[:_MOST]]
    yield "\n".join([*table, *shown[:_OPEN]])
    if len(shown) > _OPEN:
        yield folded(f"{len(shown) - _OPEN} more to look at", "\n".join([*table, *shown[_OPEN:]]))
    if len(review.attention) > _MOST:
        yield f"{len(review.attention) - _MOST} more are in the full report."


def _line(one: Attention) -> str:
    what = cell(cut(one.title, 120)) + (f" in {cell(who(one.clusters))}" if one.clusters else "")
    place = cell(cut(where(one.paths), 120))
    message = prose(cut(one.message, _WIDE))
    return f"| {_LEVELS[one.level]} | {what}<br>{place} | {message} | [{one.rule}]({url(one.rule, PAGES)}) |"


def _reach(review: Review) -> Iterator[str]:
    if review.rows:
        title = f"Reach: {counted(len(review.rows), 'group')} of clusters"
        yield folded(title, "\n\n".join(_matrix(review.rows[:_MOST], review.unchanged)))
    if review.areas:
        areas = ", ".join(f"{code(one.name)} ({len(one.paths)})" for one in review.areas[:_MOST])
        yield f"Outside of clusters: {areas}"


def _matrix(rows: tuple[Row, ...], unchanged: tuple[str, ...]) -> Iterator[str]:
    """Clusters down and components across; the other way round where that is narrower."""
    known = sorted({one.component for row in rows for one in row.cells})
    names = [cell(who(row.clusters, 6)) + (f" ({len(row.clusters)})" if len(row.clusters) > 1 else "") for row in rows]
    found = [{one.component: _cell(one) for one in row.cells} for row in rows]
    if len(rows) < len(known):
        across, down = names, [[cell(one), *(each.get(one, "") for each in found)] for one in known]
    else:
        across = [cell(one) for one in known]
        down = [[name, *(each.get(one, "") for one in known)] for name, each in zip(names, found, strict=True)]
    lines = [["", *across], ["---"] * (len(across) + 1), *down]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if unchanged:
        yield f"Nothing changes in {code(who(unchanged, 6))}."


def _cell(one: Cell) -> str:
    return f"{one.what} {cell(one.detail)}" if one.detail else one.what


def _changes(review: Review, room: int) -> str:
    """The distinct changes, as many as there is room for."""
    out: list[str] = []
    for one in review.changes:
        block = _change(one)
        if len(block) + 2 > room:
            break
        room -= len(block) + 2
        out.append(block)
    left = len(review.changes) - len(out)
    if not out:
        return f"{counted(left, 'change')} are in the full report: there is no room here." if left else ""
    note = [f"{counted(left, 'more change')} are in the full report: there is no room here."] if left else []
    return folded(counted(len(review.changes), "distinct change"), "\n\n".join([*out, *note]))


def _change(change: Change) -> str:
    shared = totals(change)
    title = f"{ACTIONS[change.action]} {cut(change.title, 200)}"
    where_ = f" · {shared}: {code(who(change.clusters, 6))}" if change.clusters and shared else ""
    lines = list(_diff(change))
    return f"{code(title)}{where_}" + (f"\n\n{fenced(lines, 'diff')}" if lines else "")


def _diff(change: Change) -> Iterator[str]:
    """Fields as lines of a diff, so that what goes is red and what comes is green."""
    for field in change.fields[:_FIELDS]:
        if field.lines:
            yield f"  {field.path}:"
            yield from (cut(line, _WIDE) for line in field.lines[:_LINES])
        elif field.before is None or field.after is None:
            sign, value = becomes(field).split(" ", 1)
            yield cut(f"{sign} {field.path}: {value}", _WIDE)
        else:
            yield cut(f"- {field.path}: {field.before}", _WIDE)
            yield cut(f"+ {field.path}: {field.after}", _WIDE)
    if len(change.fields) > _FIELDS:
        yield f"  ... {len(change.fields) - _FIELDS} more fields"
    yield from (cut(line, _WIDE) for line in change.lines[:_LINES])
    if len(change.lines) > _LINES:
        yield f"  ... {len(change.lines) - _LINES} more lines"


def _origins(review: Review) -> Iterator[str]:
    if not review.files:
        return
    lines = []
    for one in review.origins:
        paths = ", ".join(code(path) for path in one.paths[:10])
        more = f" and {len(one.paths) - 10} more" if len(one.paths) > 10 else ""
        lines.append(f"- {SOURCES[one.source]} ({len(one.paths)}): {paths}{more}")
    yield folded(f"Whose changes these are, {review.origins_by}", "\n".join(lines))


def _unchecked(review: Review) -> Iterator[str]:
    if review.files:
        yield folded("Not checked", "\n".join(f"- {code(line)}" for line in review.unchecked))
