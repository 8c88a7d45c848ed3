"""A hand edit is what differs from the last rendering, which is the last change of the recorded answers."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from clusterwright import git
from clusterwright.check.rules.ownership import ANSWERS, MARK
from tests.check.conftest import findings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write

VALUES = "platform/store/values.yaml"
OWNED = f"# {MARK} overrides/.\nreplicas: 3\n"


@pytest.fixture
def root(write: Write) -> Path:
    root = write(
        {
            ".clusterwright.yaml": "user_paths:\n  - apps/**\n",
            ANSWERS: "_commit: v1.0.0\nteams: 1\n",
            VALUES: OWNED,
            "apps/shop/values.yaml": OWNED,
            "notes.yaml": "replicas: 3\n",
        }
    )
    git.first_commit(root, "main", "Render")
    return root


def commit(root: Path) -> None:
    git.tell(root, "add", "--all")
    git.tell(root, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "Change")


def edit(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).write_text((root / path).read_text("utf-8").replace("3", "5").replace("1", "2"), "utf-8")


def edited(root: Path) -> list[tuple[str, int]]:
    return [(one.path, one.line) for one in findings(root) if one.rule == "template-edited"]


def test_an_edit_is_found_before_and_after_its_commit(root: Path) -> None:
    edit(root, VALUES)
    assert edited(root) == [(VALUES, 2)]
    commit(root)
    assert edited(root) == [(VALUES, 2)]


def test_what_people_own_is_theirs_to_edit(root: Path) -> None:
    edit(root, "apps/shop/values.yaml", "notes.yaml")
    assert edited(root) == []


def test_what_the_template_renders_anew_is_no_edit(root: Path) -> None:
    edit(root, VALUES, ANSWERS)
    assert edited(root) == []
    commit(root)
    assert edited(root) == []


def test_an_edit_after_a_rendering_is_found_and_one_before_it_is_merged(root: Path) -> None:
    edit(root, VALUES)
    commit(root)
    edit(root, ANSWERS)
    commit(root)
    assert edited(root) == []
    (root / VALUES).unlink()
    assert edited(root) == [(VALUES, 1)]


def test_a_file_that_loses_its_mark_is_still_the_templates(root: Path) -> None:
    (root / VALUES).write_text("replicas: 3\n", "utf-8")
    assert [path for path, _ in edited(root)] == [VALUES]


def test_nothing_is_said_without_history(root: Path, tmp_path: Path) -> None:
    edit(root, VALUES)
    commit(root)
    shallow = tmp_path / "shallow"
    git.tell(tmp_path, "clone", "-q", "--depth=1", root.as_uri(), str(shallow))
    assert edited(shallow) == []
    (root / ".git").rename(tmp_path / "history")
    assert edited(root) == []


def test_nothing_is_said_without_git(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    edit(root, VALUES)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert edited(root) == []


def test_nothing_is_said_when_git_takes_too_long(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, timeout: float | None, **__: object) -> None:
        assert timeout
        raise subprocess.TimeoutExpired("git", timeout)

    edit(root, VALUES)
    monkeypatch.setattr(subprocess, "run", never)
    assert edited(root) == []
