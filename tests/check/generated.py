"""What is made from the rules: `python -m tests.check.generated` writes it, and a test holds it current."""

from __future__ import annotations

import json
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

from clusterwright.check.explain import INDEX
from clusterwright.check.registry import RULES
from clusterwright.check.selection import selectors
from clusterwright.review.registry import FAMILIES as CHANGES
from clusterwright.review.registry import PAGES as CHANGED
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ROOT / "docs" / "rules"
_TEXT = {"type": ["string", "null"]}


def schema() -> str:
    """The JSON Schema of .clusterwright.yaml, for editors; it accepts what the check accepts."""
    properties = {
        "kubernetes_version": {
            "description": "The version of Kubernetes whose schemas are used.",
            **_TEXT,
            "pattern": r"^(v?[0-9]+\.[0-9]+(\.[0-9]+)?)?$",
        },
        "repository": {"description": "The URL under which Argo CD reads this repository.", **_TEXT},
        "branch": {"description": "The branch that Argo CD reads.", **_TEXT},
        "user_paths": {"description": "Globs of paths that no template owns.", **_list({"type": "string"})},
        "moved": {
            "description": "Where files of people belong now, by globs of where they belonged.",
            "type": ["object", "null"],
            "additionalProperties": {"type": "string"},
        },
        "check": {"description": "Which rules count, and how much.", **_choice(("select", "ignore", "severity"))},
    }
    properties["check"]["properties"]["per_path"] = {
        "description": "The same for files, by glob or by the folder that they are in.",
        "type": ["object", "null"],
        "additionalProperties": _choice(("ignore", "severity")),
    }
    top = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": ".clusterwright.yaml",
        "description": "What a repository says about itself to `clusterwright check`.",
        **_mapping(properties),
        "$defs": {"rule": {"description": "A rule, or the beginning of several.", "enum": sorted(selectors(_ids()))}},
    }
    return json.dumps(top, indent=2) + "\n"


def index() -> str:
    """The table of every rule, in the order in which they run."""
    lines = [
        "# Rules",
        "",
        "Every rule of `clusterwright check`, with a page that says why it is there and how it is done right. The",
        "same page comes from `clusterwright check --explain RULE`. An error makes the check fail, a warning does so",
        "only with `--strict`; `info` is what could not be checked, and the summary says so. `--fix` mends some",
        "findings of the rules that are fixable.",
        "",
    ]
    for family, rules in groupby(RULES, lambda rule: rule.family):
        about = import_module(f"clusterwright.check.rules.{family}").__doc__ or ""
        title = about.splitlines()[0].split(":")[0].split(".")[0].removeprefix("Rules on ")
        lines += [f"## {title[:1].upper()}{title[1:]}", "", "| Rule | Severity | What holds |", "|---|---|---|"]
        for rule in rules:
            fixable = " (fixable)" if rule.fixable else ""
            lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.title}{fixable} |")
        lines.append("")
    return "\n".join(lines)


def index_of_changes() -> str:
    """The table of every rule on changes."""
    lines = [
        "# Rules on changes",
        "",
        "Every rule of `clusterwright review`, with a page that says why it is there and what to do. The same page",
        "comes from `clusterwright review --explain RULE`. A danger: data, access or a running service may be lost, or",
        "somebody gains rights. A caution: look twice. Neither fails a pipeline unless it asks for that, with",
        "`--fail-on attention`; each of them keeps a change from being called routine.",
        "",
    ]
    for family in CHANGES:
        title = (family.__doc__ or "").splitlines()[0].split(":")[0].removeprefix("Rules on ")
        lines += [f"## {title[:1].upper()}{title[1:]}", "", "| Rule | Level | What happens |", "|---|---|---|"]
        lines += [f"| [{rule.id}]({rule.id}.md) | {rule.level} | {rule.title} |" for rule in family.RULES]
        lines.append("")
    return "\n".join(lines)


def _choice(keys: tuple[str, ...]) -> dict[str, Any]:
    parts = {
        "select": {"description": "The only rules that run.", **_list({"$ref": "#/$defs/rule"})},
        "ignore": {"description": "Rules that do not count.", **_list({"$ref": "#/$defs/rule"})},
        "severity": {
            "description": "What findings of some rules weigh.",
            "type": ["object", "null"],
            "propertyNames": {"$ref": "#/$defs/rule"},
            "additionalProperties": {"enum": ["error", "warning"]},
        },
    }
    return _mapping({key: parts[key] for key in keys})


def _mapping(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "additionalProperties": False, "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": items}


def targets() -> dict[Path, str]:
    """Every file that is made from the rules, with its content."""
    return {
        ROOT / "schemas" / "clusterwright.json": schema(),
        PAGES / INDEX: index(),
        ROOT / CHANGED / INDEX: index_of_changes(),
    }


def _ids() -> list[str]:
    return [rule.id for rule in RULES]


def main() -> None:
    """Writes it all."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for path, content in targets().items():
        path.write_text(content, "utf-8")


if __name__ == "__main__":
    main()
