"""Names for findings that stay when lines move."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterwright.check.model import Finding


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A name for each finding: its file, rule and message, and which one it is of those that are alike in these."""
    seen: Counter[tuple[str, str, str]] = Counter()
    names = []
    for one in findings:
        same = one.path, one.rule, one.message
        seen[same] += 1
        names.append(sha256(repr((*same, seen[same])).encode()).hexdigest()[:32])
    return names
