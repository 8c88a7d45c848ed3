from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from clusterwright.check.choice import Choice
from clusterwright.check.registry import RULES
from clusterwright.check.selection import Selection
from clusterwright.check.settings import Settings, minor_version, settings
from clusterwright.errors import UserError
from tests.check.generated import schema
from tests.conftest import ROOT


def test_every_key_may_be_left_out() -> None:
    assert settings(None) == settings({}) == Settings()


def test_every_key_is_read() -> None:
    data = {
        "kubernetes_version": "v1.34.2",
        "repository": "https://x",
        "branch": "main",
        "user_paths": ["a/**"],
        "moved": {"a": "b"},
    }
    check = {"select": ["app-*"], "severity": {"app-path": "warning"}, "per_path": {"a": {"ignore": ["*"]}}}
    origin = ".clusterwright.yaml: check"
    a = Choice(f"{origin}.per_path['a']", ignore=("*",))
    chosen = Choice(origin, ("app-*",), (), (("app-path", "warning"),), (("a", a),))
    assert settings({**data, "moved": {"a": "b"}, "check": check}) == Settings(
        "1.34", "https://x", "main", ("a/**",), (("a", "b"),), chosen
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "expected a mapping"),
        ({"repo": "x"}, "unknown key 'repo'"),
        ({"chek": {}}, "unknown key 'chek': did you mean \"check\"?"),
        ({"branch": ["main"]}, "branch: expected text"),
        ({"branch": True}, "branch: expected text"),
        ({"kubernetes_version": 1.3}, "kubernetes_version: expected text: quote it"),
        ({"user_paths": "a"}, "user_paths: expected a list"),
        ({"user_paths": [1]}, "user_paths: expected a list"),
        ({"kubernetes_version": "latest"}, "kubernetes_version: 'latest' is no version of Kubernetes"),
        ({"check": []}, "check: expected a mapping with the keys select, ignore, severity, per_path"),
        ({"check": {"ignored": []}}, "check: unknown key 'ignored': did you mean \"ignore\"?"),
        ({"check": {"select": "app-*"}}, "check.select: expected a list of rules"),
        ({"check": {"severity": ["x"]}}, "check.severity: expected lines such as"),
        ({"check": {"severity": {"app-path": "info"}}}, "check.severity.app-path: expected error or warning"),
        ({"check": {"per_path": []}}, "check.per_path: expected globs of paths"),
        ({"check": {"per_path": {"a": {"select": []}}}}, r"check.per_path\['a'\]: unknown key 'select'"),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(data: object, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        settings(data)
    assert str(caught.value).startswith(".clusterwright.yaml: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("version", ["1", "1.x", "", "1.2.3.4", "1.²", "\u0661.\u0662"])
def test_a_version_names_its_origin(version: str) -> None:
    with pytest.raises(UserError, match="--kubernetes-version"):
        minor_version(version, "--kubernetes-version")


def accepted(data: object) -> bool:
    try:
        Selection(RULES, settings(data).check or Choice())
    except UserError:
        return False
    return True


def nearly(valid: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What is right, most of the time."""
    wrong = st.sampled_from([None, "", "x", 1, 1.35, True, [], {}, ["x"], {"x": "y"}, [None]])
    return st.integers(0, 7).flatmap(lambda dice: wrong if dice == 0 else valid)


def some(keys: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


SELECTORS = st.sampled_from(["*", "app-*", "app-path", "schema", "value*", "ap*", "app-paths", "", "schema-*"])
LISTS = nearly(st.lists(nearly(SELECTORS), max_size=2))
WEIGHTS = nearly(st.dictionaries(SELECTORS, nearly(st.sampled_from(["error", "warning", "info"])), max_size=2))
PLACES = nearly(st.dictionaries(st.text(max_size=3), nearly(some({"ignore": LISTS, "severity": WEIGHTS})), max_size=2))
CHECKS = nearly(some({"select": LISTS, "ignore": LISTS, "severity": WEIGHTS, "per_path": PLACES, "selects": LISTS}))
TEXTS = nearly(st.text(max_size=3))
VERSIONS = nearly(st.sampled_from(["1.35", "v1.35.2", "1", "1.35.", "v", "1.35\n", "1.²", "1.x"]))
FILES = nearly(
    some(
        {
            "kubernetes_version": VERSIONS,
            "repository": TEXTS,
            "branch": TEXTS,
            "user_paths": nearly(st.lists(TEXTS, max_size=2)),
            "check": CHECKS,
            "checks": CHECKS,
        }
    )
)
SCHEMA = Draft202012Validator(schema())


@given(FILES)
def test_the_schema_for_editors_accepts_what_the_check_accepts(data: object) -> None:
    assert SCHEMA.is_valid(data) == accepted(data)


def test_the_example_of_the_readme_is_accepted() -> None:
    example = re.search(
        r"```yaml\n(check:\n.*?)```", (ROOT / "docs/how-to/check-a-repository.md").read_text("utf-8"), re.DOTALL
    )
    assert example
    data = yaml.safe_load(example[1])
    assert set(data["check"]) == {"ignore", "severity", "per_path"}
    assert accepted(data)
