"""Values of templates as Go sees them: what is true, how they print; and why a template can't be expanded."""

from __future__ import annotations

import json
import math
from typing import Any, Final

NO_VALUE = "<no value>"
_WORDS = {None: "<nil>", True: "true", False: "false"}


class Refused(Exception):
    """Argo CD would refuse this too; the text says why."""


class Unknown(Exception):
    """Nobody can know this offline; the text says what it is."""


class Missing:
    """A key that a map does not have; it prints as Go prints it."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return NO_VALUE


MISSING: Final = Missing()


def go_text(value: object) -> str:
    """A value as Go prints it with `%v`."""
    if isinstance(value, list):
        return f"[{' '.join(map(go_text, value))}]"
    if isinstance(value, dict):
        return f"map[{' '.join(f'{key}:{go_text(value[key])}' for key in sorted(value))}]"
    if isinstance(value, float):
        return _number(value)
    return _WORDS[value] if value is None or isinstance(value, bool) else str(value)


def flat(params: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested maps and lists as one map of texts, with dots in its keys."""
    found: dict[str, str] = {}
    for key, value in params.items():
        if isinstance(value, list):
            value = {str(index): one for index, one in enumerate(value)}  # noqa: PLW2901 - the list as a map
        if isinstance(value, dict) and value:
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = go_text(value)
    return found


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Both maps, also those inside; what is empty overrides nothing."""
    out = dict(base)
    for key, value in over.items():
        below = out.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            out[key] = merged(below, value)
        elif value or key not in out:
            out[key] = value
    return out


def from_json(value: Any) -> Any:  # noqa: ANN401 - whatever a file holds
    """A value as Go reads it from JSON: every number is a float."""
    if isinstance(value, dict):
        return {key: from_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [from_json(one) for one in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def to_json(value: Any) -> Any:  # noqa: ANN401 - whatever a template holds
    """The value with whole numbers as such, as Go writes them."""
    if isinstance(value, dict):
        return {key: to_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [to_json(one) for one in value]
    if isinstance(value, Missing):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_json(value: object) -> str:
    """A value as Go's JSON encoder writes it."""
    return json.dumps(to_json(value), separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def _number(value: float) -> str:
    """The shortest text of a float; from a million on with an exponent."""
    if not math.isfinite(value):
        return {math.inf: "+Inf", -math.inf: "-Inf"}.get(value, "NaN")
    if abs(value) < 1e6:
        return str(int(value)) if value == int(value) else repr(value)
    mantissa, _, exponent = repr(float(f"{value:.17g}")).partition("e")
    if not exponent:
        digits = str(int(value)).lstrip("-")
        exponent = str(len(digits) - 1)
        mantissa = f"{digits[0]}.{digits[1:]}".rstrip("0").rstrip(".")
        mantissa = f"-{mantissa}" if value < 0 else mantissa
    return f"{mantissa.removesuffix('.0')}e+{int(exponent):02d}"
