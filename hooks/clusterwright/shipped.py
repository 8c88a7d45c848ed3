"""What comes with the toolkit and is no Python: schemas, and the pages of the rules."""

from __future__ import annotations

import os

from clusterwright.errors import Unfinished


def shipped(folder: str, index: str, what: str) -> str:
    """The path of a folder that comes along: inside the wheel, or at the top of a checkout.

    Args:
        folder: its path there.
        index: a file that it surely holds.
        what: how a message calls what is in it.

    Raises:
        Unfinished: it is not there.
    """
    package = os.path.dirname(os.path.realpath(__file__))
    for top in (package, package.rpartition(f"{os.sep}hooks")[0]):
        if os.path.isfile(f"{top}/{folder}/{index}"):
            return f"{top}/{folder}"
    raise Unfinished(f"{package}/{folder}: the {what} are missing; install clusterwright again")
