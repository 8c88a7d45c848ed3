"""The functions of Go templates, of Sprig and of Argo CD that ApplicationSets commonly use."""

from __future__ import annotations

import base64
import hashlib
import json
import operator
import re
from typing import TYPE_CHECKING, Any

from clusterwright.check.applicationsets.values import MISSING, Missing, Refused, Unknown, as_json, go_text
from clusterwright.check.loader import parse
from clusterwright.check.scalars import go_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_VERB = re.compile(r"%(-?0?\d*)(?:\.\d+)?([%a-zA-Z])")
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


def _printf(form: str, *values: Any) -> str:  # noqa: ANN401 - as Go's
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


def _index(value: Any, *keys: Any) -> Any:  # noqa: ANN401 - walks whatever it is given
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key, MISSING)
        elif isinstance(value, list | str) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            raise Refused(f"index {go_text(key)} is out of range")
    return value


def _default(fallback: Any, value: Any = MISSING) -> Any:  # noqa: ANN401 - either may be anything
    return value or fallback


def _dig(*path: Any) -> Any:  # noqa: ANN401 - walks whatever it is given
    *keys, fallback, value = path
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return fallback
        value = value[key]
    return value


def _from_yaml(text: str) -> Any:  # noqa: ANN401 - whatever the text holds
    parsed = parse(text.encode(), go_yaml())
    if parsed.problem:
        raise Refused(f"fromYaml: {parsed.problem[1]}")
    return parsed.documents[0] if parsed.documents else {}


def _to_yaml(value: Any) -> str:  # noqa: ANN401 - whatever it is given
    import yaml

    return yaml.safe_dump(value, default_flow_style=False, allow_unicode=True).removesuffix("\n").removesuffix("\n...")


def _indent(width: int, text: str) -> str:
    return "\n".join(" " * width + line for line in text.split("\n"))


def _title(text: str) -> str:
    return re.sub(r"\b\w", lambda letter: letter.group().upper(), text)


def _split(separator: str, text: str) -> dict[str, str]:
    return {f"_{index}": part for index, part in enumerate(text.split(separator))}


def _substr(start: int, end: int, text: str) -> str:
    return text[: max(end, 0)] if start < 0 else text[start:] if end < 0 else text[start:end]


def _replace_all(pattern: str, text: str, by: str) -> str:
    by = re.sub(r"\$(?:\{(\w+)\}|(\w+))", lambda group: rf"\g<{group.group(1) or group.group(2)}>", by)
    return re.sub(pattern, by, text)


def _and(*values: Any) -> Any:  # noqa: ANN401 - gives back what it was given
    return next((one for one in values if not one), values[-1])


def _or(*values: Any) -> Any:  # noqa: ANN401 - gives back what it was given
    return next((one for one in values if one), values[-1])


def _number(value: Any) -> int:  # noqa: ANN401 - text or number
    try:
        return int(float(value)) if value else 0
    except (TypeError, ValueError):
        return 0


def _dict(*pairs: Any) -> dict[str, Any]:  # noqa: ANN401 - as Sprig's
    return dict(zip(map(go_text, pairs[::2]), pairs[1::2], strict=False))


def _joined(separator: str, value: Any) -> str:  # noqa: ANN401 - a list, or one thing
    return separator.join(map(go_text, value)) if isinstance(value, list) else go_text(value)


