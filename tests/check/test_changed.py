from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.changed import changed_since
from clusterwright.check.run import Wanted, check
from clusterwright.errors import UserError
from tests.conftest import commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write


@pytest.fixture
def root(write: Write) -> Path:
    """A branch that left main, which has gone on since."""
    root = write({"old.yaml": "a: [\n", "edited.yaml": "a: 1\n", "gone.yaml": "a: 1\n", "sub/in.yaml": "a: 1\n"})
    commit(root)
    git(root, "switch", "--quiet", "--create=work")
    (root / "new ü.yaml").write_text("a: [\n")
    (root / "gone.yaml").unlink()
    commit(root)
    git(root, "switch", "--quiet", "main")
    (root / "theirs.yaml").write_text("a: [\n")
    commit(root)
    git(root, "switch", "--quiet", "work")
    (root / "edited.yaml").write_text("a: [\n")
    (root / "sub/untracked.yaml").write_text("a: [\n")
    return root


def test_commits_edits_and_new_files_count_since_the_branch_left(root: Path) -> None:
    assert changed_since(root, "main") == {"new ü.yaml", "gone.yaml", "edited.yaml", "sub/untracked.yaml"}
    assert changed_since(root, "HEAD") == {"edited.yaml", "sub/untracked.yaml"}


def test_paths_are_relative_to_the_folder(root: Path) -> None:
    assert changed_since(root / "sub", "main") == {"untracked.yaml"}


def test_what_git_ignores_has_not_changed(root: Path) -> None:
    (root / ".git/info/exclude").write_text("untracked.yaml\n")
    assert "sub/untracked.yaml" not in changed_since(root, "HEAD")


def test_only_findings_in_changed_files_are_shown_and_the_others_counted(root: Path) -> None:
    report = check(str(root), wanted=Wanted(changed_since="main"))
    assert [one.path for one in report.findings] == ["edited.yaml", "new ü.yaml", "sub/untracked.yaml"]
    assert (report.since, report.elsewhere) == ("main", 1)
    assert report.files == 5


@pytest.mark.parametrize("revision", ["nowhere", "--all", "", "main..work"])
def test_a_revision_that_is_none_is_refused(root: Path, revision: str) -> None:
    with pytest.raises(UserError, match=r"^--changed-since .*: there is no such commit here; fetch it first$"):
        changed_since(root, revision)


def test_a_folder_that_is_not_under_git_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not under git"):
        changed_since(tmp_path, "main")
