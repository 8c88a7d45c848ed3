"""The timeline as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clusterwright.order.model import Order

JSON_VERSION = 1
"""Raised when the shape of the JSON changes in a way that breaks its readers; new keys do not."""


def as_json(order: Order) -> str:
    """The whole order, with a version for its shape."""
    data: dict[str, Any] = {"version": JSON_VERSION, **asdict(order)}
    return json.dumps(data, indent=2, ensure_ascii=False)
