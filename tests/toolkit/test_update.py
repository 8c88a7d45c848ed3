"""`copier update` brings the next version of the template, and every byte that people wrote is still there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import Template, commit, git, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.toolkit.conftest import Run

ANSWERS = {"platform_name": "zebra", "environments": ["dev", "prod"]}
MINE = {
    "registry/clusters/management/overrides/argo-cd.yaml": "configs:\n  params:\n    server.log.level: debug  # mine\n",
    "registry/clusters/management/local/extra.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n",
    "registry/environments/dev/local/extra.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n",
    "infrastructure/git/local_more.tf": '# mine\nlocals {\n  mine = "yes"\n}\n',
    "infrastructure/git/more_override.tf": "# mine\n",
    "apps/shop/values.yaml": "replicas: 3\n",
    "docs/local/notes.md": "# Mine\n",
    "renovate.local.json": "{}\n",
}
CHANGED = {"organisation": "Zebra & Sons", "git_bot": "zoe"}


@pytest.fixture
def release(template: Template, tmp_path: Path) -> Template:
    """A template of this test's own, which it may release again."""
    return template.clone(tmp_path / "template")


def next_version(release: Template) -> Template:
    """Releases v999.1.0: a chart is bumped, a file is renamed, and there is a new question with a place in a file."""
    catalogue = release.path / "catalogue.yaml"
    bumped, count = re.subn(r'(\n    version: ")[^"]+"', r'\g<1>99.9.9"', catalogue.read_text(), count=1)
    assert count == 1
    catalogue.write_text(bumped)
    old = release.path / "template/docs/architecture.md.jinja"
    old.rename(old.with_name("how-it-works.md.jinja"))
    questions = release.path / "questions/platform.yml"
    questions.write_text(questions.read_text() + "\nmotto:\n  type: str\n  help: A line.\n  default: onwards\n")
    with (release.path / "template/CODEOWNERS.jinja").open("a") as owners:
        owners.write("# #{ motto }#\n")
    commit(release.path, "Release v999.1.0", tag="v999.1.0")
    return Template(release.path, "v999.1.0")


def make_mine(platform: Path) -> None:
    for name, text in MINE.items():
        (platform / name).parent.mkdir(parents=True, exist_ok=True)
        (platform / name).write_text(text)
    fleet = platform / "fleet.yaml"
    fleet.write_text(f"# my own words\n{fleet.read_text()}")


def update(platform: Path, data: dict[str, Any] | None = None, vcs_ref: str | None = None) -> None:
    from copier import run_update

    run_update(platform, data, vcs_ref=vcs_ref, defaults=True, overwrite=True, quiet=True)


def test_an_update_keeps_every_byte_of_the_user_and_equals_a_fresh_render(
    release: Template, tmp_path: Path, run: Run
) -> None:
    platform = tmp_path / "platform"
    (tmp_path / "answers.yaml").write_text(yaml.safe_dump(ANSWERS))
    made = run("new", platform, "--answers", tmp_path / "answers.yaml", "--template", release.path)
    assert made.code == 0, made
    make_mine(platform)
    commit(platform, "Make it mine")
    update(platform, data=CHANGED, vcs_ref="v999.0.0")
    commit(platform, "Change an answer")

    newest = next_version(release)
    update(platform)

    assert git(platform, "ls-files", "--unmerged") == ""
    assert [path for path in tree(platform) if path.endswith(".rej")] == []
    expected = tree(newest.render({**ANSWERS, **CHANGED}, tmp_path / "fresh"))
    mine = {name: b"-" + text.encode() for name, text in MINE.items()}
    mine["fleet.yaml"] = b"-# my own words\n" + expected["fleet.yaml"][1:]
    assert tree(platform) == {**expected, **mine}
    assert "docs/architecture.md" not in tree(platform)
    recorded = yaml.safe_load((platform / ".copier-answers.yml").read_text())
    assert (recorded["_commit"], recorded["motto"]) == ("v999.1.0", "onwards")
    commit(platform, "Update")
    assert run("apply", platform, "--check").code == 0


def test_an_edit_of_fleet_yaml_survives_the_next_update(release: Template, tmp_path: Path, run: Run) -> None:
    platform = release.render(ANSWERS, tmp_path / "platform")
    commit(platform, "Begin")
    fleet = platform / "fleet.yaml"
    fleet.write_text(fleet.read_text().replace("  - prod\n", "  - qa  # mine\n  - prod\n"))
    assert run("apply", platform).code == 0
    commit(platform, "Add qa")
    edited = fleet.read_bytes()
    newest = next_version(release)
    update(platform)
    expected = tree(newest.render({**ANSWERS, "environments": ["dev", "qa", "prod"]}, tmp_path / "fresh"))
    assert tree(platform) == {**expected, "fleet.yaml": b"-" + edited}


def test_apply_stays_at_the_recorded_version(release: Template, tmp_path: Path, run: Run) -> None:
    platform = release.render(ANSWERS, tmp_path / "platform")
    commit(platform, "Begin")
    next_version(release)
    fleet = platform / "fleet.yaml"
    fleet.write_text(fleet.read_text().replace("  - prod\n", "  - qa\n  - prod\n"))
    assert run("apply", platform).code == 0
    expected = tree(release.render({**ANSWERS, "environments": ["dev", "qa", "prod"]}, tmp_path / "fresh"))
    assert tree(platform) == expected
