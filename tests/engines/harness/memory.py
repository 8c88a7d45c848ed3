"""What was said before of the very same input, kept outside the tree: what cannot have changed is not asked again.

An answer is found under the digest of all that it depends on: what was looked at, who was asked, and what code asks.
A run with `--afresh` finds nothing, and keeps what it learns.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.conftest import ROOT, SOURCES

from .build import CACHE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Input: TypeAlias = "str | bytes | Path"

PLACE = CACHE.parent / "known"
# Days after which an answer goes that nobody asked for.
KEPT = 30
BODIES = "template"
# What the questions and their rules come from; what else a platform is made of.
HOW = tuple(ROOT / name for name in (*SOURCES, "hooks/clusterwright/render", "constraints.txt") if name != BODIES)
WHAT = (ROOT / BODIES, ROOT / "tests/valid")


@dataclass(frozen=True)
class Memory:
    """Answers to one question.

    Attributes:
        question: Its name.
        depends: The digest of what every answer depends on.
        afresh: Whether nothing is to be found.
        place: The folder that has the answers to all questions.
    """

    question: str = ""
    depends: str = ""
    afresh: bool = False
    place: Path = PLACE

    def of(self, question: str, *depends: Input) -> Memory:
        """Gives the memory of a question, whose answers all depend on some texts, files and folders."""
        return Memory(question, digest(*depends), self.afresh, self.place)

    def answer(self, work: Callable[[], Any], *given: Input) -> Any:  # noqa: ANN401 - any JSON
        """Gives what was said of an input; where that is not known, does the work, and keeps what comes of it."""
        known = self.recall(*given)
        if known is None:
            known = work()
            self.keep(known, *given)
        return known

    def recall(self, *given: Input) -> Any | None:  # noqa: ANN401 - any JSON
        """Gives what was said of an input; None when that is not known."""
        path = self._path(given)
        if self.afresh or not path.exists():
            return None
        os.utime(path)
        return json.loads(path.read_text(encoding="utf-8"))

    def keep(self, answer: object, *given: Input) -> None:
        """Keeps what was said of an input, as JSON: anything but None."""
        path = self._path(given)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(answer), encoding="utf-8")
        part.rename(path)

    def forget(self) -> None:
        """Lets go what nobody has asked for in a long time."""
        old = time.time() - KEPT * 24 * 60 * 60
        for path in self.place.glob("*/*"):
            if path.stat().st_mtime < old:
                path.unlink(missing_ok=True)

    def _path(self, given: Iterable[Input]) -> Path:
        return self.place / self.question / f"{digest(self.depends, *given)}.json"


def digest(*parts: Input) -> str:
    """Gives what tells texts, files, and folders with all that is in them apart."""
    whole = hashlib.sha256()
    for part in parts:
        for piece in _pieces(part):
            whole.update(len(piece).to_bytes(8))
            whole.update(piece)
    return whole.hexdigest()


def _pieces(part: Input) -> Iterable[bytes]:
    """Yields what tells a part apart: of a folder, each file's name and content."""
    if not isinstance(part, Path):
        yield part.encode() if isinstance(part, str) else part
    elif part.is_dir():
        for path in sorted(part.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield str(path.relative_to(part)).encode()
                yield path.read_bytes()
    else:
        yield part.read_bytes()
