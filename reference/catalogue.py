"""The page of all components, from catalogue.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from reference.markdown import code, plain, table

SOURCE = Path(__file__).parents[1] / "catalogue.yaml"
HEAD = """\
# Catalogue

Every component that a platform can run. What one needs is synced before it, and has to be there; a workload cluster
gets it along with what needs it.
"""
FLEET = {"always": "in every one", "made": "where the cloud's module makes the cluster", "chosen": "where it is chosen"}


def components() -> dict[str, dict[str, Any]]:
    """Every record by name."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return found


def page() -> str:
    """The whole page: a table of all, then one of each."""
    records = components()
    rows = [[f"[{code(name)}](#{name})", plain(one["about"]), _switch(one)] for name, one in records.items()]
    lines = [HEAD, *table(["Component", "What it does", "Runs"], rows)]
    for name, one in records.items():
        lines += [f"## {name}", "", f"{plain(one['title'])}: {plain(one['about'])}.", ""]
        lines += table(["", ""], [[what, told] for what, told in _facts(one) if told])
    return "\n".join(lines)


def _switch(one: dict[str, Any]) -> str:
    if one.get("hosted"):
        return "for each virtual cluster, in its host"
    wanted = [f"{code(axis)} is {_any(values)}" for axis, values in one.get("when", {}).items()]
    wanted += [f"{code(axis)} is not {_any(values)}" for axis, values in one.get("unless", {}).items()]
    return "if " + " and ".join(wanted) if wanted else "always"


def _any(values: list[str]) -> str:
    return " or ".join(map(code, values))


def _facts(one: dict[str, Any]) -> list[tuple[str, str]]:
    chart = one.get("chart", {})
    exposes = one.get("exposes", {})
    host = "the base domain" if exposes.get("host") == "@" else f"{exposes.get('host')}.<base domain>"
    return [
        ("Runs", _switch(one)),
        ("Chart", f"{code(chart['name'])} {code(chart['version'])} from {code(chart['repository'])}" if chart else ""),
        ("Namespace", code(one["namespace"])),
        ("Pod Security", one.get("pod_security", "restricted")),
        ("Needs", ", ".join(map(code, one.get("needs", [])))),
        ("Comes after, where both run", ", ".join(map(code, one.get("after", [])))),
        ("Provides", ", ".join(map(code, one.get("provides", [])))),
        ("UI", plain(host) if exposes else ""),
        ("Workload clusters", "; ".join(f"{kind}: {FLEET[how]}" for kind, how in one.get("fleet", {}).items())),
        ("Deletion", "waits for a person's confirmation" if one.get("keep") else ""),
        ("Secrets", ", ".join(code(secret.get("name", f"of {secret.get('of')}")) for secret in one.get("secrets", []))),
    ]
