"""Rules on the first sync: definitions come before their use, and waves really wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.argocd import WAVE
from clusterwright.check.configuration import HEALTH, configurations, has_health_check
from clusterwright.check.crds import brings, uses
from clusterwright.check.model import Problem
from clusterwright.check.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.argocd import Application
    from clusterwright.check.repository import Repository

_SKIPS = "SkipDryRunOnMissingResource=true"


def definitions(repository: Repository) -> Iterator[Problem]:
    """Each Application that applies custom resources before the only ones beside it that define them."""
    for group in repository.side_by_side:
        if len({one.wave for one in group}) > 1:
            brought = {one: brings(repository, one) for one in group}
            for application in group:
                yield from _too_early(repository, application, brought)


def health(repository: Repository) -> Iterator[Problem]:
    """Each place that configures Argo CD without a health check for Applications, where waves order Applications."""
    ordered = any(len({one.wave for one in group if one.maker is None}) > 1 for group in repository.side_by_side)
    found = configurations(repository) if ordered else []
    if found and not any(map(has_health_check, found)):
        one = found[0]
        message = "Applications are ordered by waves, but Argo CD does not wait for their health without"
        yield Problem(one.document, one.where, f"{message} {HEALTH}: add this key", key=True)


def _too_early(
    repository: Repository, application: Application, brought: dict[Application, frozenset[tuple[str, str]]]
) -> Iterator[Problem]:
    if _SKIPS in application.options:
        return
    late: dict[Application, list[str]] = {}
    for kind in uses(repository, application) - brought[application]:
        providers = [one for one, kinds in brought.items() if kind in kinds]
        first = min(providers, key=lambda one: one.wave, default=None)
        if first is not None and first.wave > application.wave:
            late.setdefault(first, []).append(kind[1])
    for provider, kinds in late.items():
        message = f"applies {listed(sorted(kinds))} in wave {application.wave}, but {provider.name} defines"
        fix = f"raise it above {provider.wave}"
        where = ("metadata", "annotations", WAVE)
        yield application.problem(
            where, f"{message} {'them' if len(kinds) > 1 else 'it'} in wave {provider.wave}: {fix}"
        )
