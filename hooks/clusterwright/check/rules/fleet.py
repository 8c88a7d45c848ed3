"""Rules on fleet.yaml: what its schema allows, and what holds between its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.model import Problem, sequence
from clusterwright.check.schemas import compiler, content, installed
from clusterwright.check.violations import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.model import Document
    from clusterwright.check.repository import Repository

FLEET = "fleet.yaml"
SCHEMA = "fleet.json"


def violations(repository: Repository) -> Iterator[Problem]:
    """Each value of fleet.yaml that its schema refuses, and each key that it does not know."""
    for document in _fleet(repository):
        try:
            errors = list(compiler()(_text()).iter_errors(document.data))
        except ValueError as error:
            yield Problem(document, (), f"cannot be JSON: {error}")
            continue
        for one in explain(errors, _schema):
            yield Problem(document, one.where, one.message, one.key)


def networks(repository: Repository) -> Iterator[Problem]:
    """Each cluster whose addresses another one has too."""
    for document in _fleet(repository):
        clusters = sequence(document.data, "clusters")
        if any(isinstance(one, dict) and "network" in one for one in clusters):
            from clusterwright.fleet.networks import overlaps

            for one in overlaps(clusters):
                yield Problem(document, ("clusters", one.place, "network"), one.problem)


def _fleet(repository: Repository) -> list[Document]:
    """The fleet.yaml of a platform repository; other tools have files of that name."""
    return repository.documents_of.get(FLEET, [])[:1] if FLEET in repository.settings.user_paths else []


def _schema() -> dict[str, Any]:
    import json

    return dict(json.loads(_text()))


def _text() -> str:
    return content(f"{installed()}/{SCHEMA}")
