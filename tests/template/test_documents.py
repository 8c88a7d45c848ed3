"""The documents of a platform: every command in them is one that is there."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from clusterwright.verbs import cli
from tests.commands import leaves, typed, understood
from tests.template.golden import GOLDEN, NAMES
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Template

BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`clusterwright ([a-z]+(?: (?!main\b)[a-z]+)?)")
STEP = re.compile(r"\bbootstrap/(?!state-passphrase)([a-z-]+)\b(?![/.])")
"""A step of bootstrap; `bootstrap/state-passphrase` is a Secret of the namespace of that name."""
VERBS = {name.removeprefix("clusterwright ") for name, _ in leaves(cli, "clusterwright")}


@pytest.fixture(params=NAMES)
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = GOLDEN / str(request.param)
    monkeypatch.chdir(root)
    return root


def documents(root: Path) -> Iterator[tuple[str, str]]:
    """Each document, with its text."""
    for path in (root / "README.md", *sorted((root / "docs").rglob("*.md"))):
        yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


def test_every_command_to_copy_is_understood(platform: Path) -> None:
    found = 0
    for name, text in documents(platform):
        for arguments in (one for block in BLOCK.findall(text) for one in typed(block)):
            found += 1
            try:
                understood(cli, "clusterwright", arguments)
            except Exception as error:
                raise AssertionError(f"{name}: clusterwright {' '.join(arguments)}") from error
    assert found > 5


def test_every_verb_that_is_named_is_there(platform: Path) -> None:
    for name, text in documents(platform):
        for words in INLINE.findall(text):
            assert words in VERBS or words.partition(" ")[0] in VERBS, f"{name}: clusterwright {words}"


def test_every_step_of_bootstrap_that_is_named_can_be_run(platform: Path) -> None:
    named = {(name, step) for name, text in documents(platform) for step in STEP.findall(text)}
    assert {step for _, step in named} >= {"up", "down", "preflight", "recover", "seed"}
    wrong = [one for one in named if not os.access(platform / "bootstrap" / one[1], os.X_OK)]
    assert wrong == []


def test_documents_of_a_gitlab_platform_speak_of_merge_requests(sources: Template, tmp_path: Path) -> None:
    made = sources.render(answers(VALID / "gitlab-self-managed.yaml"), tmp_path / "platform")
    texts = {path: path.read_text(encoding="utf-8") for path in made.rglob("*.md")}
    assert {made / "README.md", made / "infrastructure/README.md"} < texts.keys()
    assert [str(path) for path, text in texts.items() if "pull request" in text.lower()] == []
    assert "Open a merge request." in texts[made / "docs/runbooks/add-a-person.md"]


def test_the_identity_is_told_of_every_secret_that_holds_its_credential(sources: Template, tmp_path: Path) -> None:
    out = sources.render(answers(VALID / "aws-enterprise-terraform.yaml"), tmp_path / "out")
    rows = [row.split("\t") for row in (out / "bootstrap/secrets.tsv").read_text(encoding="utf-8").splitlines()]
    held = {f"secret/platform/{row[0]}/{row[1]}" for row in rows if len(row) > 1 and row[1] in {"git", "github"}}
    assert held == {"secret/platform/arc-runners/github", "secret/platform/atlantis/git"}
    told = (out / "docs/identity.md").read_text(encoding="utf-8")
    assert {path for path in held if f"`{path}`" not in told} == set()
    assert "organisation: Self-hosted runners" in told


def test_the_identity_on_github_may_push_what_is_there_to_push(sources: Template, tmp_path: Path) -> None:
    """GitHub takes a file of a workflow only from whoever may write workflows."""
    out = sources.render(answers(VALID / "aws-github-cloudflare.yaml"), tmp_path / "out")
    told = (out / "docs/identity.md").read_text(encoding="utf-8")
    assert list((out / ".github/workflows").iterdir())
    assert "| repository: Contents, Workflows | write |" in told
