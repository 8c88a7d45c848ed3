"""Argo CD's globs, as its projects use them."""

from __future__ import annotations

import re
from functools import cache

_SPECIAL = frozenset("*?[{")


@cache
def compiled(pattern: str, separator: str = "") -> re.Pattern[str]:
    """A glob as a regular expression: `*` and `?` stop at the separator, `**` does not; `[a]`, `[!a]` and `{a,b}`."""
    some = f"[^{re.escape(separator)}]" if separator else "."
    out, depth, index = [], 0, 0
    while index < len(pattern):
        char = pattern[index]
        closing = pattern.find("]", index + 2) if char == "[" else -1
        if pattern.startswith("**", index):
            out.append(".*")
            index += 1
        elif char in "*?":
            out.append(f"{some}*" if char == "*" else some)
        elif closing > 0:
            inside = pattern[index + 1 : closing]
            out.append(
                "[" + ("^" if inside[0] == "!" else "") + re.escape(inside.lstrip("!")).replace(r"\-", "-") + "]"
            )
            index = closing
        elif char == "{" and "}" in pattern[index:]:
            out.append("(?:")
            depth += 1
        elif char in ",}" and depth:
            out.append("|" if char == "," else ")")
            depth -= char == "}"
        else:
            out.append(re.escape(char))
        index += 1
    return re.compile("".join(out), re.DOTALL)


def matches(pattern: str, value: str, separator: str = "") -> bool:
    """Whether the glob matches the whole value; a lone `*` matches everything."""
    if pattern in {"*", value}:
        return True
    return not _is_literal(pattern) and compiled(pattern, separator).fullmatch(value) is not None


@cache
def _is_literal(pattern: str) -> bool:
    return _SPECIAL.isdisjoint(pattern)


def permits(pattern: str, value: str, separator: str = "") -> bool:
    """As `matches`, but `!glob` matches what the glob does not."""
    return not matches(pattern[1:], value, separator) if denies(pattern) else matches(pattern, value, separator)


def denies(pattern: str) -> bool:
    """Whether the pattern forbids what it names."""
    return pattern.startswith("!")
