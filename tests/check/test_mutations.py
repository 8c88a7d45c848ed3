"""One fault at a time, planted into a valid repository: the right rule finds it, on the very line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.check.conftest import FIXTURES, findings

if TYPE_CHECKING:
    from pathlib import Path

STORE = "registry/clusters/main/store.yaml"
METRICS = "registry/clusters/main/metrics.yaml"
PROJECT = "registry/projects/platform.yaml"
CONFIG = "platform/metrics/settings.yaml"
URL = "https://git.example.com/platform/gitops.git"


@pytest.fixture
def valid(tmp_path: Path) -> Path:
    return shutil.copytree(FIXTURES / "needs-order" / "valid", tmp_path / "valid")


@pytest.mark.parametrize(
    ("path", "before", "after", "rule"),
    [
        (CONFIG, "data:", "data: [", "yaml-parse"),
        (CONFIG, 'retention: "30"', 'retention: "30"\n  retention: "31"', "yaml-duplicate-key"),
        (CONFIG, '"30"', "30", "schema"),
        (CONFIG, '"30"', "yes", "schema"),
        (CONFIG, "data:", "date:", "schema"),
        (CONFIG, "  name: settings", "  name: Settings", "schema"),
        (CONFIG, "kind: ConfigMap", "kind: Configmap", "schema"),
        (CONFIG, "apiVersion: v1", "apiVersion: v2", "schema"),
        (CONFIG, '"30"', '"#{ days }#"', "template-residue"),
        (CONFIG, '"30"', '"{{ cookiecutter.days }}"', "template-residue"),
        (CONFIG, '"30"', '"<DAYS>"', "placeholder"),
        (CONFIG, '"30"', "CHANGE_ME", "placeholder"),
        (METRICS, "  project: platform", "  project: default", "project-default"),
        (METRICS, "  project: platform", "  project: platform2", "project-exists"),
        (METRICS, "    path: platform/metrics", "    path: platform/metrics2", "app-path"),
        (METRICS, "    path: platform/metrics", "    path: Platform/metrics", "app-path"),
        (METRICS, "    targetRevision: main", "    targetRevision: HEAD", "app-head"),
        (METRICS, "    targetRevision: main", "    targetRevision: v1", "app-revision"),
        (METRICS, f"    repoURL: {URL}", "    repoURL: https://git.example.com/other/repository", "project-source"),
        (STORE, "  name: store", "  name: metrics", "app-unique"),
        (METRICS, '"2"', '"0"', "needs-order"),
        (METRICS, '"2"', '"two"', "wave-integer"),
        (METRICS, '"2"', "2", "wave-integer"),
        (METRICS, "issuer,store", "issuer,stores", "needs-exist"),
        (STORE, "needs: issuer", "needs: store", "needs-circle"),
        (PROJECT, '      namespace: "metrics"', '      namespace: "metric"', None),
        (PROJECT, f'    - "{URL}"', '    - "https://git.example.com/platform"', None),
    ],
)
def test_a_planted_fault_is_found_where_it_is(
    valid: Path, path: str, before: str, after: str, rule: str | None
) -> None:
    text = (valid / path).read_text()
    assert before in text
    line = text[: text.index(before)].count("\n") + after.count("\n") + 1
    (valid / path).write_text(text.replace(before, after, 1))
    found = findings(valid)
    if rule is None:
        assert {one.rule for one in found} <= {"project-source", "project-destination"}
        assert {one.path for one in found} >= {METRICS, STORE}
    elif rule == "yaml-parse":
        assert [one.rule for one in found] == [rule]
    else:
        assert (path, line, rule) in [(one.path, one.line, one.rule) for one in found]


@pytest.mark.parametrize(
    ("path", "rule"),
    [(PROJECT, "project-exists"), (CONFIG, "app-path"), ("registry/clusters/main/issuer.yaml", "needs-exist")],
)
def test_a_file_that_is_gone_is_missed(valid: Path, path: str, rule: str) -> None:
    (valid / path).unlink()
    if not any((valid / path).parent.iterdir()):
        (valid / path).parent.rmdir()
    assert rule in {one.rule for one in findings(valid)}
