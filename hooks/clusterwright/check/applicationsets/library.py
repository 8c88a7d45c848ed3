"""What the longer functions of templates do."""

from __future__ import annotations

import json
import re
from typing import Any

from clusterwright.check.applicationsets.values import (
    MISSING,
    Missing,
    Refused,
    Unknown,
    from_json,
    go_text,
    to_json,
)
from clusterwright.check.loader import parse
from clusterwright.check.patterns import is_quick
from clusterwright.check.scalars import go_yaml

_VERB = re.compile(r"%(-?0?\d*)(?:\.\d+)?([%a-zA-Z])")
_MOST = 10_000
_NAME = re.compile(r"[^-a-z0-9.]")


def sanitized(name: str) -> str:
    """A name as Argo CD makes it fit for DNS."""
    return _NAME.sub("-", name.lower())[:253].strip("-.")


def slugged(text: str) -> str:
    """A text as a short name: lower case, words joined by dashes."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:50].strip("-")


def same(left: Any, *right: Any) -> bool:  # noqa: ANN401 - a template compares whatever it is given
    """Whether the first is one of the others."""
    return any(type(one) is type(left) and one == left for one in right)


def printf(form: str, *values: Any) -> str:  # noqa: ANN401 - as Go's
    """Formats values as Go does, with the verbs s, v, d and q."""
    rest = list(values)

    def put(verb: re.Match[str]) -> str:
        width, letter = verb.groups()
        if letter == "%":
            return "%"
        if not rest or letter not in "svdq":
            raise Unknown(f"printf {form!r}")
        value = rest.pop(0)
        if letter == "q":
            return json.dumps(go_text(value), ensure_ascii=False)
        text = str(int(value)) if letter == "d" and isinstance(value, int | float) else go_text(value)
        if width.startswith("-"):
            return text.ljust(int(width[1:] or 0))
        return text.zfill(int(width)) if width.startswith("0") else text.rjust(int(width or 0))

    return _VERB.sub(put, form)


def index_of(value: Any, *keys: Any) -> Any:  # noqa: ANN401 - walks whatever it is given
    """The value below keys and indices, one after the other."""
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key, MISSING)
        elif isinstance(value, list | str) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            raise Refused(f"index {go_text(key)} is out of range")
    return value


def default_to(fallback: Any, value: Any = MISSING) -> Any:  # noqa: ANN401 - either may be anything
    """The value, or the fallback for an empty one."""
    return value or fallback


def dug(*path: Any) -> Any:  # noqa: ANN401 - walks whatever it is given
    """The value below keys in a map; the last two arguments are the fallback and the map."""
    *keys, fallback, value = path
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return fallback
        value = value[key]
    return value


def from_yaml(text: str) -> Any:  # noqa: ANN401 - whatever the text holds
    """The data in a YAML text."""
    parsed = parse(text.encode(), go_yaml())
    if parsed.problem:
        raise Refused(f"fromYaml: {parsed.problem[1]}")
    return from_json(parsed.documents[0]) if parsed.documents else {}


def to_yaml(value: Any) -> str:  # noqa: ANN401 - whatever it is given
    """The data as YAML."""
    import yaml

    return (
        yaml.safe_dump(to_json(value), default_flow_style=False, allow_unicode=True)
        .removesuffix("\n")
        .removesuffix("\n...")
    )


def indented(width: int, text: str) -> str:
    """The text with spaces in front of each line."""
    return "\n".join(" " * width + line for line in text.split("\n"))


def title_case(text: str) -> str:
    """The text with a capital at each word."""
    return re.sub(r"\b\w", lambda letter: letter.group().upper(), text)


def split_map(separator: str, text: str) -> dict[str, str]:
    """The parts of a text, with the keys _0, _1 and so on."""
    return {f"_{index}": part for index, part in enumerate(text.split(separator))}


def substring(start: int, end: int, text: str) -> str:
    """A part of a text; a negative bound is the end on its side."""
    return text[: max(end, 0)] if start < 0 else text[start:] if end < 0 else text[start:end]


def replace_pattern(pattern: str, text: str, by: str) -> str:
    """The text with each match of a pattern replaced; $1 is a group."""
    _judge(pattern, text)
    by = re.sub(r"\$(?:\{(\w+)\}|(\w+))", lambda group: rf"\g<{group.group(1) or group.group(2)}>", by)
    return re.sub(pattern, by, text)


def found_pattern(pattern: str, text: str) -> str | None:
    """The first match of a pattern; None if there is none."""
    _judge(pattern, text)
    match = re.search(pattern, text)
    return match.group() if match else None


def _judge(pattern: str, text: str) -> None:
    if not is_quick(pattern, text):
        raise Unknown("regular expression that may take long")


def conjunction(*values: Any) -> Any:  # noqa: ANN401 - gives back what it was given
    """The first empty value, else the last one."""
    return next((one for one in values if not one), values[-1])


def disjunction(*values: Any) -> Any:  # noqa: ANN401 - gives back what it was given
    """The first value that is not empty, else the last one."""
    return next((one for one in values if one), values[-1])


def whole_number(value: Any) -> int:  # noqa: ANN401 - text or number
    """A whole number; 0 for what is none."""
    try:
        return int(float(value)) if value else 0
    except (TypeError, ValueError):
        return 0


def affordable(count: int) -> int:
    """A count that can be afforded."""
    if count > _MOST:
        raise Unknown(f"a template that counts to {count}")
    return count


def as_dict(*pairs: Any) -> dict[str, Any]:  # noqa: ANN401 - as Sprig's
    """A map of keys and values in turn."""
    return dict(zip(map(go_text, pairs[::2]), pairs[1::2], strict=False))


def joined(separator: str, value: Any) -> str:  # noqa: ANN401 - a list, or one thing
    """The parts of a list with a separator between them."""
    return separator.join(map(go_text, value)) if isinstance(value, list) else go_text(value)


def refuse(text: str) -> str:
    """Ends the template with a message of its own."""
    raise Refused(text)


def kind_of(value: object) -> str:
    """The name of Go's kind for a value."""
    kinds = {str: "string", bool: "bool", int: "float64", float: "float64", list: "slice", dict: "map"}
    return kinds.get(type(value), "invalid" if isinstance(value, Missing) or value is None else "")
