"""The JSON Schemas of Kubernetes' own kinds and of custom resources: found, and compiled when a kind is seen."""

from __future__ import annotations

import os
import sys
from functools import cache, cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from clusterwright.check.definitions import strict
from clusterwright.check.locations import Locations
from clusterwright.errors import UserError
from clusterwright.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jsonschema_rs import Draft202012Validator, Validator

    from clusterwright.check.definitions import Kind, Schema


INDEX = "INDEX.json"
CORE = "core"
"""What the schemas call the group without a name."""
_WORTH_IT = 400
"""From so many bytes of a schema for each instance on, it is told sooner without compiling it that it takes them."""


class Schemas:
    """The schemas for one minor version of Kubernetes.

    Args:
        version: as in `1.35`.
        locations: where else to look for schemas, as `--schema-location` says it.
        definitions: schemas for kinds that are found nowhere.
        folder: where the schemas are; the ones that come with this package by default.

    Raises:
        UserError: there are no schemas for that version, or a location cannot be used.
    """

    def __init__(
        self,
        version: str,
        locations: Sequence[str] = (),
        definitions: Mapping[Kind, Schema] | None = None,
        folder: str = "",
    ) -> None:
        self.version = version
        self.folder = folder or installed()
        self._locations = Locations(locations)
        self._definitions = definitions or {}
        self._core = f"{self.folder}/kubernetes/v{version}"
        self._validators: dict[Kind, Validator | None] = {}
        self._known: dict[Kind, bool] = {}
        self._brought: dict[str, frozenset[tuple[str, str]]] = {}
        if not os.path.isdir(self._core):
            known = ", ".join(sorted(versions(self.folder), key=lambda one: int(one.partition(".")[2])))
            raise UserError(f"Kubernetes {version}: no schemas for it; there are {known}")

    def validator(self, group: str, version: str, kind: str) -> Validator | None:
        """The compiled schema of a kind; None if nothing is known about it."""
        key = (group, version, kind)
        if key not in self._validators:
            self._validators[key] = self._compile(*key)
        return self._validators[key]

    def takes(self, kind: Kind, instances: Sequence[object]) -> bool:
        """Whether the schema of a kind surely takes these instances: nothing needs to be compiled to know that."""
        path = self._path(*kind)
        if not path.startswith(f"{self.folder}/") or os.path.getsize(path) < _WORTH_IT * len(instances):
            return False
        from clusterwright.check.accepting import takes

        return takes(self.schema(*kind), instances)

    def is_known(self, kind: Kind) -> bool:
        """Whether there is a schema for a kind."""
        if kind not in self._known:
            self._known[kind] = bool(self._path(*kind)) or self.validator(*kind) is not None
        return self._known[kind]

    def schema(self, group: str, version: str, kind: str) -> dict[str, Any]:
        """The schema itself, for a message about it."""
        import json

        path = self._path(group, version, kind)
        own = self._definitions.get((group, version, kind))
        return dict(json.loads(content(path))) if path else strict(own) if own else {}

    def is_core(self, group: str) -> bool:
        """Whether the group is Kubernetes' own, so that a kind without a schema does not exist in this version.

        Groups of custom resources have a dot in their name; Kubernetes' own may have one.
        """
        return "." not in group or os.path.isdir(f"{self._core}/{group}")

    def served(self, group: str, kind: str) -> list[str]:
        """The versions that are known of a kind, the one to use first."""
        return sorted(self._kinds.get(f"{group or CORE}/{kind}", {}).get("served", []), key=_stability)

    def kinds(self, group: str) -> list[str]:
        """The kinds that are known of a group."""
        names = (name.split("/", 1) for name in self._kinds)
        return sorted(kind for of, kind in names if of == (group or CORE))

    def brought_by(self, component: str) -> frozenset[tuple[str, str]]:
        """The group and kind of each custom resource that a component of the catalogue defines."""
        if component not in self._brought:
            names = [name.split("/", 1) for name in self._index["crds"].get(component, {}).get("kinds", {})]
            self._brought[component] = frozenset((group, kind) for group, kind in names)
        return self._brought[component]

    def is_cluster_scoped(self, group: str, kind: str) -> bool | None:
        """Whether a kind belongs to no namespace; None if nothing is known about it."""
        entry = self._kinds.get(f"{group or CORE}/{kind}")
        return None if entry is None else entry["scope"] == "Cluster"

    @cached_property
    def _kinds(self) -> dict[str, dict[str, Any]]:
        """What the index says of each `group/Kind`, for this version of Kubernetes."""
        index = self._index
        kinds: dict[str, dict[str, Any]] = {}
        for source in (*index["crds"].values(), index["kubernetes"][f"v{self.version}"]):
            kinds.update(source["kinds"])
        return kinds

    @cached_property
    def _index(self) -> dict[str, dict[str, Any]]:
        import json

        return dict(json.loads(content(f"{self.folder}/{INDEX}")))

    def _path(self, group: str, version: str, kind: str) -> str:
        """Where a kind's schema is; empty if there is none."""
        if "/" in group or "/" in kind or "/" in version or ".." in group:
            return ""
        name = f"{group or CORE}/{kind.lower()}_{version}.json"
        ours = [f"{base}/{name}" for base in (self._core, f"{self.folder}/crds")]
        paths = self._locations.paths(group, version, kind, self.version, ours)
        return next(filter(os.path.isfile, paths), "")

    def _compile(self, group: str, version: str, kind: str) -> Validator | None:
        path = self._path(group, version, kind)
        if not path:
            return self._defined((group, version, kind))
        if path.startswith(f"{self.folder}/"):
            return compiler()(content(path))
        compiler()  # imports the engine
        from jsonschema_rs import validator_for

        try:
            return validator_for(content(path), retriever=_nowhere)
        except (ValueError, OSError) as error:
            raise UserError(
                f"--schema-location: {path}: cannot be used: {' '.join(str(error).split())[:200]}"
            ) from error

    def _defined(self, kind: Kind) -> Validator | None:
        """What the repository's own definition says; None if it has none, or one that the engine cannot read."""
        if kind not in self._definitions:
            return None
        try:
            return compiler()(strict(self._definitions[kind]))
        except ValueError:
            return None


def _nowhere(reference: str) -> NoReturn:
    raise ValueError(f"it refers to {reference}, and a check reads no URLs: use a catalogue of standalone schemas")


@cache
def compiler() -> type[Draft202012Validator]:
    """What compiles a schema.

    Its module would import `email.utils` to read the date on which it was built, and with it sockets, random numbers
    and calendars: 20 ms of a check of 150, for a date that nobody reads. So that module is stood in for meanwhile.
    """
    name = "email.utils"
    stands_in = name not in sys.modules
    if stands_in:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__dict__["parsedate_to_datetime"] = str
    try:
        from jsonschema_rs import Draft202012Validator
    finally:
        if stands_in:
            del sys.modules[name]
    return Draft202012Validator


def content(path: str) -> str:
    """What a file says."""
    with open(path, encoding="utf-8") as file:
        return file.read()


@cache
def installed() -> str:
    """The folder of schemas: inside the wheel, or at the top of a checkout."""
    return shipped("schemas", INDEX, "schemas")


def _stability(version: str) -> tuple[bool, bool, str]:
    """Sorts stable versions before beta, and beta before alpha."""
    return "alpha" in version, "beta" in version, version


def versions(folder: str) -> list[str]:
    """The versions of Kubernetes for which there are schemas."""
    return [name.removeprefix("v") for name in os.listdir(f"{folder}/kubernetes") if name.startswith("v")]
