from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.run import check, repository_root
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


def test_findings_come_in_order_and_once() -> None:
    findings = check(str(FIXTURES / "needs-circle" / "invalid")).findings
    assert list(findings) == sorted(set(findings))


def test_the_repositorys_own_version_of_kubernetes_counts_unless_another_is_asked_for(write: Write) -> None:
    root = write({".clusterwright.yaml": "kubernetes_version: '1.34'\n"})
    assert check(str(root)).kubernetes_version == "1.34"
    assert check(str(root), "1.36").kubernetes_version == "1.36"


def test_a_broken_clusterwright_yaml_is_a_finding(write: Write) -> None:
    root = write({".clusterwright.yaml": BROKEN})
    assert [one.rule for one in check(str(root)).findings] == ["yaml-parse"]
