"""Rules on plain scalars that one reader of YAML takes for something else than another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from clusterwright.check.applied import local_path
from clusterwright.check.model import Place, Problem
from clusterwright.check.positions import positions
from clusterwright.check.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document, File, Fix
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_FORMS = (
    rb"[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF",
    rb"[-+]?0o?[0-7]+",
    rb"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+",
    rb"[-+]?[1-9][0-9]*(?::[0-5]?[0-9])+(?:\.[0-9]*)?",
    rb"[-+]?[0-9]+(?:_[0-9]+)+",
    rb"[0-9]+\.[0-9]*0",
)
_FAULTS = (
    "is true or false to some readers, text to others: write true or false, or quote it",
    "is octal to some readers only: quote it, or write it decimal",
    "is a number to some readers, text to others: quote it, or write the number out",
    "is a number to base 60 to some readers: quote it",
    "is a number to some readers, text to others: quote it, or leave out the _",
    "is a number, and loses its last 0: quote it",
)
_OCTAL, _ROUNDED = 2, 6
_SUSPECT = rb" *(?:" + b"|".join(b"(%s)" % form for form in _FORMS) + rb")(?=[ \t]*(?:\r?$|[,\]}]| #))"
_SUSPECTS = tuple(re.compile(before + _SUSPECT, re.MULTILINE) for before in (b": ", b"- "))
"""After a key, and as an item of a list. Each begins with a plain text, for which the engine searches fast."""
_VALUES = re.compile(r"(?:.*/)?values[^/]*\.ya?ml|(?:.*/)?[^/]*values\.ya?ml")
_MODES = re.compile(r".*[mM]ode")
"""Fields for the rights on a file: in manifests octal numbers are at home there, and all their readers agree."""
_VERSIONS = re.compile(r"(?:.*[tT]ag|.*[vV]ersion|.*[rR]evision|release)")
"""Fields that hold text which looks like a number."""


def ambiguous(repository: Repository) -> Iterator[Problem]:
    """Each plain scalar of a manifest or a chart's values that readers of YAML disagree on, or that loses a zero."""
    judged = {one.file: one for one in repository.documents if _is_judged(repository, one)}
    for file in judged:
        found = [match for form in _SUSPECTS for match in form.finditer(file.text) if _is_suspect(match)]
        if found:
            yield from _in_file(repository, file, found)


def _is_suspect(match: re.Match[bytes]) -> bool:
    """Whether it is worth the while to find out where a match stands: not at a key at which it is at home."""
    before = match.string[match.string.rfind(b"\n", 0, match.start()) + 1 : match.start()]
    key = before.replace(b"{", b" ").split()[-1:] or [b""]
    return not _is_welcome(match.lastindex or 1, key[0].decode("utf-8", "replace").strip("\"'"))


def _is_welcome(group: int, key: str) -> bool:
    """Whether the form of a group (counted from 1) is no fault at a key."""
    return (group == _OCTAL and bool(_MODES.fullmatch(key))) or (group == _ROUNDED and not _VERSIONS.fullmatch(key))


def _in_file(repository: Repository, file: File, found: list[re.Match[bytes]]) -> Iterator[Problem]:
    """What is suspect and really a scalar, not a piece of a longer text or of a comment."""
    documents = {one.index: one for one in _by_file(repository).get(file, [])}
    for index, known in enumerate(positions(file.text, file.scalars) if file.scalars is not None else []):
        places = {place: where for where, place in known.values.items()}
        for match in found:
            group = match.lastindex or 1
            where = places.get(_place(file, match.start(group)))
            if where and index in documents and not _is_text(documents[index], where, match[group]):
                message = _message(group, match[group].decode("ascii"), where)
                if message:
                    fix: Fix | None = "quote" if group == _ROUNDED else None
                    yield Problem(documents[index], where, message, fix=fix)


def _message(group: int, written: str, where: Where) -> str:
    """What is wrong with the scalar of a form (counted from 1); empty if nothing is, for what it stands at."""
    key = next((str(step) for step in reversed(where) if isinstance(step, str)), "")
    return "" if _is_welcome(group, key) else f"{key}: {written} {_FAULTS[group - 1]}"


def _is_text(document: Document, where: Where, written: bytes) -> bool:
    """Whether the value is quoted, or begins with what is suspect and goes on."""
    value = document.data
    for step in where:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return True
    if isinstance(value, str):
        return value != written.decode("ascii") or ":" not in value
    return isinstance(value, dict | list)


@lru_cache(maxsize=1)
def _by_file(repository: Repository) -> dict[File, list[Document]]:
    index: dict[File, list[Document]] = {}
    for document in repository.documents:
        index.setdefault(document.file, []).append(document)
    return index


def _is_judged(repository: Repository, document: Document) -> bool:
    """Whether the document is read by Kubernetes or by a chart."""
    if document.role in {"manifest", "patch"}:
        return True
    values = document.role in {"data", "tool"} and (
        _VALUES.fullmatch(document.path) is not None or document.path in _value_files(repository)
    )
    return values and "templates/" not in document.path


@lru_cache(maxsize=1)
def _value_files(repository: Repository) -> frozenset[str]:
    """The files that Applications give to their charts."""
    found = (
        local_path(repository, application, source, file)
        for application in repository.applications
        for source in application.sources
        for file in source.value_files
    )
    return frozenset(path for path in found if path)


def _place(file: File, offset: int) -> Place:
    return Place(file.text.count(b"\n", 0, offset) + 1, offset - file.text.rfind(b"\n", 0, offset))


RULES = (
    Rule(
        "scalar-ambiguous", "Every reader of YAML takes a plain scalar for the same", ambiguous, "warning", fixable=True
    ),
)
