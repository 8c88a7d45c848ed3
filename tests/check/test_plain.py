"""What is read line by line is what libyaml reads: on what people write, and on what they might."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwright.check import plain
from clusterwright.check.loader import parse
from clusterwright.check.plain import Plain
from clusterwright.check.scalars import go_yaml, yaml_1_2

READER = Plain(go_yaml())
SCALARS = go_yaml()

UNDERSTOOD = [
    "a: 1\n",
    "# only a comment\n",
    "---\n",
    "---\n---\na: 1\n---\n",
    "a: 1\n---\n# nothing\n---\nb: 2\n",
    "a:\n  b:\n    c: x\n  d:\ne: y\n",
    "a:\n- x\n- w: 1\n  z: 2\nb: 3\n",
    "a:\n  - x\n  -   w: 1\n      z:\n        - 1\n        - 2\n",
    "- a\n- b: 1\n",
    "a: {}\nb: []\nc: { }\nd: [ ]\n",
    "a: [x, 'y z', \"w, v\", 1, true, --flag]\nb: []\n",
    "a: one # comment\nb: two# three\nc: x:y\nd: -1\ne: --- \n",
    "a: 'it''s'\nb: \"quoted # text\"\n\"c\": 1\n'd e': 2\n",
    "a: yes\nb: 0o17\nc: 1e3\nd: 12:30\ne: ~\nf: null\ng: .inf\n",
    "a: |\n  x\n\n    y\nb: |-\n    x\n\n\nc: |+\n  x\n\n# end\nd: >\n  x\n  y\ne: >-\n  x\n",
    "a:\n  - |\n    x\n  - k: |\n      y\n    l: 1\n",
    "a: 1\na: 2\n",
    "a: &x one\nb: *x\n---\nc: 1\n",
    "a: &x\n  b: 1\nc: *x\n",
    "a: &x\n- b\nc:\n  - *x\n  - d: *x\n",
    "a: &x\nb:\n  c: 1\nd: *x\n",
    "a: &x\n  b: &w\n    - 1\n  c: *w\nd: *x\ne: &x 2\nf: *x\n",
    "a:\n  - b: &x\n      c: 1\n    d: *x\n",
    "a: grüße 日本\n",
    "a: 1\nb:\n  - c",
    "a: |\n  x\nb: 1",
    "1a: 1\n.b: 2\n/c: 3\n",
    "  a: 1\n  b: 2\n",
]
LEFT = [
    "a: &x {}\nb: *x\n",
    "a: &x\n  b: *x\n",
    "a: &x\n  b:\n    - c: *x\n",
    "- &x\n  a: 1\n",
    "a: *x\n",
    "a: &x &y 1\n",
    f"a: {'&x ' * 2000}1\n",
    "a: &x 1\n---\nb: *x\n",
    "a: !!str 1\n",
    "a:\n  <<: {b: 1}\n",
    "a: {b: 1}\n",
    "a: [b, [c]]\n",
    "a: one\n  two\n",
    'a: "one\n  two"\n',
    'a: "\\n"\n',
    "a: 1\n b: 2\n",
    "a:\n    b: 1\n  c: 2\n",
    "a: 1\n- b\n",
    "- a\nb: 1\n",
    "a: b: c\n",
    "a: 'b' c\n",
    "a:\t1\n",
    "a: 1\r\n",
    "a: \x07\n",
    "a: \u2028\n",
    "a: |\n  x",
    "a: |\n  x\n  ",
    "a: 1\n...",
    "...\na: 1\n",
    "a: |\n   x\n  y\n",
    "a: |\n\n  x\n",
    "- k: |\n x\n",
    "a: >\n  x\n\n  y\n",
    "a: 1\n...\nb: 2\n",
    "%YAML 1.1\n---\na: 1\n",
    "text\n",
    "y: 1\n",
    "1: 2\n",
    "? a\n: b\n",
    "-\n  a: 1\n",
    "- - a\n",
    "a: @b\n",
    "\ufeffa: 1\n",
    "k" * 200 + ": 1\n",
    "".join("  " * depth + "a:\n" for depth in range(300)),
]
PIECES = st.sampled_from(
    [
        "a", "b:", "c: ", "- ", "-", "  ", "    ", " ", "\n", "\n\n", "\n  ", "\n    ", "\n- ", "\n  - ", ": ", "#",
        " # x", "'", '"', "''", "|", ">", "|-\n", "|+\n", ">-\n", "&x ", "*x", "[", "]", "{", "}", ", ", "---\n",
        "...\n", "x y", "1", "yes", "~", "!", "%", "@", "\\", "\t", "?", "? ", "é", "a: 1\n", "b:\n", "- c: 2\n",
        "d: |\n", "<<",
    ]
)  # fmt: skip


def both(text: str) -> tuple[object, Any]:
    """What this module reads, and what libyaml reads."""
    parsed = parse(text.encode(), SCALARS)
    return READER.read(text.encode()), (parsed.problem, parsed.documents, parsed.duplicates)


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_what_manifests_are_written_in_is_read_as_libyaml_reads_it(text: str) -> None:
    ours, (problem, documents, duplicates) = both(text)
    assert problem is None
    assert repr(ours) == repr((documents, duplicates))


@pytest.mark.parametrize("text", LEFT)
def test_everything_else_is_left_to_libyaml(text: str) -> None:
    assert READER.read(text.encode()) is None


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_read_libyaml_reads_the_same(text: str) -> None:
    for written in (text, f"{text}\n", f"k:\n  {text}\n"):
        ours, theirs = both(written)
        if ours is not None:
            problem, documents, duplicates = theirs
            assert problem is None, written
            assert repr(ours) == repr((documents, duplicates)), written


def test_values_that_are_met_again_are_made_anew() -> None:
    (first, _), (second, _) = (
        READER.read(b"a: []\nb: [x]\n") or ([], None),
        READER.read(b"a: []\nb: [x]\n") or ([], None),
    )
    assert first == second
    assert first[0]["a"] is not second[0]["a"]
    assert first[0]["b"] is not second[0]["b"]


def test_keys_of_workflows_stay_text() -> None:
    assert Plain(yaml_1_2()).read(b"on: push\n") == ([{"on": "push"}], False)


def test_what_is_large_is_left_to_libyaml() -> None:
    assert READER.read(b"a: 1\n" * (plain.LARGEST // 5 + 1)) is None


def test_no_text_takes_long() -> None:
    for text in (
        f"a: b{' ' * 100_000}c: d\n",
        f"{' ' * 100_000}x\n",
        f"a: {'[' * 100_000}\n",
        f"a: '{chr(39) * 100_001}\n",
    ):
        READER.read(text.encode())
