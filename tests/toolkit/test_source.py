from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from clusterwright import __version__
from clusterwright.errors import UserError
from clusterwright.render import source
from tests.conftest import ROOT, VERSION, Template, commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.toolkit.conftest import Run


@pytest.fixture
def checkout(template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of the template that the toolkit takes for the checkout that it runs in, without any tag."""
    clone = template.clone(tmp_path / "checkout").path
    git(clone, "tag", "--delete", VERSION)
    monkeypatch.setattr(source, "own_checkout", lambda: clone)
    return clone


def release(checkout: Path, version: str, revision: str) -> None:
    entries = yaml.safe_load((checkout / "releases.yaml").read_text()) or []
    entries.append({"version": version, "commit": revision})
    (checkout / "releases.yaml").write_text(yaml.safe_dump(entries))
    commit(checkout, f"Record {version}")


def recorded(platform: Path) -> dict[str, str]:
    answers = yaml.safe_load((platform / ".copier-answers.yml").read_text())
    return {name: answers[name] for name in ("_commit", "_src_path")}


def test_the_checkout_that_it_runs_in_is_the_template() -> None:
    found = source.find()
    assert found.url == str(ROOT)
    assert found.ref is not None


def test_without_a_checkout_it_is_the_public_repository_at_the_same_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "own_checkout", lambda: None)
    assert source.find() == source.Source("https://github.com/clusterwright/clusterwright", f"v{__version__}")
    assert source.find(ref="v2.0.0").ref == "v2.0.0"


def test_the_tag_of_its_own_version_comes_first(checkout: Path) -> None:
    tagged = commit(checkout, tag=f"v{__version__}")
    commit(checkout, tag="v99.0.0")
    release(checkout, "98.0.0", commit(checkout))
    assert source.find() == source.Source(str(checkout), tagged)


def test_without_tags_it_is_the_newest_release_on_record(checkout: Path) -> None:
    release(checkout, "0.9.0", commit(checkout))
    newest = commit(checkout)
    release(checkout, "0.10.0", newest)
    release(checkout, "0.9.1", commit(checkout))
    assert source.find() == source.Source(str(checkout), newest)


def test_a_release_that_the_clone_does_not_hold_is_passed_over(checkout: Path) -> None:
    revision = commit(checkout)
    release(checkout, "0.1.0", revision)
    release(checkout, "0.2.0", "0" * 40)
    assert source.find().ref == revision


def test_before_the_first_release_it_is_the_last_commit_and_says_so(checkout: Path) -> None:
    head = git(checkout, "rev-parse", "HEAD")
    found = source.find()
    assert found.ref == head
    assert found.notes == (f"no release in {checkout}; this is its commit {head[:10]}",)


def test_a_shallow_clone_is_rendered_at_its_commit(checkout: Path, tmp_path: Path, run: Run) -> None:
    release(checkout, "0.1.0", git(checkout, "rev-parse", "HEAD"))
    git(tmp_path, "clone", "--quiet", "--depth=1", checkout.as_uri(), "shallow")
    made = run("new", tmp_path / "p", "--template", tmp_path / "shallow")
    assert made.code == 0, made
    head = git(tmp_path / "shallow", "rev-parse", "HEAD")
    assert head.startswith(recorded(tmp_path / "p")["_commit"])
    assert "note: no release" in made.err


def test_uncommitted_changes_are_left_out_and_that_is_said(checkout: Path, tmp_path: Path, run: Run) -> None:
    (checkout / "template/uncommitted.txt").write_text("draft")
    made = run("new", tmp_path / "p", "--ref", "HEAD")
    assert made.code == 0, made
    assert made.err == f"clusterwright: note: uncommitted changes in {checkout} are left out\n"
    assert not (tmp_path / "p/uncommitted.txt").exists()
    assert git(checkout, "rev-parse", "HEAD").startswith(recorded(tmp_path / "p")["_commit"])


def test_a_relative_path_is_recorded_as_an_absolute_one(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(template.path.parent)
    assert run("new", tmp_path / "p", "--template", template.path.name).code == 0
    assert recorded(tmp_path / "p") == {"_commit": VERSION, "_src_path": str(template.path)}


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("gh:acme/clusterwright", "https://github.com/acme/clusterwright"),
        ("https://git.acme.dev/clusterwright.git", "https://git.acme.dev/clusterwright.git"),
        ("git@github.com:acme/clusterwright.git", "git@github.com:acme/clusterwright.git"),
        ("ssh://git@git.acme.dev/clusterwright.git", "ssh://git@git.acme.dev/clusterwright.git"),
    ],
)
def test_an_address_is_recorded_in_full(template: str, url: str) -> None:
    assert source.find(template, "v1.0.0") == source.Source(url, "v1.0.0")


@pytest.mark.parametrize("url", ["https://zoe:secret@git.acme.dev/x.git", "https://token@git.acme.dev/x.git"])
def test_a_credential_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UserError) as refused:
        source.find(url)
    assert "secret" not in str(refused.value)
    assert "token" not in str(refused.value)


def test_what_is_no_repository_is_refused(tmp_path: Path, run: Run) -> None:
    made = run("new", tmp_path / "p", "--template", tmp_path)
    assert (made.code, made.line) == (2, f"--template: {tmp_path} is no git repository; give the root of one, or a URL")


def test_an_unknown_revision_is_refused(template: Template, tmp_path: Path, run: Run) -> None:
    made = run("new", tmp_path / "p", "--template", template.path, "--ref", "--upload-pack=x")
    assert (made.code, made.line.split(";")[0]) == (2, f"--ref: --upload-pack=x is no revision of {template.path}")


def test_a_template_that_cannot_be_fetched_is_one_line(tmp_path: Path, run: Run) -> None:
    made = run("new", tmp_path / "p", "--template", (tmp_path / "none.git").as_uri())
    assert made.code == 3
    assert made.line.startswith("template: git: ")
    assert list(tmp_path.iterdir()) == []


def test_a_platform_made_without_tags_updates_once_they_are_there(checkout: Path, tmp_path: Path, run: Run) -> None:
    from copier import run_update

    first = commit(checkout, "Release")
    release(checkout, "0.1.0", first)
    assert run("new", tmp_path / "p").code == 0
    assert first.startswith(recorded(tmp_path / "p")["_commit"])
    git(checkout, "tag", "v0.1.0", first)
    (checkout / "template/new-file.md").write_text("new\n")
    commit(checkout, "Add a file", tag="v0.2.0")
    run_update(tmp_path / "p", defaults=True, overwrite=True, quiet=True)
    assert recorded(tmp_path / "p") == {"_commit": "v0.2.0", "_src_path": str(checkout)}
    assert (tmp_path / "p/new-file.md").read_text() == "new\n"
