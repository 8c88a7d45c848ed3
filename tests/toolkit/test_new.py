from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import ROOT, VERSION, Template, commit, git, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.toolkit.conftest import Run


@pytest.mark.parametrize("name", ["laptop", "aws-enterprise-terraform"])
def test_the_files_are_those_of_plain_copier(template: Template, run: Run, tmp_path: Path, name: str) -> None:
    answers = ROOT / "tests/valid" / f"{name}.yaml"
    made = run("new", tmp_path / "ours", "--answers", answers, "--template", template.path)
    assert made.code == 0, made
    assert tree(tmp_path / "ours") == tree(template.copy(yaml.safe_load(answers.read_text()), tmp_path / "plain"))


def test_what_was_made_and_what_comes_next_is_said(template: Template, run: Run, tmp_path: Path) -> None:
    made = run("new", tmp_path / "p", "--template", template.path)
    assert made.err == ""
    files = len(tree(tmp_path / "p"))
    applications = (tmp_path / "p/registry/clusters/management").glob("*.yaml")
    components = [path for path in applications if not path.name.startswith("environment-")]
    assert f"{len(components)} components" in made.out
    assert f"{files} files, from Clusterwright {VERSION}" in made.out
    assert "0 errors, 0 warnings" in made.out
    assert "README.md" in made.out


def test_a_json_file_will_do_and_flags_win_over_it(template: Template, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"platform_name": "lion", "git_owner": "pride"}')
    flags = ["--data", "platform_name=zebra", "--data", "environments=[dev]", "--data", "versions={}"]
    made = run("new", tmp_path / "p", "--answers", tmp_path / "a.json", *flags, "--template", template.path)
    assert made.code == 0, made
    recorded = yaml.safe_load((tmp_path / "p/.copier-answers.yml").read_text())
    assert (recorded["platform_name"], recorded["git_owner"], recorded["environments"]) == ("zebra", "pride", ["dev"])


def test_fleet_keys_are_recorded_and_rendered_into_fleet_yaml(template: Template, run: Run, tmp_path: Path) -> None:
    fleet = {
        "environments": ["dev", "prod"],
        "people": [{"name": "zoe", "email": "zoe@zebra.dev", "teams": ["developers"]}],
        "versions": {"reloader": "2.2.1"},
        "allowed_repositories": ["https://charts.zebra.dev"],
        "roots": ["infrastructure/network"],
        "owners": {"/apps/shop/": ["@zebra/shop"]},
    }
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(fleet))
    made = run("new", tmp_path / "p", "--answers", tmp_path / "a.yaml", "--template", template.path)
    assert made.code == 0, made
    written = yaml.safe_load((tmp_path / "p/fleet.yaml").read_text())
    assert written.items() >= fleet.items()
    assert yaml.safe_load((tmp_path / "p/.copier-answers.yml").read_text()).items() >= written.items()


def test_the_first_commit_holds_everything_on_the_chosen_branch(template: Template, run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "p", "--data", "git_branch=trunk", "--template", template.path)
    assert (
        git(tmp_path / "p", "log", "--format=%s %D") == f"Begin the platform from Clusterwright {VERSION} HEAD -> trunk"
    )
    assert git(tmp_path / "p", "status", "--porcelain", "--ignored") == ""
    assert git(tmp_path / "p", "ls-files").splitlines() == sorted(tree(tmp_path / "p"))


def test_no_git_leaves_git_alone(template: Template, run: Run, tmp_path: Path) -> None:
    made = run("new", tmp_path / "p", "--no-git", "--template", template.path)
    assert made.code == 0
    assert not (tmp_path / "p/.git").exists()
    assert "git init -b main" in made.out


def test_the_git_configuration_of_the_user_cannot_break_the_first_commit(
    template: Template, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("hooks", "templates/hooks"):
        (tmp_path / folder).mkdir(parents=True)
        for hook in ("pre-commit", "commit-msg", "post-commit"):
            (tmp_path / folder / hook).write_text("#!/bin/sh\nexit 1\n")
            (tmp_path / folder / hook).chmod(0o755)
    (tmp_path / "ignored").write_text("*.tf\nplatform/\n*.yaml\n")
    (tmp_path / "gitconfig").write_text(f"""
[core]
  hooksPath = {tmp_path}/hooks
  excludesFile = {tmp_path}/ignored
[init]
  templateDir = {tmp_path}/templates
[commit]
  gpgSign = true
[gpg]
  program = /bin/false
[user]
  useConfigOnly = true
""")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index-of-some-hook"))
    made = run("new", tmp_path / "p", "--template", template.path)
    assert made.code == 0, made
    monkeypatch.undo()
    assert git(tmp_path / "p", "log", "--format=%an") == "Clusterwright"
    assert git(tmp_path / "p", "ls-files").splitlines() == sorted(tree(tmp_path / "p"))


def test_the_author_of_the_first_commit_is_the_user_if_git_knows_them(
    template: Template, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gitconfig").write_text("[user]\n  name = Zoe\n  email = zoe@zebra.dev\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    assert run("new", tmp_path / "p", "--template", template.path).code == 0
    assert git(tmp_path / "p", "log", "--format=%an <%ae>") == "Zoe <zoe@zebra.dev>"


def test_an_answer_that_the_others_make_irrelevant_is_named(template: Template, run: Run, tmp_path: Path) -> None:
    made = run("new", tmp_path / "p", "--data", "storage_class=fast", "--template", template.path)
    assert made.code == 0
    assert "not used: storage_class" in made.out


def test_a_repository_made_from_what_was_recorded_is_the_same(template: Template, run: Run, tmp_path: Path) -> None:
    valid = ROOT / "tests/valid/existing-gitea-nginx.yaml"
    assert run("new", tmp_path / "one", "--answers", valid, "--template", template.path).code == 0
    recorded = yaml.safe_load((tmp_path / "one/.copier-answers.yml").read_text())
    answers = {name: value for name, value in recorded.items() if not name.startswith("_")}
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(answers))
    run("new", tmp_path / "two", "--answers", tmp_path / "a.yaml", "--template", template.path)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_interactive_without_a_terminal_is_refused(template: Template, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "clusterwright", "new", "p", "--interactive", "--template", str(template.path)]
    done = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("clusterwright: --interactive: no terminal")
    assert list(tmp_path.iterdir()) == []


def test_it_works_where_nothing_else_is_set(template: Template, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    command = [sys.executable, "-m", "clusterwright", "new", "p", "--template", str(template.path)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert commit(tmp_path / "p")
