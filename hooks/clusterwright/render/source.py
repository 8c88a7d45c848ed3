"""Where the template comes from, and which of its versions is rendered and recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from clusterwright import __version__, git
from clusterwright.errors import UserError

PUBLIC = "https://github.com/clusterwright/clusterwright"
SHORT = {"gh:": "https://github.com/", "gl:": "https://gitlab.com/"}


@dataclass(frozen=True)
class Source:
    """A template at a version.

    Attributes:
        url: an absolute path or a URL; recorded, so that `copier update` finds the template again.
        ref: the commit, tag or branch to render; None is the newest tag of a URL.
        notes: lines that people should see.
    """

    url: str
    ref: str | None
    notes: tuple[str, ...] = ()


def find(template: str | None = None, ref: str | None = None) -> Source:
    """Chooses the template.

    Args:
        template: a path or a URL; by default the checkout that this toolkit runs in, else the public repository.
        ref: a revision; by default the released one.

    Returns:
        The source, resolved so that what is recorded can be found later from anywhere.
    """
    own = own_checkout()
    if template is None:
        return _local(own, ref, f"v{__version__}") if own else Source(PUBLIC, ref or f"v{__version__}")
    if _is_url(template):
        return Source(_public_url(template), ref)
    folder = Path(template).expanduser().resolve()
    if git.top(folder) != str(folder) if folder.is_dir() else True:
        raise UserError(f"--template: {template} is no git repository; give the root of one, or a URL")
    return _local(folder, ref, f"v{__version__}" if folder == own else None)


def own_checkout() -> Path | None:
    """The checkout of the template that this toolkit runs in; None if it is installed."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "copier.yml").is_file() or not (root / ".git").exists():
        return None
    git.tell(root, "rev-parse", "--show-toplevel")
    return root


def _is_url(template: str) -> bool:
    return template.startswith((*SHORT, "git+", "git@")) or "://" in template


def _public_url(template: str) -> str:
    for prefix, address in SHORT.items():
        if template.startswith(prefix):
            return address + template.removeprefix(prefix).lstrip("/")
    parts = urlsplit(template)
    if parts.password or (parts.username and "http" in parts.scheme):
        raise UserError("--template: the URL holds a credential, which would be recorded; leave it to git's helpers")
    return template


def _local(checkout: Path, ref: str | None, wanted: str | None) -> Source:
    notes = []
    if git.ask(checkout, "status", "--porcelain"):
        notes.append(f"uncommitted changes in {checkout} are left out")
    if ref is not None:
        return Source(str(checkout), _commit(checkout, ref), tuple(notes))
    for released in (_tagged(checkout, wanted), _listed(checkout)):
        if released:
            return Source(str(checkout), released, tuple(notes))
    head = _commit(checkout, "HEAD")
    notes.append(f"no release in {checkout}; this is its commit {head[:10]}")
    return Source(str(checkout), head, tuple(notes))


def _commit(checkout: Path, ref: str) -> str:
    for name in (ref, f"refs/remotes/origin/{ref}"):
        found = git.ask(checkout, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if found:
            return found
    raise UserError(f"--ref: {ref} is no revision of {checkout}; give a tag, a branch or a commit")


def _tagged(checkout: Path, wanted: str | None) -> str | None:
    """Gives the commit of the wanted tag, or of the newest release when none is wanted."""
    tags = (git.ask(checkout, "tag", "--list", wanted or "v*") or "").split()
    tags = [tag for tag in tags if re.fullmatch(r"v\d+(\.\d+)*", tag)]
    return _commit(checkout, f"refs/tags/{max(tags, key=_order)}") if tags else None


def _listed(checkout: Path) -> str | None:
    """Gives the newest release that releases.yaml names and this clone, which may have no tags, still holds."""
    releases = yaml.safe_load(git.ask(checkout, "show", "HEAD:releases.yaml") or "[]") or []
    for release in sorted(releases, key=lambda each: _order(each["version"]), reverse=True):
        if git.ask(checkout, "merge-base", "--is-ancestor", release["commit"], "HEAD") is not None:
            return str(release["commit"])
    return None


def _order(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
