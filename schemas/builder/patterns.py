"""Regular expressions: upstream writes Go's dialect, the checker reads Rust's."""

from __future__ import annotations

from functools import cache

import jsonschema_rs


@cache
def readable(pattern: str) -> bool:
    """Tells whether the checker can compile a pattern."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True
