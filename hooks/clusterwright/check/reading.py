"""Reads and parses one file: all that a second process can do without the others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from clusterwright.check import files
from clusterwright.check.classify import is_workflow
from clusterwright.check.plain import Plain
from clusterwright.check.scalars import Scalars, go_yaml, yaml_1_2

if TYPE_CHECKING:
    from collections.abc import Mapping

Documents = tuple[list[Any], bool, tuple[int, ...] | None, str]
"""A file's documents, whether a key is given twice, and where and why it stops being YAML."""
Content = tuple[str, bytes, Documents | None]
"""Why a file could not be read, or its bytes, and its documents if it is YAML: plain data, as processes exchange it."""
_ENDINGS = (*files.YAML_ENDINGS, *files.TEXT_ENDINGS)


class Reader:
    """Reads and parses files below a root, in whichever process."""

    def __init__(self, root: str, given: Mapping[str, bytes] | None = None) -> None:
        self._root = root
        self._given = given or {}

    def __call__(self, path: str) -> Content | None:
        """What is in a file: why it could not be read, its bytes, and its documents if it is YAML."""
        content = files.Read(path, self._given[path]) if path in self._given else files.read(self._root, path)
        if content is None:
            return None
        if content.problem or content.text.startswith(files.SEALED) or not path.endswith(files.YAML_ENDINGS):
            return content.problem, content.text, None
        return "", content.text, _documents(path, content.text)


def is_read(path: str) -> bool:
    """Whether any rule looks into a file of this name."""
    return path.endswith(_ENDINGS) or path.rpartition("/")[2] in files.TEXT_NAMES


def _documents(path: str, data: bytes) -> Documents:
    """The documents of a YAML file: read line by line where that can be done, else by libyaml."""
    understood = _plain(is_workflow(path)).read(data)
    if understood is not None:
        return *understood, None, ""
    from clusterwright.check.loader import parse  # with it comes PyYAML, a sixth of the time of a small check

    parsed = parse(data, scalars(path))
    place, message = parsed.problem or (None, "")
    return parsed.documents, parsed.duplicates, place and tuple(place), message


@cache
def _tables() -> tuple[Scalars, Scalars]:
    return go_yaml(), yaml_1_2()


@cache
def _plain(workflow: bool) -> Plain:  # noqa: FBT001 - the index of a table
    return Plain(_tables()[workflow])


def scalars(path: str) -> Scalars:
    """How the plain scalars of a file are typed."""
    return _tables()[is_workflow(path)]
