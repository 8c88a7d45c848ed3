"""Writes what `--fix` mends, or shows it: every file at once or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.fixes import fixed
from clusterwright.errors import Unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Finding
    from clusterwright.check.report import Report


class Change(NamedTuple):
    """A file as it is and as it will be, and the findings that are mended by that."""

    path: str
    before: bytes
    after: bytes
    findings: list[Finding]


def changes(report: Report) -> Iterator[Change]:
    """What can be mended of a report, file by file."""
    by_path: dict[str, list[Finding]] = {}
    for one in report.fixable:
        by_path.setdefault(one.path, []).append(one)
    for path, findings in by_path.items():
        before = report.texts[path]
        after, mended = fixed(path, before, findings)
        if mended:
            yield Change(path, before, after, mended)


def write(root: str, change: Change) -> None:
    """Puts the new text into the place of the old one, if that is still there; a file keeps its mode and its links."""
    target = (Path(root) / change.path).resolve()
    if not target.is_relative_to(Path(root).resolve()):
        raise Unfinished(f"{change.path}: a link to a file outside of the repository; mend it there")
    if target.read_bytes() != change.before:
        raise Unfinished(f"{change.path}: changed while it was being checked; check again")
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(change.after)
            os.fchmod(file.fileno(), target.stat().st_mode & 0o7777)
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def diff(change: Change) -> str:
    """The change as `git apply` takes it; without a line break at its end."""
    before, after = (_lines(text) for text in (change.before, change.after))
    parts = unified_diff(before, after, f"a/{change.path}", f"b/{change.path}", lineterm="")
    return "\n".join(parts)


def _lines(text: bytes) -> list[str]:
    decoded = text.decode("utf-8", "surrogateescape")
    lines = decoded.split("\n")
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"]
