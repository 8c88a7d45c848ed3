"""Every rule of `clusterwright check`: each module of rules/ names its own in RULES."""

from __future__ import annotations

from clusterwright.check.rules import argocd, order, projects, schema, template, yaml

FAMILIES = (yaml, schema, template, argocd, projects, order)
RULES = tuple(rule for family in FAMILIES for rule in family.RULES)
