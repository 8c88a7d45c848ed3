"""What the checker's tests share: repositories written from a mapping, and what the rules say about them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from clusterwright import git
from clusterwright.check.registry import RULES
from clusterwright.check.repository import load
from clusterwright.check.run import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterwright.check.model import Finding

FIXTURES = Path(__file__).parent / "fixtures"


class Write(Protocol):
    """Writes files into a repository of their own; returns its root."""

    def __call__(self, files: Mapping[str, str | bytes]) -> Path: ...


def findings(root: Path) -> list[Finding]:
    """What every rule says about a folder, taken as a repository."""
    return find(load(str(root)), RULES)


def lines(root: Path) -> list[str]:
    """The findings as the text report prints them."""
    return [f"{one.path}:{one.line}:{one.col}: {one.rule} {one.message}" for one in findings(root)]


def fixture(rule: str, kind: str, scratch: Path) -> Path:
    """A rule's valid or invalid repository; if `rendered` is beside it, one with a history that begins there."""
    source = FIXTURES / rule / kind
    if not (FIXTURES / rule / "rendered").is_dir():
        return source
    root = scratch / kind
    shutil.copytree(FIXTURES / rule / "rendered", root)
    git.first_commit(root, "main", "Render")
    (root / ".git").rename(scratch / "history")
    shutil.rmtree(root)
    shutil.copytree(source, root)
    (scratch / "history").rename(root / ".git")
    return root


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A repository of the test's own."""

    def into(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "repository"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return into
