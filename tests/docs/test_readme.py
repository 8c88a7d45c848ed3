"""The README: one picture, one minute, and commands that do what their comments say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.conftest import ROOT
from tests.docs.conftest import run

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
MINUTE = 240
"""How many words people read in a minute."""
SPAN = re.MULTILINE | re.DOTALL
CODE = re.compile(r"^```(\w*)\n(.*?)^```$", SPAN)
FOLD = re.compile(r"^<details>.*?^</details>$", SPAN)


def words(text: str) -> list[str]:
    """What a person reads of Markdown: neither code nor what is folded, no table and no address."""
    for left_out in (FOLD, CODE, re.compile(r"^\|.*$", re.MULTILINE), re.compile(r"!\[[^]]*\]\([^)]*\)")):
        text = left_out.sub("", text)
    shown = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    return re.findall(r"\w[\w'./-]*", shown)


def test_it_is_read_in_a_minute() -> None:
    assert 100 < len(words(README)) <= MINUTE


def test_what_is_counted_is_what_is_seen_at_once() -> None:
    hidden = "```sh\nno\n```\n\n| no |\n\n<details>\nno\n</details>\n![no](no.svg)\n"
    text = f"# One\n\n[two three](https://four.five)\n\n{hidden}"
    assert words(text) == ["One", "two", "three"]


def test_it_has_one_picture() -> None:
    (picture,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert (ROOT / picture).is_file()
    assert "<img" not in README


def test_its_first_two_commands_make_a_platform_and_test_the_template() -> None:
    first, second = (text for kind, text in CODE.findall(README)[:2] if kind == "sh")
    assert first.rstrip().endswith("clusterwright new ../my-platform --defaults")
    assert second.rstrip().endswith("nox -s tests")


def test_its_other_commands_run_as_they_stand(shell: dict[str, str], tmp_path: Path) -> None:
    """The first two are run by .ci/run: each makes an environment of its own."""
    (text,) = (text for kind, text in CODE.findall(README)[2:] if kind == "sh")
    assert text.count("clusterwright ") > 5
    run(text, tmp_path, shell)
