"""The questions of `clusterwright new` at a terminal. Typing is in the tests of the first hour; here it is scripted."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING, Any

import pytest

from clusterwright.errors import UserError
from clusterwright.render import source
from clusterwright.render.interview import Interview, Left
from clusterwright.render.questionnaire import Questionnaire, opened
from tests.conftest import Template, commit, copy_sources
from tests.toolkit.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Talk = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """What Copier reads of the template as it stands here, and no more, released."""
    path = copy_sources(tmp_path_factory.mktemp("small"))
    commit(path, "Release", "v999.0.0")
    return Template(path)


@pytest.fixture(scope="module")
def questions(small: Template) -> Iterator[Questionnaire]:
    with opened(source.find(str(small.path), "v999.0.0")) as found:
        yield found


@pytest.fixture
def talk(questions: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Holds an interview: each line is what a person types at the question of that name, in order."""

    def hold(*typed: tuple[str, str], given: dict[str, Any] | None = None) -> dict[str, Any]:
        waiting = [*typed]

        def answer(prompt: str) -> str:
            print(prompt)
            name = prompt.split(maxsplit=1)[0]
            if waiting and waiting[0][0] == name:
                return waiting.pop(0)[1]
            raise AssertionError(f"asked for {name}, and {waiting[:1]} was to come")

        monkeypatch.setattr(builtins, "input", answer)
        held = Interview(questions, given or {}).hold("my-platform")
        assert waiting == []
        return held

    return hold


def test_it_goes_group_by_group_and_explains_each_choice(talk: Talk, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("platform_name", "acme"), ("organisation", "Acme"), ("email", "")
    assert talk(*names, ("cloud", "."), ("Enter", "")) == {"platform_name": "acme", "organisation": "Acme"}
    said = capsys.readouterr().out
    assert "\nThe platform\n\n  A short name for the platform." in said
    assert "\nThe cluster\n\n  Where the management cluster runs.\n" in said
    assert "    1  k3d           on this machine, in containers; no account needed\n" in said
    assert "cloud [k3d]: " in said


def test_everything_is_shown_together_before_it_is_made(talk: Talk, capsys: pytest.CaptureFixture[str]) -> None:
    talk(("platform_name", "acme"), ("organisation", "."), ("Enter", ""))
    said = capsys.readouterr().out.partition("Your answers")[2]
    assert "   1  platform_name         acme\n" in said
    assert "  git_owner             acme\n" in said, "a default that follows from another answer"
    assert "This makes my-platform\n" in said
    assert "environments: development, staging, production" in said
    assert "infrastructure, each with a state of its own: git, secrets, users" in said


def test_what_cannot_be_is_said_and_asked_again(talk: Talk, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ("platform_name", "With Capitals"), ("platform_name", "?"), ("platform_name", "acme")
    choices = ("cloud", "99"), ("cloud", "aws, k3d"), ("cloud", "1"), ("kubernetes_version", ".")
    held = talk(*wrong, ("organisation", ""), ("email", ""), *choices, ("Enter", ""))
    assert (held["platform_name"], held["cloud"]) == ("acme", "k3d")
    said = capsys.readouterr().out
    assert "  use 1 to 20 lower-case letters, digits and dashes" in said
    assert said.count("A short name for the platform.") == 2
    assert said.count("  no such choice; take a number from 1 to ") == 2


def test_what_is_given_is_not_asked(talk: Talk) -> None:
    held = talk(("organisation", "."), ("Enter", ""), given={"platform_name": "acme"})
    assert held == {"platform_name": "acme"}


def test_less_than_goes_back_and_forgets_the_answer(talk: Talk) -> None:
    back = ("platform_name", "<"), ("platform_name", "acme"), ("organisation", "<"), ("platform_name", "")
    assert talk(*back, ("organisation", "."), ("Enter", "")) == {}


def test_an_answer_is_changed_at_the_end_and_leads_to_others(talk: Talk, capsys: pytest.CaptureFixture[str]) -> None:
    held = talk(
        ("platform_name", "."),
        ("Enter", "999"),
        ("Enter", "components"),
        ("components", "2, velero"),
        ("backup_bucket", ""),
        ("backup_endpoint", "https://s3.acme.dev"),
        ("Enter", ""),
    )
    assert held == {"components": ["atlantis", "velero"], "backup_endpoint": "https://s3.acme.dev"}
    said = capsys.readouterr().out
    assert "  no answer has that number; there are 1 to " in said
    assert "crossplane_providers" not in said.rpartition("Your answers")[2]


def test_several_choices_may_be_none(talk: Talk) -> None:
    assert talk(("platform_name", "."), ("Enter", "components"), ("components", "none"), ("Enter", "")) == {
        "components": []
    }


def test_answers_that_do_not_go_together_are_asked_anew_with_the_reason(
    talk: Talk, capsys: pytest.CaptureFixture[str]
) -> None:
    first = ("platform_name", "."), ("Enter", "dns"), ("dns", "cloudflare"), ("dns_zone", "")
    assert talk(*first, ("dns", "none"), ("Enter", "")) == {"dns": "none"}
    assert "dns: a k3d platform lives on this machine and needs no DNS; choose none\n" in capsys.readouterr().out


def test_a_refusal_of_what_was_given_cannot_be_mended_here(talk: Talk) -> None:
    with pytest.raises(UserError) as error:
        talk(("platform_name", "."), given={"dns": "cloudflare"})
    assert str(error.value) == "dns: it cannot be answered here; leave it out of --answers and --data"


def test_leaving_at_the_end_makes_nothing(talk: Talk) -> None:
    with pytest.raises(Left) as left:
        talk(("platform_name", "."), ("Enter", "q"))
    assert (left.value.code, str(left.value)) == (130, "left; nothing was made")


def test_a_terminal_that_closes_makes_nothing(questions: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(builtins, "input", closed)
    with pytest.raises(UserError) as error:
        Interview(questions, {}).hold("p")
    assert str(error.value) == "new: the terminal closed before the end; nothing was made"


def test_ctrl_c_at_a_question_leaves_nothing_behind(small: Template, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "clusterwright", "new", "p", "--template", str(small.path)]
    with Terminal(command, tmp_path, {}) as terminal:
        terminal.expect("platform_name [platform]: ")
        terminal.interrupt()
        assert terminal.end() == 130
        assert terminal.text.endswith("clusterwright: interrupted; nothing was left half-written\n")
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_cannot_be_used_is_refused_before_anything_is_asked(small: Template, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/mine.txt").write_text("mine")
    command = [sys.executable, "-m", "clusterwright", "new", "p", "--template", str(small.path)]
    with Terminal(command, tmp_path, {}, columns=120) as terminal:
        assert terminal.end() == 2
        assert terminal.text == (
            "clusterwright: p: not empty; choose another folder, or --force to replace it and keep a copy\n"
        )
