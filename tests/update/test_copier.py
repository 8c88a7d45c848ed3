"""What `clusterwright update` merges is what plain `copier update` makes, byte for byte, where both lose nothing."""

from __future__ import annotations

import os
import shutil
import warnings
from random import Random
from typing import TYPE_CHECKING

import pytest

from clusterwright.fleet import tree
from clusterwright.render.copier import ANSWERS, worker
from tests.conftest import VERSION, Template, commit, copy_sources, git
from tests.update.conftest import Way, known_to, released
from tests.update.edits import edited

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.fleet.tree import Tree
    from tests.update.conftest import Ways

ROUNDS = int(os.environ.get("CLUSTERWRIGHT_COPIER_ROUNDS", "1"))
SEED = 11
FILES = ("laptop-minimal.yaml", "existing-gitea-nginx.yaml", "aws-github-cloudflare.yaml")
# Copier renders both sides anew for every update: each release with one file, the newest with all of them.
WAYS = [(number, FILES[number % len(FILES)]) for number in range(len(released()) - 1)]
WAYS += [(len(released()) - 1, name) for name in FILES]


@pytest.fixture(scope="session")
def history(ways: Ways, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The template under git with every release and today's state, each tagged."""
    path = tmp_path_factory.mktemp("history") / "template"
    for number, revision in enumerate(released()):
        shutil.copytree(ways.at(revision).path, path, dirs_exist_ok=True)
        commit(path, f"Release {number}", f"v0.0.{number}")
        git(path, "rm", "-r", "--quiet", ".")
    copy_sources(path)
    commit(path, "Release", VERSION)
    return Template(path)


def updated(platform: Path) -> None:
    """Runs Copier's own update."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with worker()(dst_path=platform, vcs_ref=VERSION, defaults=True, overwrite=True, quiet=True) as run:
            run.run_update()


@pytest.mark.parametrize(("number", "name"), WAYS)
def test_the_merge_is_that_of_copier_update(history: Template, tmp_path: Path, number: int, name: str) -> None:
    answers = known_to(released()[number])[name]
    old = Template(history.path, f"v0.0.{number}").render(answers, tmp_path / "old")
    new = history.render(answers, tmp_path / "new")
    way = Way(name, tree.read(old), tree.read(new))
    for turn in range(ROUNDS):
        mine = edited(way, Random(f"{SEED} {name} {turn}"))  # noqa: S311
        merged = way.merge(mine.mine)
        platform = tmp_path / f"platform-{turn}"
        for path, entry in mine.mine.items():
            tree.write(platform / path, entry)
        commit(platform, "Mine")
        updated(platform)
        ours = {path: entry for path, entry in {**mine.mine, **merged.changes}.items() if entry is not None}
        assert differences(ours, tree.read(platform)) == []
        unmerged = git(platform, "ls-files", "--unmerged", "--format=%(path)").splitlines()
        assert sorted(set(unmerged)) == sorted(merged.conflicts)


def differences(ours: Tree, theirs: Tree) -> list[str]:
    """The paths that are not the same; the recorded answers may say differently where the template is."""
    return [
        path for path in sorted(ours.keys() | theirs.keys()) if path != ANSWERS and ours.get(path) != theirs.get(path)
    ]