def _fail(text: str) -> str:
    raise Refused(text)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "and": _and, "or": _or, "not": lambda value: not value, "eq": same, "ne": lambda a, b: not same(a, b),
    "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "len": len, "index": _index,
    "print": lambda *values: "".join(map(go_text, values)), "printf": _printf,
    "default": _default, "empty": lambda value: not value, "coalesce": _or,
    "ternary": lambda yes, no, test: yes if test else no, "fail": _fail, "dig": _dig,
    "required": lambda text, value: value if value not in ("", None, MISSING) else _fail(text),
    "lower": str.lower, "upper": str.upper, "title": _title, "trim": str.strip,
    "trimAll": lambda chars, text: text.strip(chars), "trimPrefix": lambda part, text: text.removeprefix(part),
    "trimSuffix": lambda part, text: text.removesuffix(part), "nospace": lambda text: "".join(text.split()),
    "replace": lambda old, new, text: text.replace(old, new), "contains": lambda part, text: part in text,
    "hasPrefix": lambda part, text: text.startswith(part), "hasSuffix": lambda part, text: text.endswith(part),
    "quote": lambda *values: " ".join(json.dumps(go_text(one), ensure_ascii=False) for one in values),
    "squote": lambda *values: " ".join(f"'{go_text(one)}'" for one in values), "toString": go_text,
    "cat": lambda *values: " ".join(map(go_text, values)), "repeat": lambda count, text: text * count,
    "trunc": lambda width, text: text[:width] if width >= 0 else text[width:], "substr": _substr,
    "indent": _indent, "nindent": lambda width, text: "\n" + _indent(width, text),
    "join": _joined, "split": _split, "splitList": lambda separator, text: text.split(separator),
    "list": lambda *values: list(values), "first": lambda values: _index(values, 0),
    "last": lambda values: _index(values, len(values) - 1), "rest": lambda values: values[1:],
    "initial": lambda values: values[:-1], "append": lambda values, one: [*values, one],
    "has": lambda one, values: one in (values or []), "uniq": lambda values: list(dict.fromkeys(values)),
    "reverse": lambda values: values[::-1], "compact": lambda values: [one for one in values if one],
    "concat": lambda *values: [one for part in values for one in part],
    "without": lambda values, *out: [a for a in values if a not in out],
    "sortAlpha": lambda values: sorted(map(go_text, values)), "dict": _dict,
    "get": lambda value, key: value.get(key, ""), "hasKey": lambda value, key: key in value,
    "keys": lambda *values: [key for one in values for key in one], "values": lambda value: list(value.values()),
    "pick": lambda value, *keys: {key: one for key, one in value.items() if key in keys},
    "omit": lambda value, *keys: {key: one for key, one in value.items() if key not in keys},
    "int": _number, "int64": _number, "atoi": _number, "add": lambda *values: sum(map(_number, values)),
    "add1": lambda value: _number(value) + 1, "sub": lambda a, b: _number(a) - _number(b),
    "mul": lambda a, b: _number(a) * _number(b), "until": lambda count: list(range(_number(count))),
    "kindIs": lambda kind, value: _kind(value) == kind, "toJson": as_json, "toRawJson": as_json, "fromJson": json.loads,
    "toYaml": _to_yaml, "fromYaml": _from_yaml, "fromYamlArray": _from_yaml,
    "b64enc": lambda text: base64.b64encode(text.encode()).decode(),
    "b64dec": lambda text: base64.b64decode(text).decode(),
    "sha256sum": lambda text: hashlib.sha256(text.encode()).hexdigest(),
    "regexMatch": lambda pattern, text: re.search(pattern, text) is not None, "regexReplaceAll": _replace_all,
    "regexFind": lambda pattern, text: found.group() if (found := re.search(pattern, text)) else "",
    "normalize": sanitized, "slugify": slugged,
}  # fmt: skip
"""What is not here makes an ApplicationSet one that can't be expanded, and is reported as such."""


def call(name: str, values: list[Any]) -> Any:  # noqa: ANN401 - what the function gives
    """Calls a function; a value of the wrong type is what Argo CD would refuse as well."""
    function = FUNCTIONS.get(name)
    if function is None:
        raise Unknown(f"the template function {name}")
    try:
        return function(*values)
    except (TypeError, ValueError, AttributeError, re.error, LookupError) as error:
        raise Refused(f"the template function {name} can't take {', '.join(map(go_text, values))}") from error


def _kind(value: object) -> str:
    kinds = {str: "string", bool: "bool", int: "float64", float: "float64", list: "slice", dict: "map"}
    return kinds.get(type(value), "invalid" if isinstance(value, Missing) or value is None else "")
