"""What a plain scalar means: as Kubernetes reads it (go-yaml), or as YAML 1.2 has it (workflow files)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MEMO_LENGTH = 64
_NULLS = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_INFINITIES = {
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_BOOLEANS = {**dict.fromkeys(("true", "True", "TRUE"), True), **dict.fromkeys(("false", "False", "FALSE"), False)}
_OLD_BOOLEANS = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF"), False),
}
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))")
_INTEGER_12 = re.compile(r"([-+]?)(?:0x([0-9a-fA-F]+)|(\Zb)|0o([0-7]+)|([0-9]+))")
_BASES = (16, 2, 8, 10)
_NUMERIC = frozenset("+-.0123456789")


class Scalars(dict[str, object]):
    """A memo from the text of a plain scalar to its value; unseen texts are resolved when they are looked up."""

    def __init__(self, words: Mapping[str, object], integer: re.Pattern[str], ignored: str) -> None:
        super().__init__(words)
        self._integer = integer
        self._ignored = ignored

    def __missing__(self, text: str) -> object:
        value = self._number(text) if text[0] in _NUMERIC else text
        if len(text) < _MEMO_LENGTH:
            self[text] = value
        return value

    def _number(self, text: str) -> object:
        digits = text.replace(self._ignored, "") if self._ignored else text
        if len(digits) > _MEMO_LENGTH:
            return text
        match = self._integer.fullmatch(digits)
        if match:
            number = next(int(part, base) for part, base in zip(match.groups()[1:], _BASES, strict=True) if part)
            number = -number if match[1] == "-" else number
            return number if -(2**63) <= number < 2**64 else float(number)
        return float(digits) if _FLOAT.fullmatch(digits) else text


def go_yaml() -> Scalars:
    """Scalars as kubectl, Helm and Argo CD read them: `yes` is a boolean, a date and 12:30 are strings."""
    return Scalars({**_NULLS, **_INFINITIES, **_BOOLEANS, **_OLD_BOOLEANS}, _INTEGER, "_")


def yaml_1_2() -> Scalars:
    """Scalars of YAML 1.2, for workflow files: `on` is a string."""
    return Scalars({**_NULLS, **_INFINITIES, **_BOOLEANS}, _INTEGER_12, "")


def key_text(key: object) -> str:
    """The text that a mapping's key becomes in JSON; raises TypeError for a collection."""
    if isinstance(key, bool):
        return "true" if key else "false"
    if key is None:
        return "null"
    if isinstance(key, str | int | float):
        return str(key)
    raise TypeError("a key is a mapping or a list: quote the value if it holds `{{ }}`")
