"""Renders what fleet.yaml says now, and changes the repository to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from clusterwright import document, git
from clusterwright.errors import Refused, UserError, located
from clusterwright.fleet import networks, states, tree
from clusterwright.fleet.plan import FLEET, Plan, plan
from clusterwright.fleet.write import apply as write
from clusterwright.progress import step
from clusterwright.render.answers import Answers
from clusterwright.render.copier import ANSWERS, read_recorded, render
from clusterwright.render.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Proposal:
    """A repository, what it is to become, and the way there.

    Attributes:
        root: the repository.
        recorded: the files as they are recorded.
        wanted: the files that it shall have.
        plan: the way there.
    """

    root: Path
    recorded: tree.Tree
    wanted: tree.Tree
    plan: Plan


def propose(folder: Path, edited: document.Document | None = None) -> Proposal:
    """Renders what is recorded and what fleet.yaml says, and compares both with the tree.

    Args:
        folder: the repository.
        edited: what fleet.yaml shall say; what it says now if it is left out.

    Returns:
        What applying would do; nothing is written.

    Raises:
        UserError: fleet.yaml or the recorded answers cannot be used.
    """
    root = folder.resolve()
    answers = recorded_answers(folder)
    fleet = edited or read(folder)
    source = Source(answers["_src_path"], answers["_commit"])
    known = {name: value for name, value in answers.items() if not name.startswith("_")}
    with TemporaryDirectory(prefix="clusterwright-") as scratch, located(scratch):
        recorded = _render(source, Answers(known), Path(scratch, "recorded"))
        _known(fleet, recorded)
        if any(known.get(name) != value for name, value in fleet.data.items()):
            _steps(known, fleet)
            wanted = _render(source, Answers({**known, **fleet.data}, fleet), Path(scratch, "wanted"))
        else:
            wanted = recorded
    return Proposal(root, recorded, wanted, plan(recorded, wanted, _actual(root, recorded, wanted)))


def carry_out(proposal: Proposal, *, allow_delete: bool) -> None:
    """Makes the planned changes, all or none.

    Args:
        proposal: what to do.
        allow_delete: whether the folder of a cluster or an environment may go.

    Raises:
        UserError: something else than fleet.yaml was edited, or a folder would go that may not.
    """
    root, planned = proposal.root, proposal.plan
    if planned.blocked:
        lines = [
            f"{path}: edited by hand, and fleet.yaml changes it too; restore it from git" for path in planned.blocked
        ]
        raise UserError("\n".join(lines))
    if planned.removed and not allow_delete:
        lines = [
            f"{path}: would be deleted; run again with --allow-delete if that is meant" for path in planned.removed
        ]
        raise UserError("\n".join(lines))
    dirty = [path for path in git.changed(root) if path != FLEET] if planned.changes and git.top(root) else []
    if dirty:
        raise UserError(f"{dirty[0]}: not committed; commit or remove it first, only {FLEET} may be edited")
    if planned.changes:
        with located(root):
            write(root, planned.changes, proposal.wanted)


def read(folder: Path) -> document.Document:
    """Reads the fleet.yaml of a repository."""
    path = folder / FLEET
    if not path.is_file():
        raise UserError(f"{folder}: no {FLEET}; restore it from git")
    return document.read(path, FLEET)


def recorded_answers(folder: Path) -> dict[str, Any]:
    """Reads the answers of a platform repository.

    Raises:
        UserError: it is none, or does not say what it was rendered from.
    """
    answers = read_recorded(folder)
    if not answers.get("_src_path") or not answers.get("_commit"):
        raise UserError(f"{folder}: no platform repository; {ANSWERS} with a template and a version is missing")
    source = str(answers["_src_path"])
    if not Path(source).is_absolute() and ":" not in source:
        raise UserError(f"{ANSWERS}: _src_path is relative; write the template's URL or absolute path, and commit it")
    return answers


def _steps(known: Mapping[str, Any], fleet: document.Document) -> None:
    """Refuses what only Python tells of clusters; what is no list of clusters is the template's to refuse."""
    lists = (known.get("clusters"), fleet.data.get("clusters"))
    try:
        if all(isinstance(one, list) and all(map(_named, one)) for one in lists):
            states.allow(*lists)  # type: ignore[arg-type]
        networks.allow(lists[1])
    except Refused as refused:
        raise Answers(fleet.data, fleet).placed(refused) from None


def _named(cluster: object) -> bool:
    return isinstance(cluster, dict) and "name" in cluster


def _known(fleet: document.Document, recorded: tree.Tree) -> None:
    """Refuses what is no key of fleet.yaml: Copier would take any answer from there, or ignore it."""
    seeded = yaml.safe_load(recorded[FLEET].content) if FLEET in recorded else {}
    for name in fleet.data:
        if name not in seeded:
            raise UserError(f"{fleet.at(name)}: {name}: no key of {FLEET}; {document.nearest(name, seeded)}")


def _render(source: Source, answers: Answers, folder: Path) -> tree.Tree:
    try:
        with step(f"Rendering {source.ref}"):
            render(source, answers, folder)
    except Refused as refused:
        if answers.file:
            raise answers.placed(refused) from None
        raise UserError(f"{ANSWERS}: {refused}") from None
    return tree.read(folder)


def _actual(root: Path, *rendered: Mapping[str, tree.Entry]) -> tree.Tree:
    """Reads from the repository what the template knows; what else is there is nobody's business here."""
    paths = {path for each in rendered for path in each}
    return {path: found for path in paths if (found := tree.entry(root / path))}
