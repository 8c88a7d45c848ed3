from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.root import repository_root
from clusterwright.check.run import Wanted, check
from clusterwright.errors import UserError
from tests.check.conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write

BROKEN = "a: [\n"


def test_a_folder_is_checked_with_its_whole_repository_in_view(write: Write) -> None:
    root = write({".git/HEAD": "", "a/x.yaml": BROKEN, "b/y.yaml": BROKEN, "ab.yaml": BROKEN})
    assert {one.path for one in check(str(root)).findings} == {"a/x.yaml", "b/y.yaml", "ab.yaml"}
    assert [one.path for one in check(str(root / "a")).findings] == ["a/x.yaml"]
    assert [one.path for one in check(str(root / "b/y.yaml")).findings] == ["b/y.yaml"]
    assert check(str(root / "a")).files == 1


def test_the_repository_is_the_nearest_folder_that_says_so(write: Write) -> None:
    root = write({".git/HEAD": "", "golden/.clusterwright.yaml": "", "golden/a/x.yaml": "", "b/y.yaml": ""})
    assert repository_root(root / "golden/a") == (root / "golden", "a")
    assert repository_root(root / "b") == (root, "b")
    assert repository_root(root) == (root, "")


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file or folder"):
        check(str(tmp_path / "nothing"))


def test_several_paths_of_one_repository_are_checked_together(write: Write) -> None:
    root = write({".git/HEAD": "", "a/x.yaml": BROKEN, "b/y.yaml": BROKEN, "c/z.yaml": BROKEN})
    report = check(str(root / "a"), str(root / "b/y.yaml"))
    assert [one.path for one in report.findings] == ["a/x.yaml", "b/y.yaml"]
    assert report.files == 2


def test_paths_of_two_repositories_are_refused(write: Write) -> None:
    root = write({".git/HEAD": "", "a/x.yaml": "", "b/.clusterwright.yaml": ""})
    with pytest.raises(UserError, match=r"b: in another repository than .*/a; check one at a time"):
        check(str(root / "a"), str(root / "b"))


def test_content_that_is_given_stands_for_a_file_that_is_there_or_not(write: Write) -> None:
    root = write({".git/HEAD": "", "a.yaml": "a: 1\n", "b.yaml": BROKEN})
    for name in ("a.yaml", "new/c.yaml"):
        report = check(str(root / name), wanted=Wanted(content=b"b: [\n"))
        assert [(one.path, one.rule) for one in report.findings] == [(name, "yaml-parse")]
        assert report.texts == {name: b"b: [\n"}
    assert check(str(root / "b.yaml"), wanted=Wanted(content=b"b: 1\n")).findings == ()


def test_a_folder_inside_a_git_repository_is_named_as_git_does(write: Write) -> None:
    root = write({".git/HEAD": "", "golden/one/.clusterwright.yaml": ""})
    assert check(str(root / "golden/one")).prefix == "golden/one/"
    assert check(str(root)).prefix == ""


def test_only_texts_with_findings_are_kept(write: Write) -> None:
    assert check(str(write({"a.yaml": "a: 1\n", "b.yaml": BROKEN}))).texts == {"b.yaml": BROKEN.encode()}


def test_findings_come_in_order_and_once() -> None:
    findings = check(str(FIXTURES / "needs-circle" / "invalid")).findings
    assert list(findings) == sorted(set(findings))


def test_the_repositorys_own_version_of_kubernetes_counts_unless_another_is_asked_for(write: Write) -> None:
    root = write({".clusterwright.yaml": "kubernetes_version: '1.34'\n"})
    assert check(str(root)).kubernetes_version == "1.34"
    assert check(str(root), wanted=Wanted(kubernetes_version="1.36")).kubernetes_version == "1.36"


def test_a_broken_clusterwright_yaml_is_a_finding(write: Write) -> None:
    root = write({".clusterwright.yaml": BROKEN})
    assert [one.rule for one in check(str(root)).findings] == ["yaml-parse"]
