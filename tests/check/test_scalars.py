from __future__ import annotations

import math

import pytest

from clusterwright.check.scalars import go_yaml, key_text, yaml_1_2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True), ("on", True), ("y", True), ("Off", False), ("n", False), ("true", True), ("yEs", "yEs"),
        ("", None), ("~", None), ("null", None), ("nUll", "nUll"),
        ("0", 0), ("-7", -7), ("+7", 7), ("0777", 511), ("0o777", 511), ("0x1F", 31), ("0b101", 5), ("1_000", 1000),
        ("08", 8.0), ("1e3", 1000.0), ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("-1.5e-3", -0.0015),
        ("18446744073709551615", 2**64 - 1), ("18446744073709551616", float(2**64)),
        ("12:30", "12:30"), ("12:30:45", "12:30:45"), ("2001-01-01", "2001-01-01"), ("=", "="), ("<<", "<<"),
        ("1.2.3", "1.2.3"), ("v1", "v1"), ("-", "-"), ("+", "+"), (".", "."), ("1a", "1a"), ("0x", "0x"),
        ("9" * 100, "9" * 100),
    ],
)  # fmt: skip
def test_plain_scalars_mean_what_kubectl_takes_them_for(text: str, value: object) -> None:
    scalars = go_yaml()
    for _ in range(2):
        assert scalars[text] == value
        assert type(scalars[text]) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("on", "on"), ("yes", "yes"), ("true", True), ("012", 12), ("0o17", 15), ("1_000", "1_000"), ("0b1", "0b1")],
)
def test_workflows_are_yaml_1_2(text: str, value: object) -> None:
    assert yaml_1_2()[text] == value


def test_infinities_and_not_a_number() -> None:
    assert go_yaml()["-.Inf"] == -math.inf
    assert math.isnan(float(str(go_yaml()[".nan"])))


def test_a_long_scalar_is_not_kept() -> None:
    scalars = go_yaml()
    assert scalars["x" * 100] == "x" * 100
    assert "x" * 100 not in scalars


@pytest.mark.parametrize(("key", "text"), [(True, "true"), (None, "null"), (1, "1"), (1.5, "1.5"), ("a", "a")])
def test_keys_become_text(key: object, text: str) -> None:
    assert key_text(key) == text
