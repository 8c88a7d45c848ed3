"""Three trees become one, and what a person has to look at is named."""

from __future__ import annotations

import pytest

from clusterwright.fleet.tree import Entry, moved_to
from clusterwright.update.merge import merge

A, B, C = (Entry(text) for text in (b"a\n", b"b\n", b"c\n"))
LONG = Entry(b"".join(b"line %d\n" % number for number in range(30)))


def edit(entry: Entry, before: bytes, after: bytes) -> Entry:
    assert entry.content.count(before) == 1
    return Entry(entry.content.replace(before, after), entry.executable)


TOP = edit(LONG, b"line 2\n", b"line two\n")
BOTTOM = edit(LONG, b"line 25\n", b"line twenty-five\n")
BOTH = edit(TOP, b"line 25\n", b"line twenty-five\n")


@pytest.mark.parametrize(
    ("old", "new", "mine", "result", "reason"),
    [
        (A, A, A, A, None),
        (A, B, A, B, None),
        (A, A, B, B, None),
        (A, B, B, B, None),
        (None, A, None, A, None),
        (None, A, A, A, None),
        (A, None, A, None, None),
        (A, None, None, None, None),
        (A, B, None, None, None),
        (A, A, None, None, None),
        (A, None, B, B, "removed"),
        (LONG, TOP, BOTTOM, BOTH, None),
        (LONG, TOP, Entry(LONG.content, executable=True), Entry(TOP.content, executable=True), None),
        (LONG, Entry(TOP.content, executable=True), BOTTOM, Entry(BOTH.content, executable=True), None),
        (A, B, C, Entry(b"<<<<<<< before updating\nc\n=======\nb\n>>>>>>> after updating\n"), "lines"),
        (None, B, C, Entry(b"<<<<<<< before updating\nc\n=======\nb\n>>>>>>> after updating\n"), "added"),
        (A, Entry(b"b\0"), C, C, "form"),
        (A, B, Entry(b"target", link=True), Entry(b"target", link=True), "form"),
        (Entry(b"a", link=True), Entry(b"b", link=True), Entry(b"a", link=True), Entry(b"b", link=True), None),
    ],
)  # fmt: skip
def test_a_path_becomes_what_both_want(
    old: Entry | None, new: Entry | None, mine: Entry | None, result: Entry | None, reason: str | None
) -> None:
    then, now, here = ({"f": entry} if entry else {} for entry in (old, new, mine))
    merged = merge(then, now, here, (), {})
    assert {**here, **merged.changes}.get("f") == result
    assert merged.conflicts == ({"f": reason} if reason else {})


def test_what_is_the_users_is_never_touched() -> None:
    merged = merge({"own/a": A}, {"own/a": B, "own/b": B}, {"own/a": C, "own/b": C}, ("own/**",), {})
    assert (merged.changes, merged.conflicts, merged.edited) == ({}, {}, ())


def test_a_seed_that_is_gone_comes_back() -> None:
    assert merge({"fleet.yaml": A}, {"fleet.yaml": B}, {}, ("fleet.yaml",), {}).changes == {"fleet.yaml": B}


def test_recorded_answers_are_always_the_new_ones() -> None:
    name = ".copier-answers.yml"
    merged = merge({name: A}, {name: B}, {name: C}, (), {})
    assert (merged.changes, merged.conflicts, merged.edited) == ({name: B}, {}, ())


def test_edits_of_the_template_are_named_even_if_they_merge() -> None:
    merged = merge({"f": LONG, "g": A}, {"f": TOP, "g": A}, {"f": BOTTOM, "g": B}, (), {})
    assert merged.edited == ("f", "g")


MOVES = {"clusters/*/overrides/old.yaml": "clusters/*/overrides/new.yaml", "old/**": "new/**"}


def test_files_of_the_user_move_along() -> None:
    mine = {"clusters/a/overrides/old.yaml": A, "clusters/b/overrides/old.yaml": B, "clusters/b/overrides/x.yaml": C}
    merged = merge({}, {}, mine, ("clusters/*/overrides/**",), MOVES)
    assert merged.changes == {
        "clusters/a/overrides/new.yaml": A,
        "clusters/a/overrides/old.yaml": None,
        "clusters/b/overrides/new.yaml": B,
        "clusters/b/overrides/old.yaml": None,
    }
    assert merged.moved["clusters/a/overrides/old.yaml"] == "clusters/a/overrides/new.yaml"


def test_nothing_is_moved_over_a_file_that_is_there() -> None:
    mine = {"clusters/a/overrides/old.yaml": A, "clusters/a/overrides/new.yaml": B}
    merged = merge({}, {}, mine, ("clusters/*/overrides/**",), MOVES)
    assert (merged.changes, merged.conflicts) == ({}, {"clusters/a/overrides/old.yaml": "moved"})


def test_an_edit_of_a_file_that_the_template_renames_goes_along() -> None:
    merged = merge({"old/f": LONG}, {"new/f": TOP}, {"old/f": BOTTOM}, (), MOVES)
    assert (merged.changes, merged.conflicts) == ({"new/f": BOTH, "old/f": None}, {})


def test_a_renamed_file_without_an_edit_is_the_templates_own_business() -> None:
    merged = merge({"old/f": LONG}, {"new/f": TOP}, {"old/f": LONG}, (), MOVES)
    assert (merged.changes, merged.moved) == ({"new/f": TOP, "old/f": None}, {})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("clusters/a/overrides/old.yaml", "clusters/a/overrides/new.yaml"),
        ("old/b/c.tf", "new/b/c.tf"),
        ("clusters/a/b/overrides/old.yaml", None),
        ("elsewhere", None),
    ],
)
def test_a_pattern_tells_where_a_path_belongs(path: str, expected: str | None) -> None:
    assert moved_to(path, MOVES.items()) == expected
