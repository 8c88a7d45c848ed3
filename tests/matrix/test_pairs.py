"""The matrix holds every two choices that the rules allow together, and its own way of asking is Copier's."""

from __future__ import annotations

import random
from itertools import chain
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import tree
from tests.matrix.chooser import Chooser, chooser
from tests.matrix.factors import ALIKE
from tests.matrix.pairs import Matrix, all_pairs, matrix
from tests.template.questions import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template
    from tests.matrix.chooser import Pair


@pytest.fixture(scope="module")
def asked(sources: Template) -> Chooser:
    """What knows the rules of the template as it stands here."""
    return chooser(sources.path)


@pytest.fixture(scope="module")
def platforms(asked: Chooser) -> Matrix:
    """The matrix of the template as it stands here."""
    return matrix(asked)


def covered(platforms: Matrix) -> frozenset[Pair]:
    return frozenset(chain.from_iterable(row.pairs for row in platforms.rows))


def test_every_choice_of_the_question_files_is_a_factor(asked: Chooser) -> None:
    """Read from the files as they are, not as Copier gives them."""
    files = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "questions").glob("*.yml")))
    written = yaml.safe_load(files.replace("!include ", ""))
    visible = {name: record for name, record in written.items() if record.get("when") is not False}
    choosable = {name for name, record in visible.items() if "choices" in record or record["type"] == "bool"}
    assert {one.question for one in asked.factors} == choosable


def test_every_two_choices_occur_together_or_are_refused(asked: Chooser, platforms: Matrix) -> None:
    found = covered(platforms)
    assert found | platforms.refused.keys() == set(all_pairs(asked.factors))
    assert not found & platforms.refused.keys()


def test_every_choice_occurs(asked: Chooser, platforms: Matrix) -> None:
    occurring = set(chain.from_iterable(row.settings.items() for row in platforms.rows))
    assert occurring == set(chain.from_iterable(one.settings for one in asked.factors))


def test_every_choice_that_is_alike_to_another_occurs(platforms: Matrix) -> None:
    found = {name: {row.answers.get(name) for row in platforms.rows} for name in ALIKE}
    assert {name: set(choices) - found[name] for name, choices in ALIKE.items()} == {name: set() for name in ALIKE}


@pytest.mark.parametrize("name", ALIKE)
def test_of_choices_that_are_alike_a_platform_shows_the_word_alone(
    platforms: Matrix, sources: Template, tmp_path: Path, name: str
) -> None:
    answers = next(row.answers for row in platforms.rows if row.answers.get(name) in ALIKE[name])
    first, *others = ALIKE[name]
    shown = lines(sources.render({**answers, name: first}, tmp_path / first))
    for other in others:
        changed = lines(sources.render({**answers, name: other}, tmp_path / other))
        differing = {(mine, theirs) for mine, theirs in zip(shown, changed, strict=True) if mine != theirs}
        assert differing
        expected = {mine.replace(first, other).replace(first.upper(), other.upper()) for mine, _ in differing}
        assert expected == {theirs for _, theirs in differing}


def lines(platform: Path) -> list[str]:
    """Every line of a platform, each under its file's name."""
    files = tree(platform).items()
    return [f"{name}: {line}" for name, body in files for line in body.decode().split("\n")]


def test_no_refused_pair_is_allowed_after_all(asked: Chooser, platforms: Matrix) -> None:
    """Looked for where the search did not: in some rows, and among chance platforms."""
    draw = random.Random(1)  # noqa: S311 - the same platforms every time
    chance = [{one.name: draw.choice(one.levels) for one in asked.factors} for _ in range(50)]
    whole = [*(row.settings for row in platforms.rows), *chance]
    tried = [(pair, one) for pair in platforms.refused for one in draw.sample(whole, 6)]
    allowed = [(pair, one) for pair, one in tried if asked.row({**one, **dict(pair)})]
    assert allowed == []


def test_the_matrix_is_the_same_every_time(asked: Chooser, platforms: Matrix) -> None:
    """Searched again; what the rules say to each choice is still known."""
    assert matrix(asked) == platforms


def test_copier_refuses_what_the_interview_refuses(
    asked: Chooser, platforms: Matrix, sources: Template, tmp_path: Path
) -> None:
    """One pair for each rule, which Copier is asked about with the answers that the interview saw."""
    by_rule = {why: pair for pair, why in platforms.refused.items() if asked.ask(dict(pair)).refusal}
    assert by_rule
    for number, (why, pair) in enumerate(by_rule.items()):
        assert sources.refusal(asked.ask(dict(pair)).asked, tmp_path / str(number)) == why


def test_a_component_alone_is_refused_before_anything_is_computed_from_it(
    asked: Chooser, sources: Template, tmp_path: Path
) -> None:
    """What it needs may be a choice of its own; a rule that comes too late would be unknown to the interview."""
    for one in filter(None, (factor.choice for factor in asked.factors if factor.question == "components")):
        outcome = asked.interview.hold({**asked.texts, "components": [one]})
        assert (sources.refusal(outcome.asked, tmp_path / one) or "") == outcome.refusal, one
