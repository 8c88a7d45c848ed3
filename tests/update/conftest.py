"""Old and new versions of the template, rendered as trees: an update is tried on them a hundred times a minute."""

from __future__ import annotations

import subprocess
import tarfile
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from clusterwright.fleet import tree
from clusterwright.render.copier import ANSWERS, worker
from clusterwright.update.run import kept, moves
from tests.conftest import ROOT, SOURCES, Template, git

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.fleet.tree import Tree
    from clusterwright.update.merge import Merged

CHANGED = {"organisation": "Zebra & Sons", "environments": ["development", "qa", "production"]}
"""Answers that somebody changed since, at the version that they were at."""


@dataclass(frozen=True)
class Way:
    """A platform on its way from a release to today: what the template rendered then and what it renders now."""

    name: str
    old: Tree
    new: Tree

    @cached_property
    def kept(self) -> frozenset[str]:
        return frozenset(kept(self.old) | kept(self.new))

    def merge(self, mine: Tree) -> Merged:
        from clusterwright.update.merge import merge

        return merge(self.old, self.new, mine, self.kept, moves(self.new))


def released() -> list[str]:
    """Every release that this clone holds, by its commit."""
    releases = yaml.safe_load((ROOT / "releases.yaml").read_text("utf-8")) or []
    return [release["commit"] for release in releases]


def known_to(commit: str) -> dict[str, dict[str, Any]]:
    """The valid answers that a release knows, by the name of their file."""
    names = git(ROOT, "ls-tree", "--name-only", commit, "tests/valid/").splitlines()
    return {name.rpartition("/")[2]: yaml.safe_load(git(ROOT, "show", f"{commit}:{name}")) or {} for name in names}


def recorded(rendered: Tree) -> dict[str, Any]:
    """The answers that a render records."""
    found = yaml.safe_load(rendered[ANSWERS].content)
    return {name: value for name, value in found.items() if not name.startswith("_")}


class Ways:
    """Renders ways when they are asked for, each once."""

    def __init__(self, today: Template, folder: Path) -> None:
        self._today = today
        self._folder = folder
        self._templates: dict[str, Template] = {}
        self._ways: dict[tuple[str, str, bool], Way] = {}

    def way(self, commit: str, name: str, *, changed: bool = False) -> Way:
        """The way of some answers from a release."""
        key = (commit, name, changed)
        if key not in self._ways:
            answers = {**known_to(commit)[name], **(CHANGED if changed else {})}
            folder = self._folder / f"{commit[:7]}-{name}-{changed}"
            old = tree.read(self.at(commit).render(answers, folder / "old"))
            new = tree.read(self._today.render(self.asked(recorded(old)), folder / "new"))
            self._ways[key] = Way(f"{commit[:7]} {name}{' with changed answers' if changed else ''}", old, new)
        return self._ways[key]

    def asked(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Those of some answers that today's template still asks for."""
        return {name: value for name, value in answers.items() if name in self._questions}

    @cached_property
    def _questions(self) -> set[str]:
        with worker()(src_path=str(self._today.path), dst_path=self._folder / "nowhere") as run:
            return {name for name in run.template.questions_data if not name.startswith("cw_")}

    def at(self, commit: str) -> Template:
        """What Copier reads of the template as it was released, outside git."""
        if commit not in self._templates:
            folder = self._folder / commit
            names = [name for name in git(ROOT, "ls-tree", "--name-only", commit).split() if name in SOURCES]
            command = ["git", "archive", commit, *names]
            packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
            with tarfile.open(fileobj=BytesIO(packed)) as archive:
                archive.extractall(folder, filter="data")
            self._templates[commit] = Template(folder, version=None)
        return self._templates[commit]


@pytest.fixture(scope="session")
def ways(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Ways:
    if git(ROOT, "rev-parse", "--is-shallow-repository") == "true":
        pytest.skip("a shallow clone does not hold the releases: that updates from them work was not proven")
    return Ways(sources, tmp_path_factory.mktemp("ways"))
