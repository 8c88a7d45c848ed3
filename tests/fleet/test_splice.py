"""Edits of YAML as text: only what was asked for changes, and removing what was added gives every byte back."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwright.fleet.nodes import Unusual
from clusterwright.fleet.splice import added, keyed, removed, replaced

SEEDED = """\
# This file is yours.

environments:
  - development  # first
  - production

# Who may sign in.
people:
  - name: ada
    email: ada@acme.dev
    teams:
      - developers
  # Zoe is on leave.
  - {name: zoe, email: "zoe@acme.dev", teams: [developers]}

applications: []

versions: {}  # none
"""
ADA = {"name": "max", "email": "max@acme.dev", "teams": ["developers", "admins"]}
LAYOUTS = {
    "seeded": SEEDED,
    "without a last line break": SEEDED.rstrip("\n"),
    "with Windows' line breaks": SEEDED.replace("\n", "\r\n"),
    "ends in a list": "versions: {}\napplications: []\npeople:\n- name: ada\n- name: zoe\nenvironments:\n  - dev",
    "on one line each": "environments: [dev, prod]\npeople: [ {name: ada} ]\napplications: [ ]\n",
    "over several lines": "environments: [\n  dev, # first\n  prod,\n]\npeople:   []\napplications: []  # none yet\n",
    "comments everywhere": "people: # a\n  # b\n  - name: ada # c\n  # d\n# e\napplications: [] # f\n# g\n",
    "block scalars": "people:\n  - name: ada\n    is: |\n      Line\n\n  - name: zoe\n    is: >\n      Line\n\n# end\n",
    "a document": "---\npeople:\n  -\n    name: ada\n  - name: zoe\n\n...\n",
}


@pytest.mark.parametrize(
    ("layout", "key"),
    [(layout, key) for layout, text in LAYOUTS.items() for key in ("people", "applications") if f"{key}:" in text],
)
def test_removing_what_was_added_gives_every_byte_back(layout: str, key: str) -> None:
    text = LAYOUTS[layout]
    items = yaml.safe_load(text)[key]
    for after in (None, *range(-1, len(items))):
        longer = added(text, (key,), ADA, after)
        place = len(items) if after is None else after + 1
        assert yaml.safe_load(longer)[key] == [*items[:place], ADA, *items[place:]]
        assert removed(longer, (key, place)) == text


def test_an_addition_looks_as_its_neighbours_do() -> None:
    shop = {"name": "shop", "source": {"path": "apps/shop"}, "environments": {"dev": {}, "prod": {"version": "1.2.0"}}}
    text = added(added(SEEDED, ("people",), ADA, 0), ("applications",), shop)
    assert text == SEEDED.replace(
        "  # Zoe",
        "  - name: max\n    email: max@acme.dev\n    teams:\n      - developers\n      - admins\n  # Zoe",
    ).replace(
        "applications: []\n",
        "applications:\n  - name: shop\n    source: {path: apps/shop}\n    environments:\n"
        '      dev: {}\n      prod: {version: "1.2.0"}\n',
    )


def test_a_missing_list_is_made_at_the_end() -> None:
    assert (
        added("a: 1  # one\n# end\n", ("people",), {"name": "ada"}) == "a: 1  # one\n\npeople:\n  - name: ada\n# end\n"
    )
    assert added("", ("people",), {"name": "ada"}) == "people:\n  - name: ada\n"


def test_a_value_changes_in_its_place() -> None:
    text = "applications:\n  - name: shop\n    environments:\n      prod: {version: '1.0.0'}  # frozen\n"
    path = ("applications", 0, "environments", "prod", "version")
    assert replaced(text, path, "2.0.0") == text.replace("'1.0.0'", '"2.0.0"')


def test_a_key_is_added_to_maps_of_either_style_and_taken_away_again() -> None:
    for text in (
        "a:\n  - name: shop\n    at:\n      dev: {}  # one\n    x: 1\n",
        "a:\n  - name: shop\n    at: {dev: {}}\n",
        "a: [{name: shop, at: {dev: {}}}]",
    ):
        longer = replaced(text, ("a", 0, "at", "prod"), {"version": "1.0.0"})
        assert yaml.safe_load(longer)["a"][0]["at"] == {"dev": {}, "prod": {"version": "1.0.0"}}
        assert removed(longer, ("a", 0, "at", "prod")) == text


def test_a_key_with_lines_below_it_is_added_at_the_end() -> None:
    assert keyed("# mine\n", "image", {"tag": "1.0"}) == '# mine\nimage:\n  tag: "1.0"\n'
    assert keyed("a: 1 # one\n# end", "image", {"tag": "x"}) == "a: 1 # one\nimage:\n  tag: x\n# end"


def test_what_cannot_be_edited_is_left_alone() -> None:
    with pytest.raises(Unusual) as refused:
        added("people: # who\n  - # ada\n    name: ada\n", ("people",), ADA)
    assert refused.value.line == 3


names = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
entries = st.fixed_dictionaries(
    {"name": names}, optional={"email": st.text("ab@.:#, {}[]'\"\\", max_size=8), "n": st.integers()}
)
comments = st.sampled_from(["", "  # note", " #"])


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A list of entries between two other keys, in one of the ways in which people write them."""
    items: list[dict[str, Any]] = draw(st.lists(entries, max_size=4))
    tail = draw(st.sampled_from(["", "\n", "\nlast: 1\n", "\n\n# end\nlast: {a: b}"]))
    if not items or draw(st.booleans()):
        style = yaml.safe_dump(items, default_flow_style=True, width=draw(st.sampled_from([10, 200]))).rstrip("\n")
        return f"first: 1\npeople: {style.replace(chr(10), chr(10) + '  ')}{draw(comments)}{tail}"
    indent = draw(st.sampled_from(["", "  ", "    "]))
    lines = [draw(comments) for _ in items]
    text = ""
    for item, comment in zip(items, lines, strict=True):
        written = yaml.safe_dump(item, sort_keys=False, width=200).rstrip("\n").split("\n")
        text += f"\n{indent}- " + f"\n{indent}  ".join(written) + comment
        text += draw(st.sampled_from(["", f"\n{indent}# below", "\n"]))
    return f"first: 1\npeople:{draw(comments)}{text}{tail}"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(layouts(), entries, st.integers(-1, 4))
def test_any_layout_survives_an_edit_and_its_undoing(text: str, entry: dict[str, Any], after: int) -> None:
    before = deepcopy(yaml.safe_load(text)["people"])
    place = min(after, len(before) - 1)
    longer = added(text, ("people",), entry, place)
    assert yaml.safe_load(longer)["people"] == [*before[: place + 1], entry, *before[place + 1 :]]
    assert removed(longer, ("people", place + 1)) == text
