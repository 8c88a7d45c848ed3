"""A small application to begin with, in a repository of its own: source, image, and a pipeline that delivers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright import scaffold
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def files(name: str, image: str, answers: Mapping[str, object]) -> dict[str, str]:
    """Gives the files of the sample for the git host of a platform.

    Args:
        name: the application's name.
        image: the repository of its image, without a tag.
        answers: those of the platform.

    Returns:
        The texts, by path.
    """
    texts = {
        "platform-repository": f"{answers['git_owner']}/{answers['git_repository']}",
        "platform-branch": str(answers["git_branch"]),
        "application-image": image,
    }
    host = str(answers["git_host"])
    return {**scaffold.files("sample/common", name, texts), **scaffold.files(f"sample/{host}", name, texts)}


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Writes files into a folder that is not there yet, or empty."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def vacant(folder: Path) -> None:
    """Makes sure that a folder can be filled.

    Raises:
        UserError: something is in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"--sample: {folder} is not empty; choose another folder")
