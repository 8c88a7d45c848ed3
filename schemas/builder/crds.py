"""Reads CustomResourceDefinitions and converts each version that they serve."""

from __future__ import annotations

import hashlib
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


for _tag in ("timestamp", "value"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _Loader.construct_yaml_str)

_HELM_LINE = re.compile(rb"^\s*\{\{.*\}\}\s*$\n?", re.MULTILINE)  # a condition around a CRD in a chart


def kinds(files: dict[str, bytes]) -> list[Kind]:
    """Returns every kind that the files define."""
    found = []
    for path, content in sorted(files.items()):
        for document in yaml.load_all(_HELM_LINE.sub(b"", content), Loader=_Loader):  # noqa: S506 - it is a safe one
            if isinstance(document, dict) and document.get("kind") == "CustomResourceDefinition":
                found.append(_kind(document["spec"], path, hashlib.sha256(content).hexdigest()))
    return found


def _kind(spec: Schema, path: str, sha256: str) -> Kind:
    """Converts one definition."""
    kind = Kind(group=spec["group"], name=spec["names"]["kind"], scope=spec["scope"], path=path, sha256=sha256)
    for version in spec["versions"]:
        if not version["served"]:
            kind.not_served.append(version["name"])
            continue
        converter = Converter()
        schema = converter.convert(version["schema"]["openAPIV3Schema"])
        kind.schemas[version["name"]] = share(wrap(schema, kind.group, version["name"], kind.name, {}))
        kind.rules += converter.rules
        kind.dropped_patterns += converter.dropped_patterns
    return kind
