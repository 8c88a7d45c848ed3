"""How values are written into YAML: as the template seeds them, so that what a verb adds looks like its neighbours."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9._/@*+-]*(?::[/0-9][A-Za-z0-9._/:-]*)?(?<![:.-])")
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def scalar(value: object) -> str:
    """Writes a scalar, plain where every version of YAML reads it as the same string."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def flow(value: object) -> str:
    """Writes a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(value)


def block(value: object, column: int, *, item: bool = False) -> str:
    """Writes a value on lines of its own, without a line break at the end.

    Args:
        value: a map, or anything as an item of a list. Maps of scalars in it take a line each, lists of names too;
            what is nested deeper stays on the line of its key.
        column: how far it is indented.
        item: whether it is an item of a list.
    """
    pad, lines = " " * column, list[str]()
    if item and not isinstance(value, dict):
        return f"{pad}- {flow(value)}"
    assert isinstance(value, dict)  # noqa: S101 - callers hand over what belongs below a key
    for key, one in value.items():
        lines += _entry(scalar(key), one)
    if item:
        return "\n".join(f"{pad}{'- ' if index == 0 else '  '}{line}" for index, line in enumerate(lines))
    return "\n".join(pad + line for line in lines)


def _entry(key: str, value: object) -> list[str]:
    """The lines of one key: a list of teams or a map of environments below it, anything else beside it."""
    if isinstance(value, list) and value and (key == "teams" or any(isinstance(one, dict) for one in value)):
        return [f"{key}:", *block_items(value)]
    if key == "environments" and isinstance(value, dict) and value:
        return [f"{key}:", *(f"  {scalar(name)}: {flow(one)}" for name, one in value.items())]
    return [f"{key}: {flow(value)}"]


def block_items(values: list[object]) -> list[str]:
    """The lines of a list below a key."""
    return [line for value in values for line in block(value, 2, item=True).split("\n")]
