"""What an application can begin with: files to be copied, in which `application` stands for its name."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
NAME = "scaffolded-application"


def files(what: str, name: str, texts: dict[str, str] | None = None) -> dict[str, str]:
    """Reads a set of files.

    Args:
        what: its folder here.
        name: the application's name.
        texts: what else stands for something, and for what.

    Returns:
        The texts, by path within the folder; `dot-` in a name stands for a dot.
    """
    stands = {NAME: name, **(texts or {})}
    found = {}
    for path in sorted((HERE / what).rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for word, meaning in stands.items():
                text = text.replace(word, meaning)
            found[path.relative_to(HERE / what).as_posix().replace("dot-", ".")] = text
    return found
