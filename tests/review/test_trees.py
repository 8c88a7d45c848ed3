"""Both trees are read where git has them, and nothing else than the change counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.errors import UserError
from clusterwright.records import replace
from clusterwright.review.run import review
from tests.conftest import commit, git
from tests.review.conftest import Workshop
from tests.review.garden import FILES, LOKI, SHOP

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.review.model import Review


def same(one: Review, other: Review) -> bool:
    return replace(one, head="") == replace(other, head="")


def test_the_working_tree_is_reviewed_as_its_commit_would_be(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "prune: true", "prune: false")
    workshop.remove("registry/clusters/east/traefik.yaml")
    workshop.write("registry/clusters/east/local/new.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n")
    (workshop.root / "link").symlink_to("CODEOWNERS")
    (workshop.root / "CODEOWNERS").chmod(0o755)
    uncommitted = workshop.review()
    base = git(workshop.root, "rev-parse", "HEAD")
    commit(workshop.root)
    assert same(uncommitted, workshop.review(base, "HEAD"))
    assert workshop.review(base, "HEAD").head == git(workshop.root, "rev-parse", "HEAD")
    assert {one.title: one.action for one in uncommitted.changes} == {
        "Application east-loki": "changed",
        "Application east-traefik": "removed",
        "ConfigMap new": "added",
        "CODEOWNERS": "changed",
        "link": "added",
    }


def test_a_head_is_read_from_git_and_not_from_the_folder(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "prune: true", "prune: false")
    commit(workshop.root)
    before = workshop.review("HEAD~1", "HEAD")
    workshop.remove(SHOP)
    workshop.write("more.yaml", "a: 1\n")
    assert workshop.review("HEAD~1", "HEAD") == before


def test_what_happened_on_the_base_since_does_not_count(workshop: Workshop) -> None:
    workshop.commit(FILES)
    git(workshop.root, "switch", "--quiet", "--create", "work")
    workshop.edit(LOKI, "prune: true", "prune: false")
    commit(workshop.root)
    git(workshop.root, "switch", "--quiet", "main")
    workshop.remove(SHOP)
    commit(workshop.root)
    found = workshop.review("main", "work")
    assert [one.rule for one in found.attention] == ["prune-changed"]
    assert found.files == 1


def test_without_a_common_commit_the_base_itself_counts_and_the_report_says_so(workshop: Workshop) -> None:
    workshop.commit(FILES)
    git(workshop.root, "switch", "--quiet", "--orphan", "other")
    for path, text in FILES.items():
        workshop.write(path, text)
    workshop.edit(LOKI, "prune: true", "prune: false")
    commit(workshop.root)
    found = workshop.review("main", "other")
    assert found.files == 1
    assert found.unchecked[0] == "where the work left main is not known here (a shallow clone?): compared with main"


def test_a_repository_inside_a_larger_one_is_reviewed_alone(tmp_path: Path) -> None:
    whole, part = Workshop(tmp_path), Workshop(tmp_path / "platform")
    for path, text in FILES.items():
        part.write(path, text)
    whole.commit({"elsewhere.yaml": "a: 1\n"})
    whole.write("elsewhere.yaml", "a: 2\n")
    part.edit(LOKI, "prune: true", "prune: false")
    found = part.review()
    assert [one.paths for one in found.changes] == [(LOKI,)]
    base = git(tmp_path, "rev-parse", "HEAD")
    commit(tmp_path)
    assert same(found, part.review(base, "HEAD"))


def test_a_folder_of_a_repository_means_the_repository(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "prune: true", "prune: false")
    assert review(workshop.root / "platform", "HEAD") == workshop.review()


def test_an_unknown_revision_is_refused(workshop: Workshop) -> None:
    workshop.commit(FILES)
    with pytest.raises(UserError, match=r"^origin/main: there is no such commit here; fetch it first$"):
        workshop.review("origin/main")
    with pytest.raises(UserError, match=r"^--output: there is no such commit here; fetch it first$"):
        workshop.review("HEAD", "--output")


def test_a_folder_outside_git_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r": not under git; a review compares two trees of one git repository$"):
        review(tmp_path, "HEAD")


def test_a_file_that_is_too_large_is_said_not_to_be_checked(workshop: Workshop) -> None:
    workshop.commit({**FILES, "platform/loki/crds.yaml": "a: 1\n"})
    workshop.write("platform/loki/crds.yaml", f"a: 1\n#{'x' * 11_000_000}\n")
    commit(workshop.root)
    said = workshop.review("HEAD~1", "HEAD").unchecked
    assert "files that are too large or not there to be read: platform/loki/crds.yaml" in said


def test_a_file_that_is_no_yaml_is_compared_as_text(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.write("platform/loki/values.yaml", "replicas: {{ 2 }}\n")
    found = workshop.review()
    assert [(one.title, one.lines) for one in found.changes] == [
        (
            "platform/loki/values.yaml",
            ("-replicas: 2", "-image:", "-  repository: grafana/loki", "-  tag: 3.5.1", "+replicas: {{ 2 }}"),
        )
    ]
    assert any(line.endswith("compared as text: platform/loki/values.yaml") for line in found.unchecked)
