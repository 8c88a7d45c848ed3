"""One line on a terminal that says what is being done; nothing anywhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CLEAR = "\r\x1b[2K"


@contextmanager
def step(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Shows what is being done while it is being done.

    Args:
        what: a few words, such as "Rendering v1.2.3".
        quiet: shows nothing, for steps that use the terminal themselves.
    """
    shown = not quiet and sys.stderr.isatty()
    if shown:
        sys.stderr.write(f"{CLEAR}{what} ...")
        sys.stderr.flush()
    try:
        yield
    finally:
        if shown:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()
