"""Repositories whose files were edited at random: findings with a place and one line each, in bounded time.

`nox -s fuzz` goes through many more rounds than a test run does. What was found that way and mended since is in found/,
a repository each, so that every run asks it again.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwright.check.fix import changes, diff
from clusterwright.check.reports import render
from clusterwright.check.repository import load
from clusterwright.check.run import check
from clusterwright.errors import UserError
from clusterwright.order.data import as_json
from clusterwright.order.simulate import simulate
from tests.check.bounds import bounded
from tests.check.conftest import FIXTURES, lines
from tests.check.mutations import EDITS, Edit, mutated
from tests.check.readers import read_hcl, read_yaml

ROUNDS = int(os.environ.get("CLUSTERWRIGHT_CHECK_ROUNDS", "60"))
FOUND = Path(__file__).parent / "found"
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab")

Files = dict[str, bytes]
EVERY_ROUND = settings(max_examples=ROUNDS, deadline=None)


def _files(root: Path) -> Files:
    paths = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


BASES = [_files(one) for one in sorted(FIXTURES.glob("*/*valid")) if not (one.parent / "rendered").is_dir()]
YAML = sorted({text for base in BASES for path, text in base.items() if path.endswith(("yaml", "yml"))})
HCL = sorted({text for base in BASES for path, text in base.items() if path.endswith("tf")})


@st.composite
def repositories(draw: st.DrawFn) -> Files:
    """The repository of a fixture, of which some files were edited, or took the place of another one's."""
    files = dict(draw(st.sampled_from(BASES)))
    paths = st.sampled_from(sorted(files))
    for path in draw(st.lists(paths, min_size=1, max_size=3)):
        files[path] = mutated(files[draw(paths)] if draw(st.integers(0, 9)) == 0 else files[path], draw(EDITS))
    return files


def judge(root: str, files: Files) -> None:
    """Checks a repository in every way there is; the only exception is one line for the person who asked."""
    try:
        report = check(root)
        as_json(simulate(load(root), ""))
    except UserError as error:
        assert "\n" not in str(error)
        return
    for one in report.findings:
        assert one.message == " ".join(one.message.split())
        assert 1 <= one.line <= files.get(one.path, b"").count(b"\n") + 2, one
        assert one.col >= 1
    for form in FORMATS:
        render(report, form).encode("utf-8", "surrogateescape")
    for change in changes(report):
        diff(change)


@pytest.mark.parametrize("found", sorted(FOUND.iterdir()), ids=lambda path: path.name)
def test_what_was_found_once_is_said_in_these_words(found: Path) -> None:
    with bounded():
        said = lines(found / "repository")
    assert said == (found / "expected.txt").read_text("utf-8").splitlines()


@EVERY_ROUND
@given(repositories())
def test_a_repository_that_was_edited_at_random_is_judged(files: Files) -> None:
    with TemporaryDirectory() as root, bounded():
        for path, text in files.items():
            target = Path(root, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        judge(root, files)


@EVERY_ROUND
@given(st.sampled_from(YAML), EDITS)
def test_yaml_that_was_edited_at_random_is_read(text: bytes, edits: list[Edit]) -> None:
    read_yaml(mutated(text, edits))


@EVERY_ROUND
@given(st.sampled_from(HCL), EDITS)
def test_hcl_that_was_edited_at_random_is_read_or_refused(text: bytes, edits: list[Edit]) -> None:
    read_hcl(mutated(text, edits))
