"""What an update says: on a terminal, and in the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.suggest import counted
from clusterwright.review.reports import markdown, text
from clusterwright.review.reports.markdown import code, folded
from clusterwright.review.reports.words import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.update.merge import Reason
    from clusterwright.update.run import Proposal

LONGEST = 65_000
_CHANGELOG = 12_000
REASONS: dict[Reason, str] = {
    "lines": "you and the template changed the same lines; both are between marks",
    "removed": "you changed it and the template removed it; yours is kept",
    "added": "you and the template added it; both are between marks",
    "form": "you and the template changed it, and it is no text; yours is kept",
    "moved": "it belongs elsewhere now, where there is another file; yours is kept",
}


def preview(proposal: Proposal) -> str:
    """What would happen: the notes, what it does, what is to be settled."""
    blocks = [
        [f"Clusterwright {proposal.old.name} -> {proposal.new.name}"],
        [*_upgrading(proposal)],
        [text.render(proposal.review).rstrip()],
        [*_listed(proposal)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _upgrading(proposal: Proposal) -> Iterator[str]:
    found = [one for one in proposal.notes if one.upgrading]
    if found:
        yield "Upgrade notes"
    for one in found:
        yield f"  {one.version}"
        yield from (f"    {line}".rstrip() for line in one.upgrading.splitlines())


def _listed(proposal: Proposal) -> Iterator[str]:
    merged = proposal.merged
    if merged.moved:
        yield f"Moved along ({len(merged.moved)})"
        yield from (f"  {source} -> {target}" for source, target in merged.moved.items())
    edited = [path for path in merged.edited if path not in merged.conflicts]
    if edited:
        yield f"Edited by you, and kept, in files of the template ({len(edited)})"
        yield from (f"  {path}" for path in edited)
    yield f"Conflicts ({len(merged.conflicts)})"
    yield from (f"  {path}: {REASONS[reason]}" for path, reason in merged.conflicts.items())


def pull_request(proposal: Proposal) -> str:
    """The text of the pull request: what to do, what is to be settled, what it does, and what is new."""
    first = "\n\n".join(_first(proposal))
    last = "\n\n".join(_last(proposal))
    room = min(markdown.LONGEST, LONGEST - len(first) - len(last))
    review = markdown.render(proposal.review, room).removeprefix(f"{markdown.MARKER}\n\n").rstrip()
    return "\n\n".join(part for part in (first, review, last) if part) + "\n"


def _first(proposal: Proposal) -> Iterator[str]:
    yield f"Updates the platform from Clusterwright {proposal.old.name} to {proposal.new.name}."
    found = [one for one in proposal.notes if one.upgrading]
    if found:
        yield "### Upgrade notes"
        yield from (f"**{one.version}**\n\n{one.upgrading}" for one in found)
    conflicts = proposal.merged.conflicts
    if conflicts:
        yield "### To be settled before the merge"
        yield "\n".join(f"- [ ] {code(path)}: {REASONS[reason]}" for path, reason in conflicts.items())
    errors = len(proposal.report.errors)
    yield f"`clusterwright check`: {counted(errors, 'error')}, {counted(len(proposal.report.warnings), 'warning')}."


def _last(proposal: Proposal) -> Iterator[str]:
    news = "\n\n".join(f"**{one.version}**\n\n{one.text}" for one in proposal.notes)
    if news:
        yield folded("What is new", news if len(news) <= _CHANGELOG else f"{news[:_CHANGELOG]}\n\n...")


def outcome(proposal: Proposal, body: str) -> Iterator[str]:
    """What was made, and what comes next."""
    from clusterwright.check.reports.text import render as checked

    yield "Checked:"
    yield from (f"  {line}" for line in checked(proposal.report).splitlines())
    yield ""
    yield f"Made the branch {proposal.branch}; you are where you were. {headline(proposal.review)}."
    yield "Next:"
    if not proposal.is_clean:
        yield f"  git switch {proposal.branch}   settle what is listed above, and commit"
    yield f"  git push -u origin {proposal.branch}"
    yield f"  open a pull request; its text is in {body}"
