"""Kubernetes quantities: `500m`, `1.5Gi`, `2e3`."""

from __future__ import annotations

import re
from functools import cache

ONE = 10**9
"""Kubernetes counts in billionths, and rounds up what is finer."""
_FORM = re.compile(
    r"([+-]?)(?=\.?[0-9])([0-9]{0,99})(?:\.([0-9]{0,99}))?(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?[0-9]{1,3}))?"
)
_DECIMAL = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY: dict[str, int] = {f"{letter}i": 1024**power for power, letter in enumerate("KMGTPE", start=1)}


@cache
def quantity(written: str | float) -> int | None:
    """What a quantity amounts to, in billionths; None if it is none.

    Args:
        written: as the manifest has it: text, or a number.
    """
    match = _FORM.fullmatch(str(written))
    if not match:
        return None
    sign, whole, fraction, suffix, exponent = match.groups(default="")
    power = 9 - len(fraction) + (int(exponent) if exponent else _DECIMAL.get(suffix, 0))
    amount = int(f"{sign}{whole}{fraction}") * _BINARY.get(suffix, 1)
    factor: int = 10 ** abs(power)
    return amount * factor if power >= 0 else -(-amount // factor)


def is_in_thousandths(written: str | float) -> bool:
    """Whether the amount is written with `m`, as cores are, and bytes never should be."""
    return isinstance(written, str) and written.endswith("m")
