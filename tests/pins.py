"""What a generated repository pins, and what Renovate finds; neither knows a rule of the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# A name and a version, as each kind of file writes them; a name is the end of the one that Renovate looks up.
WRITTEN = (
    re.compile(r"(?<![\w./-])((?:[a-z0-9-]+\.)+[a-z]+/[\w./-]+):(v?\d[\w.-]*)"),
    re.compile(r"\brepository: (\S+)\s+tag: (\S+)"),
    re.compile(r"\buses: ([\w-]+/[\w-]+)\S*@[0-9a-f]{40} # (v\S+)"),
    re.compile(r'\bsource\s*= "([\w-]+/[\w-]+(?:/[\w-]+)?)(?://[\w/-]+)?"\s+version\s*= "([\w.-]+)"'),
    re.compile(r'\b(tofu|terraform|python)[_-]version: "?(\d[\d.]*)'),
    re.compile(r"\brepo: https://github\.com/([\w/-]+)\s+rev: (v\S+)"),
)
# Where only the tag of a chart's own image is set.
TAG = re.compile(r"^image:\s+tag: (\S+)", re.MULTILINE)
# Hooks and pipelines run the toolkit of the template's own version.
OURS = "clusterwright/clusterwright"
NAMES = {"tofu": "opentofu"}


def pinned(root: Path) -> set[tuple[str, str]]:
    """Names and versions that the template pins: documents only talk of some, and fleet.yaml may have its own."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".md"]
    found = {pin for path in files for pin in _written(path.read_text("utf-8"))}
    tags = {(path.parent.name, tag) for path in files for tag in TAG.findall(path.read_text("utf-8"))}
    charts = {pin for path in files if "registry/clusters/management" in path.as_posix() for pin in _charts(path)}
    own = yaml.safe_load((root / "fleet.yaml").read_text("utf-8")).get("versions") or {}
    pins = (found | tags | charts) - set(own.items())
    return {(NAMES.get(name, name), version) for name, version in pins if name != OURS}


def _written(text: str) -> Iterator[tuple[str, str]]:
    """What the patterns find."""
    for pattern in WRITTEN:
        yield from pattern.findall(text)


def _charts(path: Path) -> Iterator[tuple[str, str]]:
    """The charts of Applications."""
    for one in yaml.load_all(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        for source in ((one or {}).get("spec") or {}).get("sources", ()):
            if "chart" in source:
                yield source["chart"].rpartition("/")[2], source["targetRevision"]


def missing(wanted: Iterable[tuple[str, str]], found: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Which pins are not among the dependencies that Renovate found."""
    known = [(one["depName"], one["currentValue"]) for one in found]
    return sorted(pin for pin in wanted if not any(pin[1] == value and _one(pin[0], name) for name, value in known))


def _one(short: str, long: str) -> bool:
    """Whether one name is the end of the other: a registry may be left out."""
    return f"/{short}".endswith(f"/{long}") or f"/{long}".endswith(f"/{short}")
