"""What schemas/sources.yaml says: which module, in which version, holds the schemas of which components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One record: a Go module at one version, and the files inside it that matter.

    Attributes:
        name: The record's name; for Kubernetes itself, the folder, such as `v1.35`.
        module: The module's path, as Go knows it.
        version: The module's version, or its pseudo-version.
        files: Patterns of the files inside the module; `*` crosses folders.
        components: The records of the catalogue whose charts install these kinds.
        added: Fields that newer releases have, by kind; a path names fields only, lists are passed through.
        kubernetes: Whether the files are the API server's own OpenAPI documents, not CRDs.
    """

    name: str
    module: str
    version: str
    files: tuple[str, ...]
    components: tuple[str, ...]
    added: dict[str, tuple[str, ...]]
    kubernetes: bool


def read(path: Path) -> list[Source]:
    """Returns every record: Kubernetes first, then by name."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Source(
            name=name,
            module=record["module"],
            version=record["version"],
            files=tuple(record["files"]),
            components=tuple(record.get("components", ())),
            added={kind: tuple(fields) for kind, fields in record.get("added", {}).items()},
            kubernetes=section == "kubernetes",
        )
        for section in ("kubernetes", "crds")
        for name, record in sorted(document[section].items())
    ]
