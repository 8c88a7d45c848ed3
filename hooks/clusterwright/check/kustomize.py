"""Kustomize: which files are patches. A patch is a piece of a resource, so its schema asks for nothing."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from clusterwright.check.classify import KUSTOMIZATIONS
from clusterwright.check.model import Document, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator


def with_patches(documents: list[Document]) -> Iterator[Document]:
    """The documents, those that a kustomization applies as patches marked as such."""
    patches = {path for one in documents if is_kustomization(one) for path in _patches(one)}
    for document in documents:
        is_patch = document.role == "manifest" and document.path in patches
        yield Document(document.file, document.index, document.data, "patch") if is_patch else document


def is_kustomization(document: Document) -> bool:
    """Whether the document is Kustomize's own file."""
    return document.path.rpartition("/")[2] in KUSTOMIZATIONS and isinstance(document.data, dict)


def taken(document: Document) -> Iterator[str]:
    """The paths, files and folders, that a kustomization takes in."""
    folder = posixpath.dirname(document.path)
    for key in ("resources", "bases", "components"):
        for name in sequence(document.data, key):
            if isinstance(name, str):
                yield posixpath.normpath(posixpath.join(folder, name))


def _patches(document: Document) -> Iterator[str]:
    folder = posixpath.dirname(document.path)
    named = [text(mapping(one), "path") for one in sequence(document.data, "patches")]
    named += [text(mapping(one), "path") for one in sequence(document.data, "patchesJson6902")]
    plain = [*sequence(document.data, "patchesStrategicMerge"), *sequence(document.data, "patches")]
    named += [one for one in plain if isinstance(one, str) and "\n" not in one]
    for name in filter(None, named):
        yield posixpath.normpath(posixpath.join(folder, name))
