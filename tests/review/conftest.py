"""A repository with two trees: what is committed, and what a test makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from clusterwright.review.run import review
from tests.conftest import commit

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.review.model import Review


@dataclass(frozen=True)
class Workshop:
    """A repository whose last commit is the base of every review."""

    root: Path

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def edit(self, path: str, before: str, after: str) -> None:
        """Replaces a text that is there exactly once."""
        text = (self.root / path).read_text("utf-8")
        assert text.count(before) == 1, f"{path}: {before!r} is there {text.count(before)} times"
        self.write(path, text.replace(before, after))

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def commit(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            self.write(path, text)
        commit(self.root)

    def review(self, base: str = "HEAD", head: str = "") -> Review:
        return review(self.root, base, head)

    def found(self) -> list[str]:
        """What needs attention: `rule: title message`."""
        return [f"{one.rule}: {one.title} {one.message}" for one in self.review().attention]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    root = tmp_path / "repository"
    root.mkdir()
    return Workshop(root)
