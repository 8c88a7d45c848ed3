"""Regular expressions: upstream writes Go's dialect, the checker reads Rust's."""

from __future__ import annotations

from functools import cache

import jsonschema_rs

# Formats that the API server enforces, as far as a pattern can say them.
FORMATS = {
    "ipv4": r"^[0-9]{1,3}(\.[0-9]{1,3}){3}$",
    "ipv6": r"^[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*$",
}

LABEL = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
SUBDOMAIN = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"


@cache
def readable(pattern: str) -> bool:
    """Tells whether the checker can compile a pattern."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True
