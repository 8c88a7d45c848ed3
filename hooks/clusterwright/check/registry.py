"""Every rule of `clusterwright check`: its id, what it is about, and the function in rules/ that finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.rules import argocd, order, projects, schema, template, yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterwright.check.model import Problem, Severity
    from clusterwright.check.repository import Repository


class Rule(NamedTuple):
    """A rule: its public name, what it is about in a line, and the function that finds."""

    id: str
    title: str
    find: Callable[[Repository], Iterator[Problem]]
    severity: Severity = "error"


RULES = (
    Rule("yaml-parse", "Every file can be read, and every YAML file is YAML", yaml.unreadable),
    Rule("yaml-duplicate-key", "No key is given twice in a mapping", yaml.duplicate_keys),
    Rule("schema", "Every resource is what its schema allows, without unknown fields", schema.violations),
    Rule("schema-missing", "Every kind has a schema", schema.missing, "info"),
    Rule("template-residue", "Nothing of a template's syntax is left over", template.residue),
    Rule("placeholder", "No value waits to be filled in", template.placeholders),
    Rule("app-source", "An Application has one of source and sources", argocd.sources),
    Rule("app-destination", "A destination has one of server and name", argocd.destinations),
    Rule("app-unique", "Application names are unique in their namespace", argocd.unique),
    Rule("app-path", "A source's path exists in this repository", argocd.paths),
    Rule("app-value-file", "A source's value files exist", argocd.value_files),
    Rule("app-ref", "A $ref in a value file is declared by a source", argocd.refs),
    Rule("app-revision", "Charts and repositories are pinned; this one is read at its own branch", argocd.revisions),
    Rule("override-unused", "Every override is read by an Application", argocd.unused_overrides),
    Rule("project-default", "No Application is in the project `default`", projects.default),
    Rule("project-exists", "An Application's project exists", projects.exists),
    Rule("project-source", "The project permits the repositories", projects.sources),
    Rule("project-destination", "The project permits the destination", projects.destinations),
    Rule("project-kind", "The project permits every kind that this repository applies", projects.kinds),
    Rule("wave-integer", "A sync wave is a whole number in quotes", order.integers),
    Rule("needs-exist", "What an Application needs is beside it", order.exist),
    Rule("needs-order", "What an Application needs comes in an earlier wave", order.ordered),
    Rule("needs-circle", "Needs do not go round in a circle", order.circles),
)
