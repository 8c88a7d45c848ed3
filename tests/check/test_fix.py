"""How mended files are written: whole, in place, and only over what was checked."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from clusterwright.check import fix
from clusterwright.check.fix import changes, diff
from clusterwright.check.registry import RULES
from clusterwright.check.run import check
from clusterwright.errors import Unfinished
from tests.check.conftest import FIXTURES, findings

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.check.rule import Rule
    from tests.check.conftest import Write

BEFORE = "a: 1\nb: 2 # stays\na: 1"
AFTER = "a: 1\nb: 2 # stays\n"


def test_a_file_keeps_its_mode_and_stays_behind_its_link(write: Write, tmp_path: Path) -> None:
    root = write({".clusterwright.yaml": "", "real/a.yaml": BEFORE})
    (root / "real/a.yaml").chmod(0o640)
    (root / "link.yaml").symlink_to("real/a.yaml")
    report = check(str(root / "link.yaml"))
    (change,) = changes(report)
    fix.write(report.root, change)
    assert (root / "link.yaml").is_symlink()
    assert (root / "real/a.yaml").read_text() == AFTER
    assert (root / "real/a.yaml").stat().st_mode & 0o777 == 0o640
    assert os.listdir(root / "real") == ["a.yaml"]  # noqa: PTH208 - names are what counts
    assert tmp_path in root.parents


def test_a_link_out_of_the_repository_is_not_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(BEFORE)
    root = write({".clusterwright.yaml": ""})
    (root / "link.yaml").symlink_to("../outside.yaml")
    report = check(str(root))
    with pytest.raises(Unfinished, match="outside of the repository"):
        fix.write(report.root, next(changes(report)))
    assert (tmp_path / "outside.yaml").read_text() == BEFORE


def test_a_file_that_changed_meanwhile_is_left_alone(write: Write) -> None:
    root = write({"a.yaml": BEFORE})
    report = check(str(root))
    (root / "a.yaml").write_text("other: 1\n")
    with pytest.raises(Unfinished, match="changed while it was being checked"):
        fix.write(report.root, next(changes(report)))
    assert (root / "a.yaml").read_text() == "other: 1\n"


def test_git_applies_the_diff_and_the_result_is_what_fix_writes(write: Write) -> None:
    root = write({"a.yaml": BEFORE, "ü b.yaml": "x: 1\r\nx: 1\r\n", ".clusterwright.yaml": ""})
    report = check(str(root))
    found = list(changes(report))
    patch = "\n".join(map(diff, found)) + "\n"
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=root, check=True)
    assert {change.path: (root / change.path).read_bytes() for change in found} == {
        "a.yaml": AFTER.encode(),
        "ü b.yaml": b"x: 1\r\n",
    }


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixable], ids=lambda rule: rule.id)
def test_a_rule_that_says_so_can_mend_some_of_its_own_fixture(rule: Rule, tmp_path: Path) -> None:
    root = shutil.copytree(FIXTURES / rule.id / "invalid", tmp_path / "invalid")
    (root / ".git").mkdir()
    report = check(str(root))
    assert rule.id in {one.rule for one in report.fixable}
    for change in changes(report):
        fix.write(report.root, change)
    left = check(str(root))
    assert not left.fixable
    assert len(left.findings) < len(report.findings)
    assert {one.rule for one in left.findings} <= {one.rule for one in report.findings}


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.fixable], ids=lambda rule: rule.id)
def test_no_other_rule_offers_a_fix(rule: Rule) -> None:
    assert not [one for one in findings(FIXTURES / rule.id / "invalid") if one.rule == rule.id and one.fix]
