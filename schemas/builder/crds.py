"""Reads CustomResourceDefinitions and converts each version that they serve."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from .envelope import wrap
from .kinds import Kind
from .share import share
from .structural import Converter

if TYPE_CHECKING:
    from .envelope import Schema


class _Loader(yaml.CSafeLoader):
    """Reads YAML as the Kubernetes tools do: no dates, and `=` is a text."""


_FOREIGN = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value"}
_Loader.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] not in _FOREIGN]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}

_HELM_LINE = re.compile(rb"^\s*\{\{.*\}\}\s*$\n?", re.MULTILINE)  # a condition around a CRD in a chart


def kinds(files: dict[str, bytes], added: dict[str, tuple[str, ...]]) -> list[Kind]:
    """Returns every kind that the files define.

    Args:
        files: The content of each file, by its path.
        added: Fields in which anything may stand, whatever the files say, by kind.
    """
    return [_kind(document["spec"], added) for document in definitions(files)]


def definitions(files: dict[str, bytes]) -> list[Schema]:
    """Returns every CustomResourceDefinition of the files, as it stands there."""
    return [
        document
        for _, content in sorted(files.items())
        for document in yaml.load_all(_HELM_LINE.sub(b"", content), Loader=_Loader)
        if isinstance(document, dict) and document.get("kind") == "CustomResourceDefinition"
    ]


def _kind(spec: Schema, added: dict[str, tuple[str, ...]]) -> Kind:
    """Converts one definition."""
    kind = Kind(group=spec["group"], name=spec["names"]["kind"], scope=spec["scope"])
    for version in spec["versions"]:
        if not version["served"]:
            kind.not_served.append(version["name"])
            continue
        converter = Converter()
        schema = converter.convert(version["schema"]["openAPIV3Schema"])
        for field in added.get(kind.name, ()):
            _allow(schema, field.split("."))
        kind.schemas[version["name"]] = share(wrap(schema, kind.group, version["name"], kind.name, {}))
        kind.rules += converter.rules
        kind.dropped_patterns += converter.dropped_patterns
    return kind


def _allow(schema: Schema, field: list[str]) -> None:
    """Lets a field stand in a schema, with any value."""
    while "items" in schema:
        schema = schema["items"]
    name, *rest = field
    if rest:
        _allow(schema["properties"][name], rest)
    else:
        schema["properties"][name] = True
