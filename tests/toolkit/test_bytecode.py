"""What Jinja made of a file serves the next run, and never anything that is not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from jinja2 import DictLoader, Environment

from clusterwright.render.bytecode import bytecode

if TYPE_CHECKING:
    from pathlib import Path

ONES = "{{ 'on' }}e"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "clusterwright" / "templates"


def rendered(text: str, options: str = "", **named: Any) -> str:  # noqa: ANN401 - whatever Jinja's options are
    environment = Environment(loader=DictLoader({"name": text}), bytecode_cache=bytecode(options), **named)  # noqa: S701 - no HTML
    return environment.get_template("name").render()


def refuse(*_: object) -> NoReturn:
    raise AssertionError


def test_what_was_compiled_once_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(ONES) == "one"
    monkeypatch.setattr(Environment, "compile", refuse)
    assert rendered(ONES) == "one"


def test_another_text_of_the_same_name_is_another(cache: Path) -> None:
    assert rendered(ONES) == "one"
    assert rendered("{{ 'two' }}") == "two"
    assert len(list(cache.iterdir())) == 2


def test_other_options_mean_something_else() -> None:
    assert rendered(ONES) == "one"
    assert rendered(ONES, "other", variable_start_string="#{", variable_end_string="}#") == ONES


def test_a_broken_file_is_made_anew(cache: Path) -> None:
    assert rendered(ONES) == "one"
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:60])
    assert rendered(ONES) == "one"


def test_a_run_that_can_keep_nothing_is_none_the_worse(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "clusterwright").write_text("")
    assert bytecode("") is None
    assert rendered(ONES) == "one"
    (tmp_path / "clusterwright").unlink()
    kept = bytecode("")
    cache.rmdir()
    environment = Environment(loader=DictLoader({"name": ONES}), bytecode_cache=kept)  # noqa: S701 - no HTML
    assert environment.get_template("name").render() == "one"
