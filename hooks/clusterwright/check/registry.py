"""Every rule of `clusterwright check`: each module of rules/ names its own in RULES."""

from __future__ import annotations

from clusterwright.check.rules import (
    applicationsets,
    argocd,
    bootstrap,
    clusters,
    lifecycle,
    manifest_paths,
    order,
    projects,
    schema,
    template,
    yaml,
)

FAMILIES = (
    yaml,
    schema,
    template,
    argocd,
    applicationsets,
    clusters,
    projects,
    order,
    bootstrap,
    lifecycle,
    manifest_paths,
)
RULES = tuple(rule for family in FAMILIES for rule in family.RULES)
