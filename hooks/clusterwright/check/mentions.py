"""Whether a repository speaks of a name where something may make it: in values, custom resources, scripts, HCL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.model import mapping, sequence
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document, File
    from clusterwright.check.repository import Repository

_MADE_BY_HAND = re.compile(rb"create|generic|from-literal|from-file", re.IGNORECASE)
_PROSE = (".md", ".txt")
_TEXT_KINDS = frozenset(("ConfigMap", "Job", "CronJob"))
"""What holds scripts, which may make objects."""
_UNDERSTOOD = frozenset(
    (
        "argoproj.io", "bitnami.com", "cert-manager.io", "external-secrets.io", "gateway.networking.k8s.io",
        "trust.cert-manager.io",
    )
)  # fmt: skip
"""Groups of custom resources of which it is known what they make: a name in them is a reference."""


def is_mentioned(repository: Repository, name: str) -> bool:
    """Whether something other than a plain reference speaks of a name, so that it may be what makes it."""
    texts, prefixes = _texts(repository)
    if name in texts or any(name.startswith(prefix) for prefix in prefixes):
        return True
    word = re.compile(rb"(?<![\w.-])" + re.escape(name.encode()) + rb"(?![\w-])")
    return any(_speaks(file, word, name.encode()) for file in repository.files)


def _speaks(file: File, word: re.Pattern[bytes], name: bytes) -> bool:
    if file.scalars is not None or name not in file.text:
        return False
    if not file.path.endswith(_PROSE):
        return word.search(file.text) is not None
    return any(word.search(line) and _MADE_BY_HAND.search(line) for line in file.text.splitlines())


@once
def _texts(repository: Repository) -> tuple[frozenset[str], frozenset[str]]:
    """Every text in values, scripts and custom resources; and the beginnings of names that operators make up."""
    texts: set[str] = set()
    prefixes: set[str] = set()
    for document in repository.documents:
        texts.update(word for value in _spoken(repository, document) for word in _words(value))
    for resource in repository.resources:
        if resource.name and _is_vocal(repository, resource.group):
            prefixes.add(f"{resource.name}-")
    return frozenset(texts), frozenset(prefixes)


def _spoken(repository: Repository, document: Document) -> Iterator[object]:
    """The parts of a document that may make something."""
    data = document.data
    if document.role in {"data", "tool", "encrypted"} or not isinstance(data, dict):
        yield data
        return
    group, kind = data["apiVersion"].rpartition("/")[0], data["kind"]
    if group == "argoproj.io" and kind.startswith("App"):
        spec = mapping(data, "spec")
        for source in (spec.get("source"), *sequence(spec, "sources")):
            yield mapping(source).get("helm")
    elif _is_vocal(repository, group):
        yield data.get("spec")
    elif kind in _TEXT_KINDS:
        yield data.get("data")
        yield mapping(data, "spec", "template", "spec").get("containers")


def _is_vocal(repository: Repository, group: str) -> bool:
    """Whether resources of a group may make objects that only their operator knows."""
    return group not in _UNDERSTOOD and not repository.schemas.is_core(group)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split() if "\n" in value or " " in value else (value,)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
