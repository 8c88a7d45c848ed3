"""Rules that keep recorded answers safe over years of updates."""

from __future__ import annotations

import re

import pytest
import yaml

from clusterwright import __version__
from tests.template.questions import ROOT, questions


def asked() -> dict[str, dict[str, object]]:
    return {name: question for name, question in questions().items() if question.get("when") is not False}


def test_the_template_needs_no_trust() -> None:
    settings = (ROOT / "copier.yml").read_text(encoding="utf-8")
    assert not re.search(r"^_(tasks|migrations|jinja_extensions)\b", settings, re.MULTILINE)


def test_every_question_file_is_included_once_and_in_full() -> None:
    included = re.findall(r"^!include (\S+)$", (ROOT / "copier.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(included) == sorted(f"questions/{path.name}" for path in (ROOT / "questions").glob("*.yml"))


@pytest.mark.parametrize("name", asked())
def test_every_question_helps_and_has_a_default(name: str) -> None:
    assert str(asked()[name]["help"]).endswith((".", ")"))
    assert "default" in asked()[name]


@pytest.mark.parametrize("name", asked())
def test_a_validator_looks_at_its_own_value_only(name: str) -> None:
    validator = str(asked()[name].get("validator", ""))
    others = [other for other in questions() if other != name and re.search(rf"\b{other}\b", validator)]
    assert [other for other in others if other != "email"] == []


@pytest.mark.parametrize("name", [name for name, question in asked().items() if question["type"] == "yaml"])
def test_a_list_has_no_validator(name: str) -> None:
    assert "validator" not in asked()[name]


@pytest.mark.parametrize("name", [name for name, question in asked().items() if question["type"] == "str"])
def test_text_has_a_validator_or_choices(name: str) -> None:
    assert "validator" in asked()[name] or "choices" in asked()[name]


def test_computed_answers_have_the_reserved_prefix_and_nothing_else_has() -> None:
    for name, question in questions().items():
        assert name.startswith("cw_") == (question.get("when") is False)


def test_no_answer_is_a_secret() -> None:
    assert not [name for name in asked() if re.search(r"password|passphrase|token$|secret$|private_key", name)]
    assert not any("secret" in question for question in asked().values())


def test_the_template_and_the_toolkit_have_one_version() -> None:
    assert questions()["cw_version"]["default"] == __version__


def test_every_record_of_the_catalogue_with_a_chart_names_one_exact_version() -> None:
    catalogue = yaml.safe_load((ROOT / "catalogue.yaml").read_text(encoding="utf-8"))
    for name, record in catalogue.items():
        if "chart" in record:
            assert re.fullmatch(r"v?\d+\.\d+\.\d+", record["chart"]["version"]), name
