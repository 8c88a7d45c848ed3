"""The documentation site as it is built: it asks nobody but its own server, and each page has a place in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LOADED = re.compile(r"<(?:link|script|img)\b[^>]*?\b(?:href|src)=[\"']?(https?:[^\"' >]+)")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, which `strict` lets fail on any warning."""
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_no_page_asks_anybody_else(site: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(pages) > 100
    for path, text in pages.items():
        assert LOADED.findall(text) == [], path
        assert 'data-md-component="source"' not in text, "what asks the git host for stars"


def test_every_page_of_the_documentation_is_in_it(site: Path) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        path = page.relative_to(ROOT / "docs").with_suffix("")
        shown = path.parent if path.name in {"README", "index"} else path
        assert (site / shown / "index.html").is_file(), page
