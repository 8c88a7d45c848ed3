"""Regular expressions: upstream writes Go's dialect, the checker reads Rust's."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs

# Formats that the API server enforces, as far as a pattern can say them.
FORMATS = {
    "ipv4": r"^[0-9]{1,3}(\.[0-9]{1,3}){3}$",
    "ipv6": r"^[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*$",
}

LABEL = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
SUBDOMAIN = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"


def largest(node: dict[str, Any]) -> dict[str, Any]:
    """Returns the bound of a number that the API server reads into 32 bits: it refuses what is larger."""
    return {"maximum": 2**31 - 1} if node.get("format") == "int32" else {}


@cache
def readable(pattern: str) -> bool:
    """Tells whether the checker can compile a pattern."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True
