"""The report as JSON, for other programs: schemas/review.json describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clusterwright.review.model import Review

VERSION = 1


def render(review: Review) -> str:
    """The whole review; `version` changes when a program that reads it would have to."""
    return json.dumps({"version": VERSION, **_plain(review)}, indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 - any record, or what is in one
    """Records as mappings, tuples as lists; nothing for what is not there."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    names = getattr(value, "__match_args__", None)
    return {name: _plain(getattr(value, name)) for name in names} if names else value
