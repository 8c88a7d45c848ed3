"""Argo CD's globs, as its projects use them."""

from __future__ import annotations

import re
from functools import cache

_MOST = 5
_NEVER = "(?!)"
_SPECIAL = frozenset("*?[{")


@cache
def compiled(pattern: str, separator: str = "") -> re.Pattern[str]:
    """A glob as a regular expression: `*` and `?` stop at the separator, `**` does not; `[a]`, `[!a]` and `{a,b}`."""
    some = f"[^{re.escape(separator)}]" if separator else "."
    parts: list[list[str]] = [[]]
    stars: list[str] = []
    depth, index, choice = 0, 0, False
    while index < len(pattern):
        char, out = pattern[index], parts[-1]
        closing = pattern.find("]", index + 2) if char == "[" else -1
        if char == "*":
            every = pattern.startswith("**", index)
            stars.append(".*" if every else f"{some}*")
            parts.append([])
            index += every
        elif char == "?":
            out.append(some)
        elif closing > 0:
            inside = pattern[index + 1 : closing]
            out.append(
                "[" + ("^" if inside[0] == "!" else "") + re.escape(inside.lstrip("!")).replace(r"\-", "-") + "]"
            )
            index = closing
        elif char == "{" and "}" in pattern[index:]:
            out.append("(?:")
            depth += 1
            choice = True
        elif char in ",}" and depth:
            out.append("|" if char == "," else ")")
            depth -= char == "}"
        else:
            out.append(re.escape(char))
        index += 1
    try:
        return re.compile(_joined(["".join(part) for part in parts], stars, choice=choice), re.DOTALL)
    except re.error:
        return re.compile(_NEVER)


def _joined(parts: list[str], stars: list[str], *, choice: bool) -> str:
    """The parts with what is between them.

    Stars of one sort never have to take more than they first do, so no time is lost on trying. Those of both sorts, or
    beside a choice, may have to: of these there may be few.
    """
    if len(set(stars)) == 1 and not choice:
        inner = "".join(f"(?>{star}?{part})" for star, part in zip(stars, parts[1:-1], strict=False))
        return f"{parts[0]}{inner}{stars[-1]}{parts[-1]}"
    if len(stars) > _MOST:
        return _NEVER
    return "".join([parts[0], *(star + part for star, part in zip(stars, parts[1:], strict=True))])


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
