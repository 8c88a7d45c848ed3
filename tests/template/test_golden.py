"""The golden repositories are what the template renders now: `nox -s golden` writes them, a reader judges the diff."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, tree
from tests.template import golden

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template


@pytest.mark.parametrize("name", golden.NAMES)
def test_the_template_renders_the_golden_repository(sources: Template, tmp_path: Path, name: str) -> None:
    golden.render(sources, name, tmp_path / "out")
    rendered, kept = tree(tmp_path / "out"), tree(golden.GOLDEN / name)
    assert sorted(rendered) == sorted(kept)
    for path, content in rendered.items():
        before, after = kept[path].decode().splitlines(), content.decode().splitlines()
        assert "\n".join(difflib.unified_diff(before, after, "golden", "rendered", lineterm="")) == "", path


def test_the_picture_in_the_readme_shows_the_default_platform() -> None:
    """Its words, that is: where each of them stands is up to the version of Graphviz."""
    assert golden.PICTURE.name in (ROOT / "README.md").read_text("utf-8")
    assert words(golden.PICTURE.read_text("utf-8")) == words(golden.picture())


def words(picture: str) -> list[str]:
    return sorted(re.findall(r"<(?:title|text)[^>]*>([^<]*)<", picture))
