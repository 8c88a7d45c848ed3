from __future__ import annotations

from typing import Any

import pytest

from clusterwright.check.choice import choice
from clusterwright.check.model import Finding, Severity
from clusterwright.check.rule import Rule
from clusterwright.check.selection import Selection, selectors
from clusterwright.errors import UserError

RULES = tuple(Rule(name, name, "yaml.unreadable") for name in ("app", "app-path", "app-path-case", "app-ref", "schema"))


def ran(*select: str, ignore: tuple[str, ...] = (), configured: object = None) -> list[str]:
    return [rule.id for rule in Selection(RULES, choice(configured, "file: check"), select, ignore).rules]


def weight(path: str, rule: str, **configured: object) -> Severity | None:
    found = list(Selection(RULES, choice(configured, "file")).judged([Finding(path, 1, 1, rule, "error", "")]))
    return found[0].severity if found else None


def test_an_id_the_beginning_of_ids_and_everything_select() -> None:
    assert list(selectors(["app-path-case"])) == ["app-path-case", "*", "app-*", "app-path-*"]
    assert ran() == ["app", "app-path", "app-path-case", "app-ref", "schema"]
    assert ran("app-*") == ["app-path", "app-path-case", "app-ref"]
    assert ran("app-path-*", "schema") == ["app-path-case", "schema"]
    assert ran("app-path") == ["app-path"]


def test_what_is_ignored_does_not_run_even_if_it_is_selected() -> None:
    assert ran(configured={"select": ["app-*"], "ignore": ["app-ref"]}) == ["app-path", "app-path-case"]


def test_the_command_line_selects_anew_and_ignores_more() -> None:
    assert ran("app-ref", configured={"select": ["schema"], "ignore": ["app-ref"]}) == ["app-ref"]
    assert ran(ignore=("app",), configured={"ignore": ["app-*"]}) == ["schema"]
    assert ran("app-*", ignore=("app-path-*", "app-ref")) == ["app-path"]


def test_the_longer_selector_says_the_severity() -> None:
    severity = {"app-path": "warning", "*": "warning", "app-*": "error"}
    assert weight("a", "schema", severity=severity) == "warning"
    assert weight("a", "app-ref", severity=severity) == "error"
    assert weight("a", "app-path", severity=severity) == "warning"


@pytest.mark.parametrize("path", ["examples/a.yaml", "examples/deep/a.yaml"])
@pytest.mark.parametrize("glob", ["examples", "examples/", "examples/**", "exam*", "**.yaml"])
def test_a_place_is_a_glob_or_a_folder(glob: str, path: str) -> None:
    assert weight(path, "app", per_path={glob: {"ignore": ["*"]}}) is None


@pytest.mark.parametrize("path", ["other/examples.yaml", "examples2/a.yaml", "a/examples/b.yaml"])
@pytest.mark.parametrize("glob", ["examples", "examples/*", "*.json"])
def test_what_is_elsewhere_counts(glob: str, path: str) -> None:
    assert weight(path, "app", per_path={glob: {"ignore": ["*"]}}) == "error"


def test_the_severity_of_a_place_comes_first_and_the_last_place_wins() -> None:
    places = {"a": {"severity": {"*": "warning"}}, "a/b": {"severity": {"app": "error"}}}
    assert weight("a/x", "app", severity={"app": "error"}, per_path=places) == "warning"
    assert weight("a/b/x", "app", per_path=places) == "error"
    assert weight("a/b/x", "schema", per_path=places) == "warning"


@pytest.mark.parametrize(
    ("configured", "message"),
    [
        ({"select": ["app-pat"]}, "file: check.select: there is no rule 'app-pat': did you mean \"app-path\"?"),
        ({"ignore": ["zzz"]}, "file: check.ignore: there is no rule 'zzz': clusterwright check --rules lists them"),
        ({"severity": {"ap-*": "error"}}, "file: check.severity: there is no rule 'ap-*': did you mean \"app-*\"?"),
        (
            {"per_path": {"a": {"ignore": ["schem"]}}},
            "file: check.per_path['a'].ignore: there is no rule 'schem': did you mean \"schema\"?",
        ),
    ],
)
def test_a_rule_that_is_none_is_refused_where_it_stands(configured: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as caught:
        ran(configured=configured)
    assert str(caught.value) == message


def test_a_rule_that_is_none_is_refused_on_the_command_line() -> None:
    with pytest.raises(UserError, match=r"^--select: there is no rule 'x'"):
        Selection(RULES, choice(None, "file"), ("x",))
    with pytest.raises(UserError, match=r"^--ignore: there is no rule 'x'"):
        Selection(RULES, choice(None, "file"), (), ("x",))
