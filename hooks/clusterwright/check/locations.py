"""Where schemas are looked for: people's own catalogues, in the notation of kubeconform, and what comes with us."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEFAULT = "default"
"""Stands for the schemas that come with this package."""
_VARIABLE = re.compile(r"\{\{-?\s*\.(\w+)\s*-?\}\}")
_LAYOUT = "{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json"
"""What a folder holds if no template says otherwise."""
_NAMES = ("Group", "KindSuffix", "NormalizedKubernetesVersion", "ResourceAPIVersion", "ResourceKind", "StrictSuffix")


class Locations:
    """Folders and templates of paths, in the order in which they are asked; ours come last, or where `default` stands.

    Args:
        written: what the command line says: a folder, a template like `schemas/{{.Group}}/{{.ResourceKind}}.json`, or
            `default`.

    Raises:
        UserError: a location is a URL, no folder, or has a variable that nobody knows.
    """

    def __init__(self, written: Sequence[str]) -> None:
        names = written if DEFAULT in written else (*written, DEFAULT)
        self._templates = [_template(one) for one in names]

    def paths(self, group: str, version: str, kind: str, kubernetes: str, ours: Sequence[str]) -> Iterator[str]:
        """Where the schema of a kind may be, first things first.

        Args:
            group: its API group; empty for the one without a name, which templates call `v1`.
            version: its API version.
            kind: its kind.
            kubernetes: the version of Kubernetes, as in `1.35`.
            ours: where it would be among the schemas that come with this package.
        """
        short = f"-{group.partition('.')[0]}-{version}" if group else f"-{version}"
        values = {
            "Group": group or version,
            "KindSuffix": short.lower(),
            "NormalizedKubernetesVersion": f"v{kubernetes}.0",
            "ResourceAPIVersion": version,
            "ResourceKind": kind.lower(),
            "StrictSuffix": "-strict",
        }
        for template in self._templates:
            if template == DEFAULT:
                yield from ours
            else:
                yield _VARIABLE.sub(lambda match: values[match[1]], template)


def _template(written: str) -> str:
    if written == DEFAULT:
        return written
    if re.match(r"https?://", written):
        raise UserError(f"--schema-location {written}: a check reads no URLs: clone the catalogue, and name its folder")
    template = written if written.endswith("json") else f"{written.rstrip('/')}/{_LAYOUT}"
    unknown = [name for name in _VARIABLE.findall(template) if name not in _NAMES]
    if unknown or "{{" in _VARIABLE.sub("", template):
        name = f".{unknown[0]}" if unknown else "{{"
        raise UserError(f"--schema-location {written}: {name} means nothing: use {', '.join(_NAMES)}")
    folder = os.path.dirname(template.partition("{{")[0]) or "."  # noqa: PTH120 - of a template, not of a path
    if not os.path.isdir(folder):  # noqa: PTH112 - a path may be any bytes
        raise UserError(f"--schema-location {written}: {folder} is no folder")
    return template
