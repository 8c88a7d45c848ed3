"""Finds and reads the files of a repository; whatever goes wrong is a message, never an exception."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SKIPPED = frozenset(
    (".git", ".terraform", "node_modules", ".venv", ".tox", ".nox", "__pycache__", ".mypy_cache", ".ruff_cache")
)
"""Folders that hold no source: git ignores them nearly everywhere."""
LIMIT = 10 * 1024 * 1024
"""The largest file that is read: etcd takes 1.5 MiB for a resource."""
SEALED = b"\0GITCRYPT\0"
"""How a file begins that git-crypt has encrypted."""
_RENDERS = frozenset(("Chart.yaml", "tasks"))
"""What is beside a folder of templates in a Helm chart, and in an Ansible role."""
YAML_ENDINGS = (".yaml", ".yml")
TEXT_ENDINGS = (
    ".tf", ".tofu", ".tfvars", ".hcl", ".sh", ".env", ".toml", ".json", ".json5", ".md", ".txt", ".ini", ".cfg",
    ".conf", ".properties", ".rego", ".py", ".csv", ".tsv",
)  # fmt: skip
TEXT_NAMES = frozenset(("CODEOWNERS", "Makefile", "Justfile", "justfile", "Dockerfile", "LICENSE", "README"))


class Read(NamedTuple):
    """A file's path and bytes; or, in `problem`, why it could not be read."""

    path: str
    text: bytes
    problem: str = ""


@dataclass(eq=False, slots=True)
class Tree:
    """Every path below the root, relative and with `/`, without what is skipped; `.` is the root among the folders.

    `templates` are the folders whose files are YAML only once they are rendered: those of charts and Ansible roles.
    """

    files: list[str]
    folders: set[str]
    templates: list[str]
    problems: list[Read]


def walk(root: str) -> Tree:
    """Lists a repository, in a stable order. Links to folders are not followed: their target is seen where it is."""
    tree = Tree([], {"."}, [], [])
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as scan:  # noqa: PTH118 - the hot path of a large tree
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            tree.problems.append(Read(folder or ".", b"", _reason(error)))
            continue
        pending.extend(_sort(entries, folder, tree))
    return tree


def listed(paths: Iterable[str]) -> Tree:
    """The same from paths that are known already, such as those of a commit."""
    tree = Tree([], {"."}, [], [])
    beside: dict[str, set[str]] = {}
    for path in sorted(paths):
        parts = path.split("/")
        folders = ["/".join(parts[:end]) for end in range(1, len(parts))]
        tree.folders.update(folders)
        for folder, name in zip(("", *folders), parts, strict=True):
            beside.setdefault(folder, set()).add(name)
        tree.files.append(path)
    tree.templates.extend(
        f"{folder}/templates" if folder else "templates"
        for folder, names in beside.items()
        if "templates" in names and names & _RENDERS
    )
    left_out = tuple(f"{one}/" for one in tree.templates)
    tree.files[:] = [
        path for path in tree.files if not path.startswith(left_out) and SKIPPED.isdisjoint(path.split("/")[:-1])
    ]
    return tree


def _sort(entries: list[os.DirEntry[str]], folder: str, tree: Tree) -> Iterator[str]:
    """Puts a folder's entries into the tree; gives the folders to go on with."""
    rendered = any(entry.name in _RENDERS for entry in entries)
    for entry in reversed(entries):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            tree.folders.add(path)
            if rendered and entry.name == "templates":
                tree.templates.append(path)
            elif entry.name not in SKIPPED:
                yield path
        else:
            tree.files.append(path)
            if entry.is_symlink():
                _link(entry, path, tree)


def _link(entry: os.DirEntry[str], path: str, tree: Tree) -> None:
    try:
        if entry.is_dir():
            tree.folders.add(path)
    except OSError as error:
        tree.files.remove(path)
        tree.problems.append(Read(path, b"", _reason(error)))


def read(root: str, path: str) -> Read | None:
    """A file's bytes; None for what a link makes of a folder."""
    try:
        descriptor = os.open(os.path.join(root, path), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # noqa: PTH118
    except OSError as error:
        return Read(path, b"", _reason(error))
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            return None
        if not stat.S_ISREG(status.st_mode):
            return Read(path, b"", "not a regular file: remove it, or give it another ending")
        if status.st_size > LIMIT:
            return Read(path, b"", f"larger than {LIMIT // 1024**2} MiB: too large to check, split it")
        return Read(path, _all(descriptor, status.st_size))
    except OSError as error:
        return Read(path, b"", _reason(error))
    finally:
        os.close(descriptor)


def _all(descriptor: int, size: int) -> bytes:
    chunks = [os.read(descriptor, size + 1)]
    while len(chunks[-1]) and sum(map(len, chunks)) != size:
        chunks.append(os.read(descriptor, LIMIT))
    return b"".join(chunks)


def _reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself: point it at a file"
    if error.errno == errno.ENOENT:
        return "gone, or a link to nothing: restore its target or remove it"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "no permission to read it: change its mode, or who runs the check"
    return f"could not be read: {error.strerror}"
