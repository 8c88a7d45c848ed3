"""Reads from the API server's generated Go code which values a field may have.

The API server publishes these choices in its OpenAPI documents; the copies in its repository leave them out.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Choices: TypeAlias = dict[tuple[str, ...], dict[str, list[str]]]
"""Group, version and name of a definition -> field -> its values."""

_DEFINITION = re.compile(r"^func schema_(\w+)\(ref ")
_FIELD = re.compile(r'^\t{5}"([^"]+)": \{$')
_VALUES = re.compile(r"^\t+Enum: +\[\]interface\{\}\{(.*)\},$")


def read(files: dict[str, bytes]) -> Choices:
    """Returns the values of each field of each definition that has a closed list of them.

    Args:
        files: The content of each file; those that are not Go are passed over.
    """
    found: Choices = {}
    definition: tuple[str, ...] = ()
    field = ""
    lines = (line for path, content in files.items() if path.endswith(".go") for line in content.decode().splitlines())
    for line in lines:
        if match := _DEFINITION.match(line):
            definition = tuple(match[1].split("_")[-3:])
        elif match := _FIELD.match(line):
            field = match[1]
        elif match := _VALUES.match(line):
            found.setdefault(definition, {})[field] = sorted(json.loads(f"[{match[1]}]"))
    return found
