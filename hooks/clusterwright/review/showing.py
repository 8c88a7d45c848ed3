"""How values are shown: on one line, none of them a secret, and with `<cluster>` where only the name of one differs."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from clusterwright.check.rules.secrets import is_credential
from clusterwright.review.fields import ABSENT
from clusterwright.review.model import FieldChange

if TYPE_CHECKING:
    from clusterwright.review.fields import Field
    from clusterwright.review.pairs import Pair

CLUSTER = "<cluster>"
HIDDEN = "(hidden)"
_LONGEST = 2000
_MOST = 200


def field_change(pair: Pair, field: Field) -> FieldChange:
    """A field as reports show it."""
    hidden = pair.is_a(("", "Secret")) and field.path[0] in {"data", "stringData"}
    before, after = (_hidden(one) if hidden else shown(one) for one in (field.before, field.after))
    if not hidden and _is_text(field.before) and _is_text(field.after):
        import difflib

        lines = difflib.unified_diff(field.before.splitlines(), field.after.splitlines(), lineterm="", n=0)
        return FieldChange(field.name, before, after, shown_lines(list(lines)[2:]))
    return FieldChange(field.name, before, after)


def shown(value: Any) -> str | None:  # noqa: ANN401 - any data
    """A value as text on one line; None if there is none."""
    if value is ABSENT:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if is_credential(text):
        return HIDDEN
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def shown_lines(lines: list[str]) -> tuple[str, ...]:
    """Lines of a diff, without credentials and without the places of hunks."""
    kept = [line for line in lines if not line.startswith("@@")]
    out = [f"{line[:1]}{HIDDEN}" if is_credential(line) else line[:_LONGEST] for line in kept[:_MOST]]
    return (*out, *([f" ... {len(kept) - _MOST} more lines"] if len(kept) > _MOST else []))


def together(subjects: tuple[str, ...], most: int = 4) -> str:
    """Several things of one kind as one title: their kind once, and their names or how many there are."""
    first, *others = subjects
    kind = first.partition(" ")[0] + " "
    if not all(one.startswith(kind) for one in others):
        kind = ""
    names = [first, *(one.removeprefix(kind) for one in others)]
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"


def unnamed(text: str, cluster: str) -> str:
    """A text with `<cluster>` in place of a cluster's name."""
    return _named(cluster).sub(CLUSTER, text) if cluster in text else text


@cache
def _named(cluster: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(cluster)}(?![A-Za-z0-9])")


def _hidden(value: object) -> str | None:
    return None if value is ABSENT else HIDDEN


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\n" in value.strip()
