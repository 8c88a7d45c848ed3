"""Kubernetes quantities: `500m`, `1.5Gi`, `2e3`."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

_FORM = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?[0-9]{1,3}))?")
_DECIMAL = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {f"{letter}i": Fraction(1024**power) for power, letter in enumerate("KMGTPE", start=1)}


@cache
def quantity(written: str | float) -> Fraction | None:
    """What a quantity amounts to; None if it is none.

    Args:
        written: as the manifest has it: text, or a number.
    """
    match = _FORM.fullmatch(str(written))
    if not match:
        return None
    number, suffix, exponent = Fraction(match[1]), match[2], match[3]
    if suffix in _BINARY:
        return number * _BINARY[suffix]
    power = int(exponent) if exponent else _DECIMAL.get(suffix, 0)
    return number * (Fraction(10**power) if power >= 0 else Fraction(1, 10**-power))


def is_in_thousandths(written: str | float) -> bool:
    """Whether the amount is written with `m`, as cores are, and bytes never should be."""
    return isinstance(written, str) and written.endswith("m")
