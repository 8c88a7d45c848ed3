"""Every rule of `clusterwright check`: each module of rules/ names its own in RULES."""

from __future__ import annotations

from clusterwright.check.rules import (
    applicationsets,
    argocd,
    atlantis,
    bootstrap,
    clusters,
    hcl,
    infrastructure,
    lifecycle,
    manifest_paths,
    order,
    ownership,
    pipelines,
    projects,
    schema,
    storage,
    template,
    yaml,
)

FAMILIES = (
    yaml,
    schema,
    template,
    ownership,
    argocd,
    applicationsets,
    clusters,
    projects,
    order,
    bootstrap,
    lifecycle,
    manifest_paths,
    storage,
    hcl,
    infrastructure,
    atlantis,
    pipelines,
)
RULES = tuple(rule for family in FAMILIES for rule in family.RULES)
