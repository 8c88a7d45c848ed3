"""The functions of Go templates, of Sprig and of Argo CD that ApplicationSets commonly use."""

from __future__ import annotations

import base64
import hashlib
import json
import operator
import re
from typing import TYPE_CHECKING, Any

from clusterwright.check.applicationsets.library import (
    affordable,
    as_dict,
    conjunction,
    default_to,
    disjunction,
    dug,
    found_pattern,
    from_yaml,
    indented,
    index_of,
    joined,
    kind_of,
    printf,
    refuse,
    replace_pattern,
    same,
    sanitized,
    slugged,
    split_map,
    substring,
    title_case,
    to_yaml,
    whole_number,
)
from clusterwright.check.applicationsets.values import (
    MISSING,
    Refused,
    Unknown,
    as_json,
    from_json,
    go_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "and": conjunction, "or": disjunction, "not": lambda value: not value, "eq": same,
    "ne": lambda a, b: not same(a, b),
    "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "len": len, "index": index_of,
    "print": lambda *values: "".join(map(go_text, values)), "printf": printf,
    "default": default_to, "empty": lambda value: not value, "coalesce": disjunction,
    "ternary": lambda yes, no, test: yes if test else no, "fail": refuse, "dig": dug,
    "required": lambda text, value: value if value not in ("", None, MISSING) else refuse(text),
    "lower": str.lower, "upper": str.upper, "title": title_case, "trim": str.strip,
    "trimAll": lambda chars, text: text.strip(chars), "trimPrefix": lambda part, text: text.removeprefix(part),
    "trimSuffix": lambda part, text: text.removesuffix(part), "nospace": lambda text: "".join(text.split()),
    "replace": lambda old, new, text: text.replace(old, new), "contains": lambda part, text: part in text,
    "hasPrefix": lambda part, text: text.startswith(part), "hasSuffix": lambda part, text: text.endswith(part),
    "quote": lambda *values: " ".join(json.dumps(go_text(one), ensure_ascii=False) for one in values),
    "squote": lambda *values: " ".join(f"'{go_text(one)}'" for one in values), "toString": go_text,
    "cat": lambda *values: " ".join(map(go_text, values)), "repeat": lambda count, text: text * affordable(count),
    "trunc": lambda width, text: text[:width] if width >= 0 else text[width:], "substr": substring,
    "indent": indented, "nindent": lambda width, text: "\n" + indented(width, text),
    "join": joined, "split": split_map, "splitList": lambda separator, text: text.split(separator),
    "list": lambda *values: list(values), "first": lambda values: index_of(values, 0),
    "last": lambda values: index_of(values, len(values) - 1), "rest": lambda values: values[1:],
    "initial": lambda values: values[:-1], "append": lambda values, one: [*values, one],
    "has": lambda one, values: one in (values or []), "uniq": lambda values: list(dict.fromkeys(values)),
    "reverse": lambda values: values[::-1], "compact": lambda values: [one for one in values if one],
    "concat": lambda *values: [one for part in values for one in part],
    "without": lambda values, *out: [a for a in values if a not in out],
    "sortAlpha": lambda values: sorted(map(go_text, values)), "dict": as_dict,
    "get": lambda value, key: value.get(key, ""), "hasKey": lambda value, key: key in value,
    "keys": lambda *values: [key for one in values for key in one], "values": lambda value: list(value.values()),
    "pick": lambda value, *keys: {key: one for key, one in value.items() if key in keys},
    "omit": lambda value, *keys: {key: one for key, one in value.items() if key not in keys},
    "int": whole_number, "int64": whole_number, "atoi": whole_number,
    "add": lambda *values: sum(map(whole_number, values)),
    "add1": lambda value: whole_number(value) + 1, "sub": lambda a, b: whole_number(a) - whole_number(b),
    "mul": lambda a, b: whole_number(a) * whole_number(b),
    "until": lambda count: list(range(affordable(whole_number(count)))),
    "kindIs": lambda kind, value: kind_of(value) == kind, "toJson": as_json, "toRawJson": as_json,
    "fromJson": lambda text: from_json(json.loads(text)),
    "toYaml": to_yaml, "fromYaml": from_yaml, "fromYamlArray": from_yaml,
    "b64enc": lambda text: base64.b64encode(text.encode()).decode(),
    "b64dec": lambda text: base64.b64decode(text).decode(),
    "sha256sum": lambda text: hashlib.sha256(text.encode()).hexdigest(),
    "regexMatch": lambda pattern, text: found_pattern(pattern, text) is not None, "regexReplaceAll": replace_pattern,
    "regexFind": lambda pattern, text: found_pattern(pattern, text) or "",
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
    except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError, re.error) as error:
        raise Refused(f"the template function {name} can't take {', '.join(map(go_text, values))}") from error
