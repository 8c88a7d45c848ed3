"""Repository URLs: when two of them mean one repository, and which one is this repository's own."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Source
    from clusterwright.check.repository import Repository

_SCP = re.compile(r"[^/:@]+@[^/:]+:(?!\d+/)")


@cache
def normalised(url: str) -> str:
    """A URL as Argo CD compares it with the patterns of a project."""
    url = url.strip().lower()
    if _SCP.match(url):
        url = url.replace(":", "/", 1)
    return url.removesuffix(".git").removeprefix("ssh://")


@cache
def identity(url: str) -> str:
    """Host and path only, so that https and ssh are the same repository."""
    return normalised(url).partition("://")[2].rpartition("@")[2].rstrip("/") or normalised(url).rpartition("@")[2]


def own_url(repository: Repository) -> str:
    """The identity of this repository: what it says itself; else what its Applications tell.

    Without a word of its own, it is the git URL that most Applications read, provided that at least half of the paths
    that they read there exist here.
    """
    if repository.settings.repository:
        return identity(repository.settings.repository)
    read: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for source in _git_sources(repository):
        here = identity(source.repo)
        read[here] += 1
        found[here] += source.path in repository.folders
    likely = [url for url in found if found[url] and found[url] * 2 >= read[url]]
    return max(likely, key=lambda url: (found[url], url), default="")


def _git_sources(repository: Repository) -> Iterator[Source]:
    for application in repository.applications:
        for source in application.sources:
            if source.repo and source.path and not source.chart:
                yield source
