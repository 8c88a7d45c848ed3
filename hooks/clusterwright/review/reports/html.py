"""The report as one HTML page: nothing is loaded, no script runs, and the keyboard is enough to read it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from clusterwright.check.explain import url
from clusterwright.check.reports.text import printable
from clusterwright.check.suggest import counted
from clusterwright.review.registry import PAGES
from clusterwright.review.reports.style import STYLE
from clusterwright.review.reports.words import ACTIONS, MAP, SOURCES, facts, headline, totals, where, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.review.model import Attention, Cell, Change, FieldChange, Review, Row

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_OPEN = 3


def render(review: Review) -> str:
    """The whole review; nothing is left out."""
    title = headline(review)
    sections = "\n".join(part for part in _sections(review) if part)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{text(title)}</title>
<style>
{STYLE}</style>
</head>
<body>
<a class="skip" href="#attention">Skip to what needs attention</a>
<header class="{review.verdict}">
<h1>{text(title)}</h1>
<p>{text(facts(review)) if review.files else ""}</p>
<p class="quiet">{text(_trees(review))}{_map(review)}</p>
</header>
<main>
{sections}
</main>
</body>
</html>
"""


def text(value: str) -> str:
    """A text, whatever it holds."""
    return escape(printable(value))


def code(value: str) -> str:
    """A text as code."""
    return f"<code>{text(value)}</code>"


def _trees(review: Review) -> str:
    return f"{review.base[:12]} to {review.head[:12] or 'the working tree'}"


def _map(review: Review) -> str:
    return f' · <a href="{text(review.map)}">{text(MAP)}</a>' if review.map else ""


def _sections(review: Review) -> Iterator[str]:
    yield _section("attention", "Attention", _attention(review))
    if review.rows or review.areas:
        yield _section("reach", "Reach", "\n".join(_reach(review)))
    if review.changes:
        changes = "\n".join(_change(one, opened=index < _OPEN) for index, one in enumerate(review.changes))
        yield _section("changes", counted(len(review.changes), "distinct change"), changes)
    if review.files:
        yield _section("origins", f"Whose changes these are, {review.origins_by}", _origins(review))
        unchecked = "\n".join(f"<li>{text(line)}</li>" for line in review.unchecked)
        yield _section("unchecked", "Not checked", f"<ul>\n{unchecked}\n</ul>")


def _section(name: str, title: str, body: str) -> str:
    head = f'<h2 id="{name}-title">{text(title)}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">\n{head}\n{body}\n</section>'


def _attention(review: Review) -> str:
    if not review.attention:
        return "<p>No rule found anything that a person has to look at.</p>"
    return '<ul class="attention">\n' + "\n".join(map(_item, review.attention)) + "\n</ul>"


def _item(one: Attention) -> str:
    clusters = f" in {code(who(one.clusters))}" if one.clusters else ""
    page = f'<a href="{text(url(one.rule, PAGES))}">{text(one.rule)}</a>'
    return (
        f'<li class="{one.level}"><span class="level">{one.level}</span>\n'
        f"<p>{code(one.title)}{clusters} {text(one.message)}</p>\n"
        f'<p class="quiet">{page} · {code(where(one.paths))}</p></li>'
    )


def _reach(review: Review) -> Iterator[str]:
    if review.rows:
        known = sorted({one.component for row in review.rows for one in row.cells})
        head = "".join(f'<th scope="col">{code(one)}</th>' for one in known)
        rows = "\n".join(_row(row, known) for row in review.rows)
        yield (
            '<div class="wide" tabindex="0" role="group" aria-label="Clusters and components"><table>\n'
            f'<thead><tr><th scope="col">Clusters</th>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'
        )
        if review.unchanged:
            yield f"<p>Nothing changes in {code(', '.join(review.unchanged))}.</p>"
    if review.areas:
        yield _listed("Outside of clusters", [(one.name, one.paths) for one in review.areas])


def _row(row: Row, known: list[str]) -> str:
    found = {one.component: one for one in row.cells}
    cells = "".join(_cell(found.get(one)) for one in known)
    names = code(who(row.clusters))
    if len(row.clusters) > 4:
        every = code(", ".join(row.clusters))
        names = f"<details><summary>{names}</summary>{every}</details>"
    count = f' <span class="quiet">{len(row.clusters)}</span>' if len(row.clusters) > 1 else ""
    return f'<tr><th scope="row">{names}{count}</th>{cells}</tr>'


def _cell(one: Cell | None) -> str:
    if one is None:
        return "<td></td>"
    detail = f"<br>{code(one.detail)}" if one.detail else ""
    return f'<td class="{one.what.split(" ")[-1]}">{one.what}{detail}</td>'


def _change(change: Change, *, opened: bool) -> str:
    shared = totals(change)
    count = f' <span class="quiet">{shared}</span>' if shared else ""
    title = code(f"{ACTIONS[change.action]} {change.title}")
    lines = "".join(_field(one) for one in change.fields) + "".join(map(_line, change.lines))
    parts = [f'<pre tabindex="0">{lines}</pre>'] if lines else []
    if len(change.subjects) > 1:
        parts.append(_folded(f"all {len(change.subjects)}", change.subjects))
    if len(change.clusters) > 1:
        parts.append(_folded(counted(len(change.clusters), "cluster"), change.clusters))
    parts.append(_folded(counted(len(change.paths), "file"), change.paths))
    state = " open" if opened else ""
    return f'<details class="{change.action}"{state}><summary>{title}{count}</summary>\n{chr(10).join(parts)}</details>'


def _field(field: FieldChange) -> str:
    name = f'<span class="path">{text(field.path)}</span>'
    if field.lines:
        return f"<div>  {name}</div>" + "".join(map(_line, field.lines))
    gone = f"<del>- {name}: {text(field.before)}</del>" if field.before is not None else ""
    come = f"<ins>+ {name}: {text(field.after)}</ins>" if field.after is not None else ""
    return gone + come


def _line(line: str) -> str:
    tag = {"-": "del", "+": "ins"}.get(line[:1], "div")
    return f"<{tag}>{text(line)}</{tag}>"


def _origins(review: Review) -> str:
    return _listed("", [(SOURCES[one.source], one.paths) for one in review.origins])


def _listed(title: str, groups: list[tuple[str, tuple[str, ...]]]) -> str:
    """Files by group, each group closed until a reader opens it."""
    head = f"<h3>{text(title)}</h3>\n" if title else ""
    return head + "\n".join(_folded(name, paths, f' <span class="quiet">{len(paths)}</span>') for name, paths in groups)


def _folded(title: str, names: tuple[str, ...], more: str = "") -> str:
    """Names, closed until a reader opens them; a single one as it is."""
    if len(names) == 1 and not more:
        return f'<p class="quiet">{code(names[0])}</p>'
    items = "".join(f"<li>{code(one)}</li>" for one in names)
    return f'<details><summary>{text(title)}{more}</summary>\n<ul class="paths">{items}</ul></details>'
