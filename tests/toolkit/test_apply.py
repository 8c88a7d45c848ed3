from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from clusterwright.fleet import write
from clusterwright.fleet.plan import plan
from clusterwright.fleet.tree import Entry, owned
from clusterwright.fleet.tree import write as put
from tests.conftest import Template, commit, git, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.toolkit.conftest import Run

FLEET = {
    "environments": ["development", "qa", "production"],
    "people": [
        {"name": "admin", "email": "platform@example.com", "teams": ["platform-admins"]},
        {"name": "zoe", "email": "zoe@zebra.dev", "teams": ["developers"]},
    ],
    "versions": {"reloader": "2.2.1"},
    "owners": {"/apps/shop/": ["@zebra/shop"]},
}


def edit(platform: Path, fleet: object = None) -> None:
    (platform / "fleet.yaml").write_text(yaml.safe_dump(FLEET if fleet is None else fleet))


def changed(platform: Path) -> set[str]:
    return {line[3:] for line in git(platform, "status", "--porcelain", "--untracked-files=all").splitlines()}


def test_a_fresh_platform_has_nothing_to_apply(platform: Path, run: Run) -> None:
    for arguments in ([], ["--check"]):
        applied = run("apply", platform, *arguments)
        assert (applied.code, applied.out) == (0, "As fleet.yaml says.\n"), applied
    assert changed(platform) == set()


def test_networks_that_overlap_are_refused_with_both_owners(platform: Path, run: Run) -> None:
    networks = {"eu": "10.1.0.0/16", "us": "10.1.128.0/17"}
    edit(platform, {"clusters": [{"name": name, "kind": "physical", "network": net} for name, net in networks.items()]})
    applied = run("apply", platform)
    problem = "clusters: the network of us, 10.1.128.0/17, overlaps that of eu, 10.1.0.0/16; choose another"
    assert (applied.code, applied.line) == (2, f"fleet.yaml:7: {problem}")
    assert changed(platform) == {"fleet.yaml"}


def test_the_result_is_that_of_copier_update(platform: Path, tmp_path: Path, run: Run) -> None:
    from copier import VcsRef, run_update

    edit(platform)
    git(tmp_path, "clone", "--quiet", str(platform), "theirs")
    edit(tmp_path / "theirs")
    commit(tmp_path / "theirs")
    data = yaml.safe_load((platform / "fleet.yaml").read_text())
    run_update(tmp_path / "theirs", data, vcs_ref=VcsRef.CURRENT, defaults=True, overwrite=True, quiet=True)
    applied = run("apply", platform, "--allow-delete")
    assert applied.code == 0, applied
    assert "+ registry/environments/qa/" in applied.out
    assert tree(platform) == tree(tmp_path / "theirs")
    assert run("apply", platform, "--check").code == 0


def test_undoing_an_edit_undoes_its_files(platform: Path, run: Run) -> None:
    before, fleet = tree(platform), (platform / "fleet.yaml").read_bytes()
    edit(platform)
    assert run("apply", platform, "--allow-delete").code == 0
    commit(platform)
    (platform / "fleet.yaml").write_bytes(fleet)
    assert run("apply", platform, "--allow-delete").code == 0
    assert tree(platform) == before
    assert not (platform / "registry/environments/qa").exists()


def test_check_writes_nothing_and_fails_on_a_plan(platform: Path, run: Run) -> None:
    edit(platform)
    before = tree(platform)
    applied = run("apply", platform, "--check")
    assert applied.code == 1
    assert "- registry/environments/staging/" in applied.out
    assert tree(platform) == before


def test_check_fails_on_what_was_edited_or_removed_by_hand(platform: Path, run: Run) -> None:
    (platform / "README.md").write_text("mine")
    (platform / "renovate.json").unlink()
    applied = run("apply", platform, "--check")
    assert applied.code == 1
    assert "! README.md: edited" in applied.out
    assert "! renovate.json: missing" in applied.out


