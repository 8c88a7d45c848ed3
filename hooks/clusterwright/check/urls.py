"""Repository URLs: when two of them mean one repository, and which one is this repository's own."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository

_WILDCARD = re.compile(r"[*?\[{]")
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


@once
def is_own(repository: Repository, url: str) -> bool:
    """Whether a URL is that of this repository."""
    return identity(url) == repository.own_url


def own_url(repository: Repository) -> str:
    """The identity of this repository: what it says itself; else what its Applications tell.

    Without a word of its own, it is the git URL that most Applications read, provided that at least half of the paths
    that they read there exist here.
    """
    if repository.settings.repository:
        return identity(repository.settings.repository)
    read: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for url, path in _git_sources(repository):
        here = identity(url)
        read[here] += 1
        found[here] += path in repository.folders
    likely = [url for url in found if found[url] and found[url] * 2 >= read[url]]
    return max(likely, key=lambda url: (found[url], url), default="")


def _git_sources(repository: Repository) -> Iterator[tuple[str, str]]:
    """Every git repository that something reads, and a folder that it expects there."""
    for application in repository.written:
        for source in application.sources:
            if source.repo and source.path and not source.chart:
                yield source.repo, source.path
    for resource in repository.by_kind.get(("argoproj.io", "ApplicationSet"), []):
        for git in _generators(sequence(resource.data, "spec", "generators")):
            for entry in (*sequence(git, "directories"), *sequence(git, "files")):
                if text(git, "repoURL") and text(entry, "path"):
                    yield text(git, "repoURL"), _fixed(text(entry, "path"))


def _generators(generators: list[Any]) -> Iterator[dict[str, Any]]:
    """The git generators among these, and inside them."""
    for one in generators:
        yield mapping(one, "git")
        for kind in ("matrix", "merge"):
            yield from _generators(sequence(one, kind, "generators"))


def _fixed(pattern: str) -> str:
    """The folder before the first wildcard of a pattern."""
    fixed = _WILDCARD.split(pattern)[0]
    return (fixed if fixed == pattern else posixpath.dirname(fixed)).strip("/") or "."
