"""Gets a module through the ordinary Go client and reads files out of its archive."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .sources import Source


class UnavailableError(Exception):
    """The module cannot be had; the message says why."""


@dataclass(frozen=True)
class Module:
    """A downloaded module.

    Attributes:
        sum: The hash that go.sum would hold.
        files: The content of each file that the source asks for, by its path inside the module.
    """

    sum: str
    files: dict[str, bytes]


def fetch(source: Source, *, offline: bool) -> Module:
    """Downloads the source's module, unless Go's cache has it, and reads the files that its patterns name.

    Args:
        source: What to get.
        offline: Take only what the cache already has.

    Returns:
        The module's hash and the files.

    Raises:
        UnavailableError: Go is missing, the module cannot be had, or a pattern names no file.
    """
    name = f"{source.module}@{source.version}"
    environment = {**os.environ, "GOTOOLCHAIN": "local", **({"GOPROXY": "off"} if offline else {})}
    try:
        run = subprocess.run(
            ["go", "mod", "download", "-json", name],
            env=environment,
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise UnavailableError("go is not installed") from None
    answer = json.loads(run.stdout or "{}")
    if run.returncode:
        raise UnavailableError(answer.get("Error") or run.stderr.strip() or f"{name} cannot be had")
    return Module(sum=answer["Sum"], files=dict(_members(Path(answer["Zip"]), f"{name}/", source)))


def _members(archive: Path, prefix: str, source: Source) -> list[tuple[str, bytes]]:
    """Returns (path, content) of the files that the patterns name; every pattern must name one."""
    with zipfile.ZipFile(archive) as opened:
        paths = [entry.removeprefix(prefix) for entry in sorted(opened.namelist())]
        for pattern in source.files:
            if not any(fnmatchcase(path, pattern) for path in paths):
                raise UnavailableError(f"{prefix}{pattern} names no file")
        wanted = [path for path in paths if any(fnmatchcase(path, pattern) for pattern in source.files)]
        return [(path, opened.read(prefix + path)) for path in wanted]
