"""Rules on plain scalars that one reader of YAML takes for something else than another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.applied import local_path
from clusterwright.check.model import Place, Problem
from clusterwright.check.once import once
from clusterwright.check.positions import positions
from clusterwright.check.words import matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document, File, Fix
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository
    from clusterwright.check.scalars import Scalars

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
_SUSPECT = (
    rb" *+(?=[-+0-9yYnNoO])(?:" + b"|".join(b"(%s)" % form for form in _FORMS) + rb")(?=[ \t]*(?:\r?$|[,\]}]| #))"
)
_SUSPECTS = tuple(re.compile(before + _SUSPECT, re.MULTILINE) for before in (b": ", b"- "))
"""After a key, and as an item of a list: a plain text, for which the engine searches fast, and what most fail at."""
_VALUES = re.compile(r"(?:.*/)?values[^/]*\.ya?ml|(?:.*/)?[^/]*values\.ya?ml")
_MODES = re.compile(r".*[mM]ode")
"""Fields for the rights on a file: in manifests octal numbers are at home there, and all their readers agree."""
_VERSIONS = re.compile(r"(?:.*[tT]ag|.*[vV]ersion|.*[rR]evision|release)")
"""Fields that hold text which looks like a number."""


def ambiguous(repository: Repository) -> Iterator[Problem]:
    """Each plain scalar of a manifest or a chart's values that readers of YAML disagree on, or that loses a zero."""
    suspects = dict.fromkeys(file for form in _SUSPECTS for file in matching(repository, form, _is_suspect))
    for file in suspects:
        documents = {one.index: one for one in repository.documents_of.get(file.path, ())}
        if file.scalars is not None and any(_is_judged(repository, one) for one in documents.values()):
            found = [match for form in _SUSPECTS for match in form.finditer(file.text) if _is_suspect(match)]
            meant = {file.scalars[_written(match)] for match in found}
            if any(_holds(one.data, meant) for one in documents.values()):
                yield from _in_file(file, file.scalars, documents, found)


def _written(match: re.Match[bytes]) -> str:
    return match[match.lastindex or 1].decode("ascii")


def _holds(data: object, meant: set[object]) -> bool:
    """Whether a document holds one of some scalars: else they are only in comments and longer texts.

    It is sooner known than where they are, and without PyYAML.
    """
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict | list):
            pending.extend(value.values() if isinstance(value, dict) else value)
        elif value in meant:
            return True
    return False


def _is_suspect(match: re.Match[bytes]) -> bool:
    """Whether it is worth the while to find out where a match stands: not at a key at which it is at home."""
    before = match.string[match.string.rfind(b"\n", 0, match.start()) + 1 : match.start()]
    key = before.replace(b"{", b" ").split()[-1:] or [b""]
    return not _is_welcome(match.lastindex or 1, key[0].decode("utf-8", "replace").strip("\"'"))


def _is_welcome(group: int, key: str) -> bool:
    """Whether the form of a group (counted from 1) is no fault at a key."""
    return (group == _OCTAL and bool(_MODES.fullmatch(key))) or (group == _ROUNDED and not _VERSIONS.fullmatch(key))


def _in_file(
    file: File, scalars: Scalars, documents: dict[int, Document], found: list[re.Match[bytes]]
) -> Iterator[Problem]:
    """What is suspect and really a scalar, not a piece of a longer text or of a comment."""
    suspects = dict(_placed(file.text, found))
    for index, known in enumerate(positions(file.text, scalars)):
        for where, place in known.values.items():
            match = suspects.get(place)
            if match and index in documents and not _is_text(documents[index], where, _written(match)):
                group = match.lastindex or 1
                message = _message(group, _written(match), where)
                if message:
                    fix: Fix | None = "quote" if group == _ROUNDED else None
                    yield Problem(documents[index], where, message, fix=fix)


def _message(group: int, written: str, where: Where) -> str:
    """What is wrong with the scalar of a form (counted from 1); empty if nothing is, for what it stands at."""
    key = next((str(step) for step in reversed(where) if isinstance(step, str)), "")
    return "" if _is_welcome(group, key) else f"{key}: {written} {_FAULTS[group - 1]}"


def _is_text(document: Document, where: Where, written: str) -> bool:
    """Whether the value is quoted, or begins with what is suspect and goes on."""
    value = document.data
    for step in where:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return True
    if isinstance(value, str):
        return value != written or ":" not in value
    return isinstance(value, dict | list)


def _is_judged(repository: Repository, document: Document) -> bool:
    """Whether the document is read by Kubernetes or by a chart."""
    if document.role in {"manifest", "patch"}:
        return True
    values = document.role in {"data", "tool"} and (
        _VALUES.fullmatch(document.path) is not None or document.path in _value_files(repository)
    )
    return values and "templates/" not in document.path


@once
def _value_files(repository: Repository) -> frozenset[str]:
    """The files that Applications give to their charts."""
    found = (
        local_path(repository, application, source, file)
        for application in repository.applications
        for source in application.sources
        for file in source.value_files
    )
    return frozenset(path for path in found if path)


def _placed(text: bytes, found: list[re.Match[bytes]]) -> Iterator[tuple[Place, re.Match[bytes]]]:
    """The matches with their places: lines are counted from one to the next, as there may be a million of them."""
    line, counted = 1, 0
    for match in sorted(found, key=lambda match: match.start()):
        offset = match.start(match.lastindex or 1)
        line, counted = line + text.count(b"\n", counted, offset), offset
        yield Place(line, offset - text.rfind(b"\n", 0, offset)), match
