"""Rules on ApplicationSets: their templates can be filled in, and what they make is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.argocd import WAVE
from clusterwright.check.model import Problem, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository


def unknown(repository: Repository) -> Iterator[Problem]:
    """Each generator or template whose Applications can't be known offline."""
    for made in repository.expansions:
        for where, reason in made.unknown:
            yield Problem(made.resource.document, made.resource.at(*where), f"ApplicationSets with a {reason}")


def refused(repository: Repository) -> Iterator[Problem]:
    """Each generator or template that Argo CD would refuse, or that leaves a gap in an Application."""
    for made in repository.expansions:
        for where, reason in made.refused:
            message = f"ApplicationSet {made.resource.name}: {reason}"
            yield Problem(made.resource.document, made.resource.at(*where), message)


def empty(repository: Repository) -> Iterator[Problem]:
    """Each generator that gives nothing, so that its template makes nothing."""
    for made in repository.expansions:
        for where in made.empty:
            message = f"ApplicationSet {made.resource.name}: the generator finds nothing: correct its paths or selector"
            yield Problem(made.resource.document, made.resource.at(*where), message)


def waves(repository: Repository) -> Iterator[Problem]:
    """Each sync wave in a template: the controller makes all of its Applications at once."""
    at = ("spec", "template", "metadata", "annotations")
    for resource in repository.by_kind.get(("argoproj.io", "ApplicationSet"), []):
        if WAVE in mapping(resource.data, *at):
            message = "its Applications are made all at once, so that their sync-wave orders nothing"
            fix = "remove it, or use spec.strategy"
            yield Problem(
                resource.document, resource.at(*at, WAVE), f"ApplicationSet {resource.name}: {message}: {fix}"
            )
