"""The real CustomResourceDefinitions, out of the Go modules that schemas/sources.yaml pins."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from schemas.builder import modules, sources
from schemas.builder.crds import definitions

ROOT = Path(__file__).parents[3]


@cache
def by_source() -> dict[str, sources.Source]:
    """Every source of custom resources, by its name."""
    return {one.name: one for one in sources.read(ROOT / "schemas/sources.yaml") if not one.kubernetes}


def of_component(component: str) -> list[dict[str, Any]]:
    """Returns the CRDs that come with a record of the catalogue."""
    return [crd for name, one in by_source().items() if component in one.components for crd in of_source(name)]


@cache
def of_source(name: str) -> list[dict[str, Any]]:
    """Returns the CRDs of a source, as they are, but for what stands in their way here.

    Nobody answers a conversion webhook, so none is asked. Fields that the chart's release has and the pinned module has
    not may hold anything, as in schemas/. Descriptions are two thirds of all the text, and the API server and Argo CD
    go through all of it whenever a kind comes or changes: they are left out.
    """
    source = by_source()[name]
    found = definitions(modules.fetch(source, offline=False).files)
    for crd in found:
        crd.pop("status", None)
        crd["spec"].pop("conversion", None)
        _terse(crd["spec"])
        for field in source.added.get(crd["spec"]["names"]["kind"], ()):
            for version in crd["spec"]["versions"]:
                _allow(version["schema"]["openAPIV3Schema"], field.split("."))
    return found


def _terse(node: object) -> None:
    """Takes the descriptions out of a schema; a property of that name is no text, and stays."""
    if isinstance(node, dict) and isinstance(node.get("description"), str):
        del node["description"]
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _terse(one)


def _allow(schema: dict[str, Any], field: list[str]) -> None:
    """Lets a field stand in a schema with any value; a version without its parents has no use for it."""
    schema = schema.get("items", schema)
    name, *rest = field
    known = schema.get("properties", {})
    if not rest:
        known.setdefault(name, {"x-kubernetes-preserve-unknown-fields": True})
    elif name in known:
        _allow(known[name], rest)


def kind(crd: dict[str, Any]) -> tuple[str, str]:
    """The group and the name of the kind that a definition is of."""
    return crd["spec"]["group"], crd["spec"]["names"]["kind"]


def unread(crd: dict[str, Any]) -> dict[str, Any]:
    """Gives a definition for a kind of which there is no object: what fields one might have is left open.

    Four fifths of all that the default platform's definitions say is about such kinds, and the API server and Argo CD
    go through it again with each kind that comes.
    """
    open_schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    kept = ("name", "served", "storage", "deprecated", "subresources")
    versions = [
        {**{key: one[key] for key in kept if key in one}, "schema": {"openAPIV3Schema": open_schema}}
        for one in crd["spec"]["versions"]
    ]
    return {**crd, "spec": {**crd["spec"], "versions": versions}}
