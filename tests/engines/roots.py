"""The roots of infrastructure/: the folders that OpenTofu is run in, and what it reads there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.engines.harness.memory import digest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engines.platforms import Platforms

# What some roots read beside their own folder.
SHARED = ("fleet.yaml",)
# The folder beside the roots of what they call.
MODULES = "modules"


def roots(platforms: Platforms) -> dict[str, Path]:
    """Every root that differs from all others, by its platform and name."""
    found = [root for one in platforms for root in roots_of(one)]
    by_content = {content(root): root for root in reversed(found)}
    return {f"{platform_of(root).name}/{name_of(root)}": root for root in by_content.values()}


def roots_of(platform: Path) -> list[Path]:
    """The folders of a platform that OpenTofu is run in."""
    folders = {path.parent for path in platform.glob("infrastructure/**/*.tf")}
    return sorted(folder for folder in folders if folder.parent.name != MODULES)


def platform_of(root: Path) -> Path:
    """The platform of a root."""
    return next(one.parent for one in root.parents if one.name == "infrastructure")


def name_of(root: Path) -> str:
    """What a root is called within its platform."""
    return str(root.relative_to(platform_of(root) / "infrastructure"))


def read_by(root: Path) -> list[Path]:
    """The files that OpenTofu reads for a root: its own, those of the modules if it calls any, and others it names."""
    called = platform_of(root) / "infrastructure" / MODULES
    text = "".join(path.read_text(encoding="utf-8") for path in root.glob("*.tf"))
    folders = [root, called] if MODULES in text else [root]
    own = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return [*own, *(platform_of(root) / name for name in SHARED if name in text)]


def configuration(root: Path) -> str:
    """The HCL of a root, and of the platform's own modules that it calls."""
    return "".join(path.read_text(encoding="utf-8") for path in read_by(root) if path.suffix == ".tf")


def content(root: Path) -> str:
    """What tells two roots apart."""
    return digest(root.name, *(part for path in read_by(root) for part in (path.name, path)))


def copied(root: Path, folder: Path) -> Path:
    """Copies a root with what it reads to a place of its own; gives the root there."""
    for path in read_by(root):
        copy = folder / path.relative_to(platform_of(root))
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return folder / "infrastructure" / name_of(root)
