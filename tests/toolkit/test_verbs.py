"""The verbs on fleet.yaml, on a platform: one commit's worth of change each, equal to what the template renders."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import Template, commit, git, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.toolkit.conftest import Run

SHOP = ("app", "add", "shop", "--chart", "ghcr.io/acme/charts/shop", "--version", "1.4.0", "--host", "shop")


@pytest.fixture
def at(platform: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A default platform, as the current folder."""
    monkeypatch.chdir(platform)
    return platform


def changed(platform: Path) -> list[str]:
    return [line[3:] for line in git(platform, "status", "--porcelain", "--untracked-files=all").splitlines()]


def test_a_dry_run_shows_what_would_come_and_writes_nothing(at: Path, run: Run) -> None:
    shown = run(*SHOP, "--dry-run")
    assert shown.code == 0, shown
    lines = shown.out.splitlines()
    assert '  +      development: {version: "1.4.0"}' in lines
    assert "+ Application argocd-development/shop: shop 1.4.0" in lines
    assert "~ AppProject argocd/environment-development" in lines
    assert lines[-1].endswith("files would change; nothing was written.")
    assert changed(at) == []


def test_an_application_comes_moves_on_and_goes_without_a_trace(at: Path, run: Run) -> None:
    before = tree(at)
    for arguments in (SHOP, ("app", "promote", "shop", "staging")):
        done = run(*arguments)
        assert done.code == 0, done
        commit(at)
    listed = json.loads(run("app", "list", "--format", "json").out)
    assert listed == [{"name": "shop", "team": None, "development": "1.4.0", "staging": "1.4.0"}]
    promoted = git(at, "show", "--format=", "--name-only", "HEAD").splitlines()
    assert "registry/environments/staging/shop.yaml" in promoted
    assert "registry/environments/development/shop.yaml" not in promoted
    assert run("app", "remove", "shop").code == 0
    after = tree(at)
    assert after.pop("fleet.yaml") == before.pop("fleet.yaml").replace(
        b"allowed_repositories: []\n", b"allowed_repositories:\n  - ghcr.io/acme/charts\n"
    )
    differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    projects = {f"registry/projects/environment-{name}.yaml" for name in ("development", "staging", "production")}
    assert differing == {".copier-answers.yml"} | projects


def test_delivering_an_image_changes_one_file_and_renders_nothing(
    at: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("app", "add", "site", "--scaffold", "ghcr.io/acme/site", "--image", "1.0.0").code == 0
    commit(at)
    assert run("check", at).code == 0
    monkeypatch.setattr("clusterwright.fleet.apply.render", None)
    delivered = run("app", "deliver", "site", "development", "--image", "1.1.0")
    assert delivered.code == 0, delivered
    assert changed(at) == ["apps/site/development.yaml"]


@pytest.mark.parametrize("edit", ["fleet.yaml", "apps/draft.md"])
def test_a_change_is_alone_in_its_commit(at: Path, run: Run, edit: str) -> None:
    (at / edit).parent.mkdir(exist_ok=True)
    with (at / edit).open("a") as file:
        file.write("# mine\n")
    refused = run("env", "add", "qa")
    expected = f"{edit}: not committed; commit or remove it first, so that one commit holds one change"
    assert (refused.code, refused.line) == (2, expected)
    assert changed(at) == [edit]


def test_an_edit_that_was_committed_but_not_applied_comes_first(at: Path, run: Run) -> None:
    fleet = at / "fleet.yaml"
    fleet.write_text(fleet.read_text().replace("roots: []", "roots: [infrastructure/network]"))
    commit(at)
    refused = run("env", "add", "qa")
    expected = "fleet.yaml: roots was edited and not applied; run `clusterwright apply`, and commit"
    assert (refused.code, refused.line) == (2, expected)


def test_what_the_template_refuses_is_refused_without_a_line_that_nobody_has_seen(at: Path, run: Run) -> None:
    refused = run("user", "add", "zoe", "--email", "zoe")
    assert (refused.code, refused.line) == (2, "people: zoe needs a plain e-mail address; set email")
    assert changed(at) == []


def test_without_a_terminal_nothing_is_asked(at: Path, run: Run) -> None:  # noqa: ARG001 - the current folder
    refused = run("env", "add")
    assert (refused.code, refused.line) == (2, "NAME: no value, and no terminal to ask at; give it")


def test_at_a_terminal_what_is_missing_is_asked(at: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["zoe", "zoe@acme.dev", "developers"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    added = run("user", "add")
    assert added.code == 0, added
    people = yaml.safe_load((at / "fleet.yaml").read_text())["people"]
    assert people[-1] == {"name": "zoe", "email": "zoe@acme.dev", "teams": ["developers"]}


def test_whatever_a_verb_is_about_is_asked_for_too(
    at: Path,  # noqa: ARG001 - the current folder
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = run("env", "show")
    assert (refused.code, refused.line) == (2, "NAME: no value, and no terminal to ask at; give it")
    asked: list[str] = []

    def prompt(question: str, **_: object) -> str:
        asked.append(question)
        return "staging"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    assert run("env", "show").out == "name: staging\nclusters:\n- management\napplications: {}\n"
    assert run("app", "promote").line == "app staging: there is none; there is none"
    assert asked == ["Name of the environment", "Name of the application", "Environment"]


def test_lists_and_entries_can_be_read_by_scripts(at: Path, run: Run) -> None:  # noqa: ARG001 - the current folder
    environments = json.loads(run("env", "list", "--format", "json").out)
    assert environments[0] == {"name": "development", "clusters": ["management"], "applications": []}
    assert run("user", "list").out == (
        "NAME   EMAIL                 GIT_USER  TEAMS\nadmin  platform@example.com  -         platform-admins\n"
    )
    assert yaml.safe_load(run("user", "show", "admin").out)["teams"] == ["platform-admins"]
    assert run("cluster", "list").out == ""


def test_verbs_one_after_the_other_are_clean_and_equal_to_a_fresh_render(
    at: Path, run: Run, template: Template, tmp_path: Path
) -> None:
    verbs: list[tuple[str, ...]] = [
        ("env", "add", "qa"),
        (
            "app",
            "add",
            "mail",
            "--git",
            "https://git.acme.dev/mail",
            "--path",
            "deploy",
            "--version",
            "v1",
            "--env",
            "qa",
        ),
        ("app", "remove", "mail"),
    ]
    for arguments in verbs:
        done = run(*arguments)
        assert done.code == 0, (arguments, done)
        commit(at)
    assert run("check", at, "--strict").code == 0
    assert run("apply", "--check").code == 0
    fresh = template.render(yaml.safe_load((at / "fleet.yaml").read_text()), tmp_path / "fresh")
    assert {**tree(fresh), "fleet.yaml": b""} == {**tree(at), "fleet.yaml": b""}
