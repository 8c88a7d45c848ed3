"""References to container images: their parts, and whether what they name can change."""

from __future__ import annotations

from typing import NamedTuple

MOVING = frozenset(("latest", "main", "master", "develop", "dev", "edge", "nightly", "stable", "canary", "rolling"))
"""Tags that are moved by habit."""


class Image(NamedTuple):
    """An image's name with its registry, its tag and its digest; empty where there is none."""

    name: str
    tag: str
    digest: str

    @property
    def is_mutable(self) -> bool:
        """Whether the same reference may mean another image tomorrow: it has no tag, or one that is moved."""
        return not self.digest and (not self.tag or self.tag in MOVING)


def image(reference: str) -> Image:
    """Takes a reference apart: the last colon is that of a tag only if no slash comes after it."""
    rest, _, digest = reference.partition("@")
    name, colon, tag = rest.rpartition(":")
    return Image(name, tag, digest) if colon and "/" not in tag else Image(rest, "", digest)