def test_a_hand_edit_of_the_answers_fails_the_check_and_is_undone_from_fleet_yaml(platform: Path, run: Run) -> None:
    answers, before = platform / ".copier-answers.yml", tree(platform)
    answers.write_text(answers.read_text().replace("- staging\n", "- staging\n- qa\n"))
    checked = run("apply", platform, "--check")
    assert (checked.code, checked.out.splitlines()[0]) == (1, "~ .copier-answers.yml")
    commit(platform)
    assert run("apply", platform).code == 0
    assert tree(platform) == before


def test_a_hand_edit_of_both_files_is_drift(platform: Path, run: Run) -> None:
    for name in (".copier-answers.yml", "fleet.yaml"):
        text = (platform / name).read_text()
        (platform / name).write_text(re.sub(r"( *)- staging\n", r"\1- staging\n\1- qa\n", text))
    checked = run("apply", platform, "--check")
    assert checked.code == 1
    assert "! registry/projects/environment-qa.yaml: missing" in checked.out


def test_a_file_that_both_touch_is_refused_one_line_each(platform: Path, run: Run) -> None:
    edit(platform)
    taken = platform / "registry/projects/environment-qa.yaml"
    taken.write_text("mine: true\n")
    (platform / "docs/architecture.md").write_text("mine")
    commit(platform)
    before = tree(platform)
    applied = run("apply", platform, "--allow-delete")
    assert applied.code == 2
    assert [line.split(": ")[1] for line in applied.err.splitlines()] == [
        "docs/architecture.md",
        "registry/projects/environment-qa.yaml",
    ]
    assert tree(platform) == before


def test_only_fleet_yaml_may_be_uncommitted(platform: Path, run: Run) -> None:
    edit(platform)
    (platform / "apps").mkdir()
    (platform / "apps/note.md").write_text("draft")
    applied = run("apply", platform, "--allow-delete")
    assert (applied.code, applied.line.split(":")[0]) == (2, "apps/note.md")
    assert changed(platform) == {"fleet.yaml", "apps/note.md"}


def test_the_folder_of_an_environment_goes_only_when_told_and_what_is_yours_stays(platform: Path, run: Run) -> None:
    mine = platform / "registry/environments/staging/local/mine.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine: true\n")
    commit(platform)
    edit(platform, {**FLEET, "environments": ["development", "production"]})
    refused = run("apply", platform)
    assert refused.code == 2
    assert (
        refused.line
        == "registry/environments/staging: would be deleted; run again with --allow-delete if that is meant"
    )
    assert changed(platform) == {"fleet.yaml"}
    applied = run("apply", platform, "--allow-delete")
    assert applied.code == 0
    assert "! registry/environments/staging: the files of your own in it are still there" in applied.out
    assert [path for path in (platform / "registry/environments/staging").rglob("*") if path.is_file()] == [mine]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("environments: [dev]\nclouds: x", "fleet.yaml:2: clouds: no key of fleet.yaml; remove it"),
        ("cloud: aws", "fleet.yaml:1: cloud: no key of fleet.yaml; remove it"),
        ("\nenvironments:\n  - dev\n  - Dev Two\n", "fleet.yaml:4: environments: "),
        (
            "people:\n  - {name: a, email: a@b.dev, teams: [developers]}\n  - {email: x}\n",
            "fleet.yaml:3: people: entry 2 ",
        ),
        ("versions:\n  reloader: '1.2.3'\n  cert-manager: 1.2\n", "fleet.yaml:3: versions: cert-manager "),
        ("owners: [", "fleet.yaml:1: not YAML: "),
        ("environments: development", "fleet.yaml:1: environments: "),
    ],
)
def test_what_is_wrong_in_fleet_yaml_is_said_with_its_line(platform: Path, run: Run, text: str, expected: str) -> None:
    (platform / "fleet.yaml").write_text(text)
    applied = run("apply", platform)
    assert applied.code == 2
    assert applied.line.startswith(expected)
    assert changed(platform) == {"fleet.yaml"}


def test_a_folder_that_is_no_platform_is_refused(tmp_path: Path, run: Run) -> None:
    applied = run("apply", tmp_path)
    assert applied.code == 2
    assert applied.line.startswith(f"{tmp_path}: no platform repository; ")


