"""The map as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwright.map.model import Map

JSON_VERSION = 1
"""Raised when the shape of the JSON changes in a way that breaks its readers; new keys do not."""


def as_json(shown: Map) -> str:
    """The whole map, unfolded, with a version for its shape."""
    return json.dumps({"version": JSON_VERSION, **asdict(shown)}, indent=2, ensure_ascii=False)
