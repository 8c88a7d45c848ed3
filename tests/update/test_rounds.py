"""Rounds of edits and updates, at random: no byte is lost, and there is no conflict without a reason."""

from __future__ import annotations

import difflib
import os
from random import Random
from typing import TYPE_CHECKING

import pytest

from clusterwright.render.copier import ANSWERS
from tests.update.conftest import known_to, released
from tests.update.edits import edited

if TYPE_CHECKING:
    from clusterwright.fleet.tree import Tree
    from clusterwright.update.merge import Merged
    from tests.update.conftest import Way, Ways
    from tests.update.edits import Edited

ROUNDS = int(os.environ.get("CLUSTERWRIGHT_ROUNDS", "300"))
SEED = 7
MARKS = (b"<<<<<<< before updating\n", b"=======\n", b">>>>>>> after updating\n")


def every_way() -> list[tuple[str, str, bool]]:
    """From every release, for every answers file that it knows; and some with answers that have changed since."""
    found = [(commit, name, False) for commit in released() for name in sorted(known_to(commit))]
    return found + [(commit, name, True) for commit, name, _ in found if name in {"laptop.yaml", "aws-everything.yaml"}]


@pytest.mark.parametrize(("commit", "name", "changed"), every_way())
def test_updates_lose_nothing(ways: Ways, commit: str, name: str, changed: bool) -> None:  # noqa: FBT001
    way = ways.way(commit, name, changed=changed)
    share = -(-ROUNDS // len(every_way()))
    for number in range(share):
        mine = edited(way, Random(f"{SEED} {way.name} {number}"))  # noqa: S311
        merged = way.merge(mine.mine)
        try:
            judge(way, mine, merged)
        except AssertionError as error:
            raise AssertionError(f"{way.name}, round {number}: {error}") from error


def test_without_edits_the_result_is_a_fresh_render(ways: Ways) -> None:
    commit = released()[-1]
    for name in ("laptop.yaml", "aws-everything.yaml"):
        way = ways.way(commit, name)
        merged = way.merge(way.old)
        assert applied(way.old, merged) == {**way.new, "fleet.yaml": way.old["fleet.yaml"]}
        assert (merged.conflicts, merged.edited) == ({}, ())


def judge(way: Way, mine: Edited, merged: Merged) -> None:
    result = applied(mine.mine, merged)
    for path, entry in mine.own.items():
        if path not in way.new:
            assert result.get(path) == entry, f"{path}: not as it was"
    for path in mine.gone:
        assert path not in result, f"{path}: is there again"
    for path in way.old.keys() | way.new.keys():
        if path not in mine.own:
            of_template(path, way, mine, merged, result)
    assert result.keys() == mine.mine.keys() - (way.old.keys() - way.new.keys() - merged.conflicts.keys()) | (
        way.new.keys() - way.old.keys()
    )


def applied(mine: Tree, merged: Merged) -> Tree:
    result = {**mine, **merged.changes}
    return {path: entry for path, entry in result.items() if entry is not None}


def of_template(path: str, way: Way, mine: Edited, merged: Merged, result: Tree) -> None:
    old, new, ours = way.old.get(path), way.new.get(path), mine.mine.get(path)
    if path == ANSWERS or ours == old:
        assert result.get(path) == (ours if path == "fleet.yaml" else new), f"{path}: not as a fresh render"
        return
    if path in mine.gone:
        return
    assert ours is not None
    content = result[path].content
    for line in mine.lines.get(path, ()):
        assert content.count(line) == 1, f"{path}: a line of mine is there {content.count(line)} times"
    if path in merged.conflicts:
        conflict(path, way, ours.content, merged, result)
        return
    assert not any(mark in content for mark in MARKS[::2]), f"{path}: a conflict that is not listed"
    if new is None:
        raise AssertionError(f"{path}: the template removed it, and it is not listed")
    if path not in mine.touched:
        without = b"".join(line for line in content.splitlines(keepends=True) if line not in mine.lines[path])
        assert without == new.content, f"{path}: not a fresh render with my lines"


def conflict(path: str, way: Way, ours: bytes, merged: Merged, result: Tree) -> None:
    """A conflict has a reason, and both sides are there."""
    old, new, content = way.old[path], way.new.get(path), result[path].content
    if new is None:
        assert (merged.conflicts[path], content) == ("removed", ours)
        return
    assert merged.conflicts[path] == "lines"
    assert near(old.content, new.content, ours), f"{path}: a conflict where only one side changed"
    assert all(mark in content for mark in MARKS)
    kept = content.splitlines(keepends=True)
    for side in (new.content, ours):
        for line in set(side.splitlines(keepends=True)) - set(old.content.splitlines(keepends=True)):
            assert line in kept or line.rstrip(b"\n") + b"\n" in kept, f"{path}: {line!r} is lost"


def near(old: bytes, new: bytes, ours: bytes) -> bool:
    """Whether both sides changed the same lines, or neighbouring ones."""
    sides = [spans(old, one) for one in (new, ours)]
    return any(a[0] <= b[1] and b[0] <= a[1] for a in sides[0] for b in sides[1])


def spans(old: bytes, new: bytes) -> list[tuple[int, int]]:
    """The lines of the old text that a new one changes."""
    matcher = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return [(begin, end) for tag, begin, end, *_ in matcher.get_opcodes() if tag != "equal"]
