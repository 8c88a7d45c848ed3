"""An Argo CD project, and what it permits: the rules of Argo CD itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusterwright.check.globs import denies, matches, permits
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.urls import normalised

if TYPE_CHECKING:
    from clusterwright.check.model import Resource


@dataclass(frozen=True, slots=True)
class Project:
    """An AppProject."""

    resource: Resource

    @property
    def name(self) -> str:
        """The project's name."""
        return self.resource.name

    def permits_repository(self, url: str) -> bool:
        """Whether a source may be this repository: a deny wins, whatever else matches."""
        allowed = False
        for pattern in filter(_is_text, self._list("sourceRepos")):
            bare = normalised(pattern.removeprefix("!"))
            if permits(f"!{bare}" if denies(pattern) else bare, normalised(url), "/"):
                allowed = True
            elif denies(pattern):
                return False
        return allowed

    def permits_destination(self, server: str, name: str, namespace: str) -> bool:
        """Whether an Application may go to a cluster (known by server, name or both) and namespace."""
        allowed = False
        for item in self._list("destinations"):
            of_name, of_server, of_namespace = (text(item, key) for key in ("name", "server", "namespace"))
            name_fits = bool(name) and permits(of_name, name)
            server_fits = bool(server) and permits(of_server, server)
            namespace_fits = permits(of_namespace, namespace)
            refused = namespace_fits and (_refuses(of_name, name_fits) or _refuses(of_server, server_fits))
            if (server_fits or name_fits) and namespace_fits:
                allowed = True
            elif refused or (server_fits and _refuses(of_namespace, namespace_fits)):
                return False
        return allowed

    def permits_kind(self, resource: Resource, *, cluster: bool) -> bool:
        """Whether a resource's kind may be applied: cluster-scoped ones must be listed, others must not be denied."""
        scope = "cluster" if cluster else "namespace"
        spec = mapping(self.resource.data, "spec")
        allowed, denied = f"{scope}ResourceWhitelist", f"{scope}ResourceBlacklist"
        if spec.get(allowed) is None:
            listed = not cluster
        else:
            listed = any(_names(item, resource) for item in sequence(spec, allowed))
        return listed and not any(_names(item, resource) for item in sequence(spec, denied))

    def permits_home(self, namespace: str) -> bool:
        """Whether an Application of this project may live in a namespace."""
        if not namespace or namespace == (self.resource.namespace or namespace):
            return True
        return any(matches(pattern, namespace) for pattern in filter(_is_text, self._list("sourceNamespaces")))

    def _list(self, key: str) -> list[Any]:
        return sequence(self.resource.data, "spec", key)


def _names(item: object, resource: Resource) -> bool:
    """Whether an entry of a list of kinds means a resource."""
    name = text(item, "name")
    named = not name or matches(name, resource.name)
    return matches(text(item, "group"), resource.group) and matches(text(item, "kind"), resource.kind) and named


def _refuses(pattern: str, fits: bool) -> bool:  # noqa: FBT001 - private, and its name says it
    return denies(pattern) and not fits


def _is_text(value: object) -> bool:
    return isinstance(value, str)
