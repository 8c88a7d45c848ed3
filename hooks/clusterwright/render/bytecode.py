"""What Jinja made of the template's files, kept for the next run: to compile them is most of what a render takes."""

from __future__ import annotations

from contextlib import suppress
from pickle import UnpicklingError
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket


class Bytecode(FileSystemBytecodeCache):
    """Jinja's own cache, by what a file says instead of where it lies: each render has a clone of its own."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:  # noqa: ARG002 - as its parent has it
        """Finds what was made of a file of this name and text."""
        return super().get_bucket(environment, f"{name}|{self.get_source_checksum(source)}", None, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what was kept; a file that is broken counts as none."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was made of a file, where that can be kept."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def bytecode(options: str) -> Bytecode | None:
    """Gives the cache of this user; None where there can be none.

    Args:
        options: How the templates are written; what other options made means something else.
    """
    folder = user_cache_path("clusterwright") / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    cache = Bytecode(str(folder))
    cache.pattern = f"{cache.get_source_checksum(options)[:8]}-%s"
    return cache