def test_a_relative_template_is_refused(platform: Path, run: Run) -> None:
    answers = platform / ".copier-answers.yml"
    recorded = yaml.safe_load(answers.read_text())
    answers.write_text(yaml.safe_dump({**recorded, "_src_path": "../template"}))
    applied = run("apply", platform)
    assert (applied.code, applied.line.split(";")[0]) == (2, ".copier-answers.yml: _src_path is relative")


def test_it_works_without_git_and_from_inside_another_repository(
    template: Template, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = template.render({}, tmp_path / "mono/platform")
    (tmp_path / "mono/other").write_text("mine")
    commit(tmp_path / "mono")
    edit(repository)
    monkeypatch.chdir(repository)
    assert run("apply", "--allow-delete").code == 0
    (tmp_path / "mono/.git").rename(tmp_path / "git")
    assert run("apply", "--check").code == 0


def test_a_failure_in_the_middle_of_writing_undoes_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {"a": Entry(b"1"), "b/gone": Entry(b"2"), "c": Entry(b"3", executable=True)}
    new = {"a": Entry(b"9"), "new/d": Entry(b"4"), "c": Entry(b"5")}
    for name, entry in old.items():
        put(tmp_path / name, entry)
    before, move = tree(tmp_path), Path.replace
    planned = plan(old, new, dict(old))

    def broken(at: int) -> Callable[[Path, Path], Path]:
        moves = count()

        def replace(self: Path, target: Path) -> Path:
            if next(moves) == at:
                raise OSError(28, "No space left on device", str(target))
            return move(self, target)

        return replace

    for at in range(6):
        monkeypatch.setattr(Path, "replace", broken(at))
        with pytest.raises(OSError, match="No space left"):
            write.apply(tmp_path, planned.changes, new)
        assert tree(tmp_path) == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    monkeypatch.undo()
    write.apply(tmp_path, planned.changes, new)
    assert tree(tmp_path) == {"a": b"-9", "new/d": b"-4", "c": b"-5"}
    assert not (tmp_path / "b").exists()


def test_nothing_is_written_through_a_link_out_of_the_repository(platform: Path, tmp_path: Path, run: Run) -> None:
    outside = tmp_path / "outside"
    (platform / "registry/projects").rename(outside)
    (platform / "registry/projects").symlink_to(outside)
    commit(platform)
    edit(platform)
    before = tree(outside)
    applied = run("apply", platform, "--allow-delete")
    assert (applied.code, applied.line.split(";")[0]) == (2, "registry/projects: not a plain folder")
    assert tree(outside) == before


def test_plans_pass_over_what_is_owned_by_people_or_done_already() -> None:
    settings = Entry(b"user_paths: [apps/**]\n")
    recorded = {".clusterwright.yaml": settings, "apps/a": Entry(b"1"), "x": Entry(b"1"), "gone": Entry(b"1")}
    wanted = {".clusterwright.yaml": settings, "apps/a": Entry(b"2"), "x": Entry(b"2"), "new": Entry(b"3")}
    actual = {".clusterwright.yaml": settings, "apps/a": Entry(b"9"), "x": Entry(b"2"), "new": Entry(b"3")}
    planned = plan(recorded, wanted, actual)
    assert (planned.changes, planned.drift, planned.blocked) == ({}, {}, ())


@pytest.mark.parametrize(
    ("path", "mine"),
    [
        ("fleet.yaml", True),
        ("docs/fleet.yaml", False),
        ("apps/shop/values.yaml", True),
        ("registry/clusters/management/overrides/argo-cd.yaml", True),
        ("registry/overrides/x.yaml", True),
        ("registry/clusters/management/argo-cd.yaml", False),
        ("infrastructure/git/local_more.tf", True),
        ("infrastructure/git/locals.tf", False),
        ("infrastructure/local_more.tf", True),
        ("infrastructure/git/x_override.tf", True),
    ],
)
def test_globs_name_what_belongs_to_people(path: str, mine: bool) -> None:  # noqa: FBT001 - a parameter of a table
    globs = ["fleet.yaml", "apps/**", "registry/**/overrides/**", "infrastructure/**/*_override.tf"]
    assert owned(path, [*globs, "infrastructure/**/local_*.tf"]) is mine
