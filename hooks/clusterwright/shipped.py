"""What comes with the toolkit and is no Python: schemas, and the pages of the rules."""

from __future__ import annotations

from pathlib import Path

from clusterwright.errors import Unfinished


def shipped(folder: str, index: str, what: str) -> Path:
    """A folder that comes along: inside the wheel, or at the top of a checkout.

    Args:
        folder: its path there.
        index: a file that it surely holds.
        what: how a message calls what is in it.

    Raises:
        Unfinished: it is not there.
    """
    package = Path(__file__).resolve().parent
    for top in (package, package.parents[1]):
        if (top / folder / index).is_file():
            return top / folder
    raise Unfinished(f"{package / folder}: the {what} are missing; install clusterwright again")
