"""Files with the ending of YAML that are YAML only once a program has filled them in, and what tells so."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from clusterwright.check.hcl_modules import configuration
from clusterwright.check.model import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository


def is_template(repository: Repository, source: object) -> bool:
    """Whether something that is not YAML is a template: a chart reads it, or a module calls `templatefile`."""
    if not isinstance(source, File) or source.scalars is None:
        return False
    folders = list(_above(source.path))
    if b"{{" in source.text and any(f"{one}/Chart.yaml".removeprefix("./") in repository.paths for one in folders[1:]):
        return True
    filled_in = b"${" in source.text or b"%{" in source.text
    return filled_in and any(_fills_in(repository, one) for one in folders)


def _above(path: str) -> Iterator[str]:
    """The folder of a file, then the one around it, up to the root."""
    while path != ".":
        path = posixpath.dirname(path) or "."
        yield path


def _fills_in(repository: Repository, folder: str) -> bool:
    module = configuration(repository).modules.get(folder)
    return module is not None and any("templatefile(" in source.hcl.code for source in module.sources)
