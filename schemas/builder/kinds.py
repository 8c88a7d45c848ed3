"""A kind as it is converted: what the index tells about it, and its schemas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .envelope import Schema


@dataclass
class Kind:
    """One kind of one API group.

    Attributes:
        group: The API group; empty for the core group.
        name: The kind.
        scope: `Namespaced` or `Cluster`.
        schemas: The schema of each served version.
        not_served: Versions that upstream still lists and the API server no longer serves.
        rules: CEL rules that the schemas cannot say.
        dropped_patterns: Regular expressions that the checker cannot read.
    """

    group: str
    name: str
    scope: str
    schemas: dict[str, Schema] = field(default_factory=dict)
    not_served: list[str] = field(default_factory=list)
    rules: int = 0
    dropped_patterns: int = 0

    @property
    def key(self) -> str:
        """The kind as the catalogue and the index write it: `group/Kind`, `core/Kind` for the core group."""
        return f"{self.group or 'core'}/{self.name}"
