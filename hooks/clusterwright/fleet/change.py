"""An edit of fleet.yaml as one change of the whole repository: the text, what follows from it, files of the user's."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from clusterwright import document, git
from clusterwright.errors import Refused, Unfinished, UserError
from clusterwright.fleet import apply
from clusterwright.fleet.nodes import Unusual
from clusterwright.fleet.plan import FLEET, Action, Plan
from clusterwright.fleet.tree import Entry, entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from clusterwright.fleet.apply import Proposal

LISTS = ("environments", "people", "applications", "clusters")


@dataclass(frozen=True)
class Fleet:
    """A repository whose fleet.yaml is committed and applied, so that it may be edited.

    Attributes:
        root: the repository.
        text: fleet.yaml.
        data: what it says.
        answers: what the repository was rendered from.
    """

    root: Path
    text: str
    data: dict[str, Any]
    answers: dict[str, Any]

    def entries(self, key: str) -> list[Any]:
        """The entries of one of its lists."""
        found = self.data.get(key)
        return found if isinstance(found, list) else []

    def place(self, key: str, name: str) -> int | None:
        """The position of an entry, by its name; None if there is none."""
        names = [one["name"] if isinstance(one, dict) else one for one in self.entries(key)]
        return names.index(name) if name in names else None

    def named(self, key: str, what: str, name: str) -> int:
        """The position of an entry that must be there.

        Raises:
            UserError: it is not; the line names the nearest one.
        """
        place = self.place(key, name)
        if place is None:
            names = [one["name"] if isinstance(one, dict) else one for one in self.entries(key)]
            near = document.nearest(name, names)
            hint = near if near.startswith("did") else f"there is {', '.join(names) or 'none'}"
            raise UserError(f"{what} {name}: there is none; {hint}")
        return place


@dataclass(frozen=True)
class Edit:
    """What a verb wants.

    Attributes:
        text: fleet.yaml.
        files: files of the user's, by path, whole.
        goes: the folders of registry/ that go with it.
        notes: what is left to do, a line each.
        warnings: what follows from it that nobody may expect, a line each.
    """

    text: str
    files: Mapping[str, str] = field(default_factory=dict)
    goes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def opened(folder: Path) -> Fleet:
    """Opens fleet.yaml for reading and editing.

    Raises:
        UserError: this is no platform repository, or fleet.yaml is wrong.
    """
    answers = apply.recorded_answers(folder)
    fleet = apply.read(folder)
    text = (folder / FLEET).read_bytes().decode("utf-8-sig")
    return Fleet(folder.resolve(), text, fleet.data, answers)


def proposed(fleet: Fleet, change: Callable[[Fleet], Edit]) -> tuple[Proposal, Edit]:
    """Says what an edit does to the repository; nothing is written.

    Args:
        fleet: the repository.
        change: the edit.

    Returns:
        What to carry out, and the edit.

    Raises:
        UserError: something is not committed or not applied, or the edit is not one that the template takes.
        Unfinished: fleet.yaml is laid out in a way that cannot be edited here.
    """
    _settled(fleet)
    try:
        edit = change(fleet)
    except Unusual as unusual:
        where = f"{FLEET}:{unusual.line}" if unusual.line else FLEET
        raise Unfinished(f"{where}: laid out in a way that cannot be edited here; edit it by hand") from None
    if edit.text == fleet.text:
        proposal = apply.Proposal(fleet.root, {}, {}, Plan({}, {}, (), ()))
    else:
        proposal = _rendered(fleet, edit)
    kept = [one for one in proposal.plan.removed if one not in edit.goes]
    if kept:
        raise UserError(f"{kept[0]}: would go too; run `clusterwright apply --allow-delete` if that is meant")
    return _with_own(proposal, fleet, edit), edit


def _settled(fleet: Fleet) -> None:
    """Refuses where the change would not be the only one in its commit."""
    if git.top(fleet.root):
        dirty = next(iter(git.changed(fleet.root)), None)
        if dirty:
            raise UserError(f"{dirty}: not committed; commit or remove it first, so that one commit holds one change")
    for name, value in fleet.data.items():
        if name in fleet.answers and fleet.answers[name] != value:
            raise UserError(f"{FLEET}: {name} was edited and not applied; run `clusterwright apply`, and commit")
    for name in LISTS:
        if name not in fleet.data and fleet.answers.get(name):
            raise UserError(f"{FLEET}: {name} is missing; write it again, as .copier-answers.yml has it")


def _rendered(fleet: Fleet, edit: Edit) -> Proposal:
    try:
        return apply.propose(fleet.root, document.parsed(edit.text, FLEET))
    except Refused:
        raise
    except UserError as error:  # its line is one of a text that nobody has seen
        where, _, problem = str(error).partition(": ")
        raise (UserError(problem) if where.startswith(f"{FLEET}:") else error) from None


def _with_own(proposal: Proposal, fleet: Fleet, edit: Edit) -> Proposal:
    """Adds fleet.yaml itself and the files of the user's."""
    mark = codecs.BOM_UTF8 if (fleet.root / FLEET).read_bytes().startswith(codecs.BOM_UTF8) else b""
    own = {path: Entry(text.encode()) for path, text in edit.files.items()}
    if edit.text != fleet.text:
        own[FLEET] = Entry(mark + edit.text.encode())
    actions: dict[str, Action] = {
        path: "change" if (fleet.root / path).is_file() else "add"
        for path, wanted in sorted(own.items())
        if entry(fleet.root / path) != wanted
    }
    planned = replace(proposal.plan, changes={**actions, **proposal.plan.changes})
    return replace(proposal, wanted={**proposal.wanted, **own}, plan=planned)
