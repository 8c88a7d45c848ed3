"""The JSON Schemas of Kubernetes' own kinds and of custom resources: found, and compiled when a kind is seen."""

from __future__ import annotations

import json
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterwright.errors import Unfinished, UserError

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator


class Schemas:
    """The schemas for one minor version of Kubernetes.

    Args:
        version: as in `1.35`.
        folder: where the schemas are; the ones that come with this package by default.

    Raises:
        UserError: there are no schemas for that version.
    """

    def __init__(self, version: str, folder: Path | None = None) -> None:
        self.version = version
        self.folder = folder or installed()
        self._core = self.folder / "kubernetes" / f"v{version}"
        self._validators: dict[tuple[str, str, str], Draft202012Validator | None] = {}
        if not self._core.is_dir():
            known = ", ".join(sorted(versions(self.folder), key=lambda one: int(one.partition(".")[2])))
            raise UserError(f"Kubernetes {version}: no schemas for it; there are {known}")

    def validator(self, group: str, version: str, kind: str) -> Draft202012Validator | None:
        """The compiled schema of a kind; None if nothing is known about it."""
        key = (group, version, kind)
        if key not in self._validators:
            self._validators[key] = self._compile(*key)
        return self._validators[key]

    def schema(self, group: str, version: str, kind: str) -> dict[str, Any]:
        """The schema itself, for a message about it."""
        path = self._path(group, version, kind)
        return dict(json.loads(path.read_bytes())) if path else {}

    def is_core(self, group: str) -> bool:
        """Whether Kubernetes itself serves the group, so that a kind without a schema does not exist."""
        return (self._core / (group or "core")).is_dir()

    def served(self, group: str, kind: str) -> list[str]:
        """The versions that are known of a kind."""
        found = [path.stem for base in self._bases(group) for path in base.glob(f"{kind.lower()}_*.json")]
        return sorted(stem.rpartition("_")[2] for stem in found)

    def kinds(self, group: str) -> list[str]:
        """The kinds that are known of a group."""
        return sorted(name.rpartition("/")[2] for name in self.scopes if name.rpartition("/")[0] == group)

    @cached_property
    def scopes(self) -> dict[str, str]:
        """`Cluster` or `Namespaced` for each `group/Kind`."""
        index = json.loads((self.folder / "INDEX.json").read_bytes())
        return {name: entry["scope"] for name, entry in index.items()}

    def is_cluster_scoped(self, group: str, kind: str) -> bool | None:
        """Whether a kind belongs to no namespace; None if nothing is known about it."""
        scope = self.scopes.get(f"{group}/{kind}")
        return None if scope is None else scope == "Cluster"

    def _bases(self, group: str) -> tuple[Path, Path]:
        return self._core / (group or "core"), self.folder / "crds" / (group or "core")

    def _path(self, group: str, version: str, kind: str) -> Path | None:
        if "/" in group or "/" in kind or ".." in group:
            return None
        name = f"{kind.lower()}_{version}.json"
        return next((base / name for base in self._bases(group) if (base / name).is_file()), None)

    def _compile(self, group: str, version: str, kind: str) -> Draft202012Validator | None:
        from jsonschema_rs import Draft202012Validator

        path = self._path(group, version, kind)
        return Draft202012Validator(path.read_text("utf-8")) if path else None


@cache
def installed() -> Path:
    """The folder of schemas: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "schemas", package.parents[1] / "schemas"):
        if (folder / "INDEX.json").is_file():
            return folder
    raise Unfinished(f"{package / 'schemas'}: the schemas are missing; install clusterwright again")


def versions(folder: Path) -> list[str]:
    """The versions of Kubernetes for which there are schemas."""
    return [path.name.removeprefix("v") for path in (folder / "kubernetes").glob("v*")]
