"""Whose change a file holds is told by what the template renders, else by who owns its path; the report says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.review.renders import renders
from clusterwright.review.run import review
from tests.conftest import commit, git
from tests.review.garden import FILES, LOKI
from tests.update import tiny

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.fleet.tree import Tree
    from clusterwright.review.comparison import Comparison
    from clusterwright.review.model import Review
    from tests.review.conftest import Workshop


@pytest.fixture
def platform(tmp_path: Path) -> Path:
    """A platform that is about to come from v1.0.0 to v1.1.0, with an edit in a file of the template."""
    (tmp_path / "template").mkdir()
    tiny.release(tmp_path / "template", {**tiny.FILES}, "v1.0.0")
    made = tiny.platform(tmp_path / "template", tmp_path / "platform")
    tiny.release(tmp_path / "template", {**tiny.RAISED}, "v1.1.0")
    script = made / "bootstrap/up"
    script.write_text(script.read_text("utf-8").replace("line 15\n", "line 15!\n"))
    commit(made, "Mine")
    return made


def update(platform: Path, **data: str) -> None:
    from copier import run_update

    run_update(platform, data, vcs_ref="v1.1.0", defaults=True, overwrite=True, quiet=True)
    (platform / "registry/clusters/east/overrides").mkdir(parents=True)
    (platform / "registry/clusters/east/overrides/loki.yaml").write_text("replicas: 3\n")


def told(found: Review) -> dict[str, tuple[str, ...]]:
    return {one.source: one.paths for one in found.origins}


def test_the_templates_own_render_tells_exactly(platform: Path) -> None:
    update(platform)
    found = review(platform, "HEAD", renders=renders)
    assert found.origins_by == "by what the template renders"
    assert told(found) == {
        "user": ("registry/clusters/east/overrides/loki.yaml",),
        "template and user": ("bootstrap/up",),
        "template": (".copier-answers.yml", "docs/new.md", "docs/old.md", "registry/clusters/east/loki.yaml"),
    }


def test_an_answer_that_changes_is_told_apart(platform: Path) -> None:
    from copier import VcsRef, run_update

    run_update(platform, {"name": "lion"}, vcs_ref=VcsRef.CURRENT, defaults=True, overwrite=True, quiet=True)
    found = review(platform, "HEAD", renders=renders)
    assert told(found) == {"answers": (".clusterwright.yaml", ".copier-answers.yml")}


def test_where_only_files_are_edited_one_render_tells(platform: Path) -> None:
    rendered = []

    def asked(comparison: Comparison) -> tuple[Tree, Tree] | None:
        rendered.append(renders(comparison))
        return rendered[0]

    (platform / "registry/clusters/east/loki.yaml").write_text("replicas: 3\n")
    assert told(review(platform, "HEAD", renders=asked)) == {"user": ("registry/clusters/east/loki.yaml",)}
    assert rendered[0] is not None
    assert rendered[0][0] is rendered[0][1]


def test_without_the_template_the_owned_paths_tell(platform: Path) -> None:
    update(platform)
    (platform.parent / "template").rename(platform.parent / "elsewhere")
    found = review(platform, "HEAD", renders=renders)
    assert found.origins_by == "by who owns a path (.clusterwright.yaml)"
    assert told(found) == {
        "user": ("registry/clusters/east/overrides/loki.yaml",),
        "template": (
            ".copier-answers.yml",
            "bootstrap/up",
            "docs/new.md",
            "docs/old.md",
            "registry/clusters/east/loki.yaml",
        ),
    }


def test_a_pull_request_cannot_name_another_template(platform: Path) -> None:
    update(platform)
    git(platform.parent, "clone", "--quiet", "template", "forged")
    answers = platform / ".copier-answers.yml"
    answers.write_text(answers.read_text("utf-8").replace("/template", "/forged"))
    assert review(platform, "HEAD", renders=renders).origins_by == "by who owns a path (.clusterwright.yaml)"


def test_a_hand_in_a_file_of_the_template_is_the_users(workshop: Workshop) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "prune: true", "prune: false")
    workshop.write("apps/shop/values.yaml", "a: 1\n")
    assert told(workshop.review()) == {"user": ("apps/shop/values.yaml", LOKI)}


def test_a_repository_that_names_no_owners_says_so(workshop: Workshop) -> None:
    workshop.commit({LOKI: FILES[LOKI]})
    workshop.edit(LOKI, "prune: true", "prune: false")
    found = workshop.review()
    assert (found.origins, found.origins_by) == ((), "not known: the repository does not say which paths people own")
