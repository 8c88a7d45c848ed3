"""Where the generated files lie, what they hold, and whether a tree on disk is the one that was built."""

from __future__ import annotations

import hashlib
import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .kinds import Kind
    from .modules import Module
    from .sources import Source

Record: TypeAlias = dict[str, Any]
INDEX = "INDEX.json"
FOLDERS = ("crds", "kubernetes")


def compact(value: Record) -> str:
    """Returns JSON on one line, always in the same order."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def files_of(source: Source, kinds: list[Kind]) -> dict[str, str]:
    """Returns the content of each file that a source leads to, by its path below schemas/."""
    folder = f"kubernetes/{source.name}" if source.kubernetes else "crds"
    return {
        f"{folder}/{kind.group or 'core'}/{kind.name.lower()}_{version}.json": compact(schema)
        for kind in kinds
        for version, schema in kind.schemas.items()
    }


def record_of(source: Source, kinds: list[Kind], module: Module, files: dict[str, str]) -> Record:
    """Returns what the index says about a source: where it is from, what it was made into, and the kinds."""
    upstream = {
        pattern: digest({path: content for path, content in module.files.items() if fnmatchcase(path, pattern)})
        for pattern in source.files
    }
    return {
        "module": source.module,
        "version": source.version,
        "sum": module.sum,
        "digest": digest(files),
        "upstream": upstream,
        "kinds": {kind.key: _entry(kind) for kind in kinds},
    }


def _entry(kind: Kind) -> Record:
    """Returns what the index says about a kind."""
    entry: Record = {"scope": kind.scope, "served": list(kind.schemas)}
    if kind.not_served:
        entry["notServed"] = kind.not_served
    if kind.rules:
        entry["rulesNotChecked"] = kind.rules
    if kind.dropped_patterns:
        entry["droppedPatterns"] = kind.dropped_patterns
    return entry


def digest(files: Mapping[str, str | bytes]) -> str:
    """Returns one SHA-256 over paths and contents: that of the text which `sha256sum` prints for the files, sorted."""
    lines = (
        f"{hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()}  {path}\n"
        for path, content in sorted(files.items())
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def stored(root: Path) -> dict[str, str]:
    """Returns the generated files that lie below schemas/."""
    found = (path for folder in FOLDERS for path in sorted((root / folder).rglob("*.json")))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


def owned(record: Record, name: str, *, core: bool) -> list[str]:
    """Returns the paths that a source's record in the index stands for."""
    folder = f"kubernetes/{name}" if core else "crds"
    return [
        f"{folder}/{group}/{kind.lower()}_{version}.json"
        for (group, kind), entry in ((key.rsplit("/", 1), entry) for key, entry in record["kinds"].items())
        for version in entry["served"]
    ]


def write(root: Path, files: dict[str, str]) -> None:
    """Makes the tree hold these files and no other generated ones."""
    for path in stored(root).keys() - files.keys():
        (root / path).unlink()
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    for folder in FOLDERS:
        for directory in sorted((root / folder).rglob("*"), reverse=True):
            if directory.is_dir() and not any(directory.iterdir()):
                directory.rmdir()
