"""Runs git the same way on every machine: away from the caller's hooks, index and environment."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from clusterwright.errors import Unfinished

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# What `git rev-parse --local-env-vars` lists: set inside hooks, and then they point every git at the wrong repository.
LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)

# A first commit is ours to make: no hook, signature, ignore file or line-ending rule of the user takes part in it.
PLAIN = (
    ("core.hooksPath", os.devnull),
    ("core.excludesFile", os.devnull),
    ("core.attributesFile", os.devnull),
    ("core.autocrlf", "false"),
    ("core.fsmonitor", "false"),
    ("commit.gpgSign", "false"),
    ("gc.auto", "0"),
)
NOBODY = (("user.name", "Clusterwright"), ("user.email", "clusterwright@example.invalid"))


def forget_local() -> None:
    """Drops the variables that a git hook sets from this process, for every git that it will start."""
    for name in LOCAL:
        os.environ.pop(name, None)


def ask(folder: Path, *arguments: str, seconds: float | None = None) -> str | None:
    """Runs git in a folder and gives what it prints, or None when it fails or takes longer than some seconds."""
    try:
        done = _run(folder, arguments, seconds)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.strip("\n") if done.returncode == 0 else None


def tell(folder: Path, *arguments: str, given: str | None = None, variables: Mapping[str, str] | None = None) -> str:
    """Runs git in a folder; when it fails, its last line becomes the reason to stop.

    Args:
        folder: where.
        arguments: what git is told.
        given: what it reads.
        variables: what its environment holds besides.
    """
    done = _run(folder, arguments, given=given, variables=variables)
    if done.returncode:
        raise Unfinished(f"git {_verb(arguments)}: {_reason(done.stderr, done.returncode)}")
    return done.stdout


def top(folder: Path) -> str | None:
    """Gives the root of the work tree that a folder is in, or None."""
    return ask(folder, "rev-parse", "--show-toplevel")


def changed(folder: Path) -> Iterator[str]:
    """Names what differs from the last commit below a folder, untracked files included, relative to it."""
    prefix = (ask(folder, "rev-parse", "--show-prefix") or "").strip()
    listed = tell(folder, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", ".")
    return (entry[3:].removeprefix(prefix) for entry in listed.split("\0") if entry)


def merged(folder: Path, mine: str, old: str, new: str, labels: tuple[str, str, str]) -> tuple[bytes, bool] | None:
    """Merges three files of a folder; gives the text and whether there is no conflict, or None if git cannot merge."""
    names = [part for label in labels for part in ("-L", label)]
    command = ["git", "-c", "merge.conflictStyle=merge", "merge-file", "--stdout", *names, mine, old, new]
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, check=False)
    return (done.stdout, done.returncode == 0) if 0 <= done.returncode < 128 else None


def author(folder: Path) -> tuple[str, ...]:
    """Settings for a commit that is made for somebody: of nobody, where git does not know who they are."""
    known = all(ask(folder, "var", name) is not None for name in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"))
    return () if known else tuple(part for key, value in NOBODY for part in ("-c", f"{key}={value}"))


def first_commit(folder: Path, branch: str, message: str) -> None:
    """Makes a folder a repository with one commit of all that is in it."""
    tell(folder, *_settings(), "init", "--quiet", "--template=", f"--initial-branch={branch}")
    commit(folder, message)


def commit(folder: Path, *paragraphs: str) -> None:
    """Commits everything that changed, with a message of these paragraphs."""
    settings = (*_settings(), *author(folder))
    tell(folder, *settings, "add", "--all")
    message = [f"--message={paragraph}" for paragraph in paragraphs if paragraph]
    tell(folder, *settings, "commit", "--quiet", "--no-verify", *message)


def blobs(folder: Path, ids: Iterable[str], largest: int) -> dict[str, bytes]:
    """Reads objects, all of them through one process; those that are missing or larger than some bytes are left out."""
    wanted = "".join(f"{one}\n" for one in dict.fromkeys(ids)).encode()
    sizes = (line.split() for line in _batch(folder, "--batch-check", wanted).splitlines())
    small = b"".join(one[0] + b"\n" for one in sizes if len(one) == 3 and int(one[2]) <= largest)
    packed, at, found = _batch(folder, "--batch", small), 0, {}
    while at < len(packed):
        end = packed.index(b"\n", at)
        name, _, size = packed[at:end].split()
        found[name.decode()] = packed[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
    return found


def _batch(folder: Path, mode: str, wanted: bytes) -> bytes:
    done = subprocess.run(
        ["git", "cat-file", mode], cwd=folder, env=_environment(), input=wanted, capture_output=True, check=False
    )
    if done.returncode:
        raise Unfinished(f"git cat-file: {_reason(done.stderr.decode('utf-8', 'replace'), done.returncode)}")
    return done.stdout


def _settings() -> tuple[str, ...]:
    return tuple(part for key, value in PLAIN for part in ("-c", f"{key}={value}"))


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in LOCAL} | {"LC_ALL": "C"}


def _reason(stderr: str, code: int) -> str:
    return (stderr.strip() or f"exit code {code}").splitlines()[-1]


def _run(
    folder: Path,
    arguments: tuple[str, ...],
    seconds: float | None = None,
    given: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env={**_environment(), **(variables or {})},
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
            input=given or "",
            timeout=seconds,
        )
    except FileNotFoundError as error:
        raise Unfinished("git: not found on PATH; install git") from error


def _verb(arguments: tuple[str, ...]) -> str:
    words = iter(arguments)
    for word in words:
        if word == "-c":
            next(words)
        else:
            return word
    return ""
