"""Regular expressions that a repository brings along: what Go does in linear time may take Python for ever."""

from __future__ import annotations

import re

_REPEATED = re.compile(r"(?<!\\)(?:[*+]|\{\d+,\d*\})")
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{)")
_STEPS = 100_000_000


def is_quick(pattern: str, text: str) -> bool:
    """Whether a pattern is surely done with a text soon, whatever both are: nothing is repeated within a repetition."""
    repeated = len(_REPEATED.findall(pattern))
    return not _REPEATED_GROUP.search(pattern) and (len(text) + 1) ** min(repeated + 1, 20) < _STEPS
