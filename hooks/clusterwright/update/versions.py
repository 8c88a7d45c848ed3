"""Which versions of the template there are, and which of them is newer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from clusterwright import git
from clusterwright.errors import Unfinished, UserError
from clusterwright.records import dataclass
from clusterwright.render.source import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELEASE = re.compile(r"v?(\d+(?:\.\d+)+)")
_NOWHERE = Path()
_SECONDS = 60.0


@dataclass(frozen=True)
class Version:
    """A version of the template: how it is called, and what Copier is told to render."""

    name: str
    ref: str

    @property
    def numbers(self) -> list[int]:
        """What orders it among releases; nothing if it is none."""
        match = _RELEASE.fullmatch(self.name)
        return [int(one) for one in match[1].split(".")] if match else []


def wanted(url: str, asked: str = "") -> Version:
    """The version to go to.

    Args:
        url: the template: an absolute path or a URL.
        asked: a version such as `1.2.0`, or another revision; the newest release by default.

    Raises:
        UserError: there is no such version.
        Unfinished: the template cannot be reached.
    """
    released = sorted(_released(url), key=lambda one: one.numbers)
    if asked:
        name = f"v{asked}" if re.fullmatch(r"\d+(\.\d+)+", asked) else asked
        found = next((one for one in released if one.name == name), None) or _other(url, name)
        if found is None:
            known = ", ".join(one.name for one in released[-5:]) or "none"
            raise UserError(f"--to: the template has no version {asked}; the newest releases: {known}")
        return found
    if not released:
        raise UserError(f"{url}: no release of the template is there; name a revision with --to")
    return released[-1]


def recorded(url: str, commit: str) -> Version:
    """The version that a repository was last rendered from, by the name of its release if it was one."""
    folder = _folder(url)
    if folder is None or _RELEASE.fullmatch(commit):
        return Version(commit, commit)
    full = git.ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    released = {one.ref: one for one in _released(url)}
    return released.get(full or "", Version(commit, commit))


def goes_back(url: str, old: Version, new: Version) -> bool:
    """Whether the new version is surely older than the old one."""
    if old.numbers and new.numbers:
        return new.numbers < old.numbers
    folder = _folder(url)
    if folder is None or old.ref == new.ref:
        return False
    return git.ask(folder, "merge-base", "--is-ancestor", new.ref, old.ref) is not None


def _released(url: str) -> Iterator[Version]:
    folder = _folder(url)
    if folder is None:
        yield from (Version(name, name) for name in _remote_tags(url))
        return
    names = (git.ask(folder, "tag", "--list", "v*") or "").split()
    tagged = {name for name in names if _RELEASE.fullmatch(name)}
    yield from (Version(name, git.tell(folder, "rev-parse", f"refs/tags/{name}^{{commit}}").strip()) for name in tagged)
    for release in yaml.safe_load(git.ask(folder, "show", "HEAD:releases.yaml") or "[]") or []:
        held = git.ask(folder, "cat-file", "-e", f"{release['commit']}^{{commit}}") is not None
        if f"v{release['version']}" not in tagged and held:
            yield Version(f"v{release['version']}", release["commit"])


def _remote_tags(url: str) -> Iterator[str]:
    listed = git.ask(_NOWHERE, "ls-remote", "--tags", "--refs", "--", _address(url), "refs/tags/v*", seconds=_SECONDS)
    if listed is None:
        raise Unfinished(f"{url}: the template cannot be reached; try again, or give _src_path another address")
    names = (line.rpartition("refs/tags/")[2] for line in listed.splitlines())
    return (name for name in names if _RELEASE.fullmatch(name))


def _other(url: str, name: str) -> Version | None:
    """A revision that is no release: only a template on this machine is asked, Copier finds the others."""
    folder = _folder(url)
    if folder is None:
        return None if _RELEASE.fullmatch(name) else Version(name, name)
    found = git.ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return Version(name, found) if found else None


def _folder(url: str) -> Path | None:
    return Path(url) if Path(url).is_absolute() else None


def _address(url: str) -> str:
    for prefix, address in SHORT.items():
        if url.startswith(prefix):
            return address + url.removeprefix(prefix)
    return url.removeprefix("git+")
