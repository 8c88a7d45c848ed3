"""Every rule on changes, in the order in which a report lists what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.review.rules import argocd, infrastructure, protection, resources, rights, versions

if TYPE_CHECKING:
    from clusterwright.review.rule import Rule

FAMILIES = (argocd, resources, infrastructure, rights, protection, versions)
RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
PAGES = "docs/review"
"""Where the page of each rule is."""
