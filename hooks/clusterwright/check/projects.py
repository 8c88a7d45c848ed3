"""An Argo CD project, and what it permits: the rules of Argo CD itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.argocd import IN_CLUSTER
from clusterwright.check.globs import denies, matches, permits
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.urls import normalised
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from clusterwright.check.model import Resource


class Destination(NamedTuple):
    """An entry of a project's `destinations`."""

    server: str
    name: str
    namespace: str

    @property
    def denies(self) -> bool:
        """Whether a part of it forbids what it names."""
        return any(map(denies, self))


class Kind(NamedTuple):
    """An entry of a project's lists of kinds; without a name it means every one."""

    group: str
    kind: str
    name: str

    def means(self, resource: Resource) -> bool:
        """Whether a resource is of this kind."""
        of_kind = matches(self.group, resource.group) and matches(self.kind, resource.kind)
        return of_kind and (not self.name or matches(self.name, resource.name))


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """An AppProject. A list of kinds is None where the project does not give it.

    `exact` has a cluster and a namespace of each destination that denies nothing, as they are written; the others are
    in `denying`. A fleet's project names hundreds, and is asked about thousands.
    """

    resource: Resource
    repositories: tuple[str, ...]
    destinations: tuple[Destination, ...]
    exact: frozenset[tuple[str, str]]
    denying: tuple[Destination, ...]
    namespaces: tuple[str, ...]
    cluster_allowed: tuple[Kind, ...] | None
    cluster_denied: tuple[Kind, ...] | None
    namespaced_allowed: tuple[Kind, ...] | None
    namespaced_denied: tuple[Kind, ...] | None

    @property
    def name(self) -> str:
        """The project's name."""
        return self.resource.name

    def permits_repository(self, url: str) -> bool:
        """Whether a source may be this repository: a deny wins, whatever else matches."""
        allowed = False
        for pattern in self.repositories:
            if permits(pattern, normalised(url), "/"):
                allowed = True
            elif denies(pattern):
                return False
        return allowed

    def permits_destination(self, server: str, name: str, namespace: str) -> bool:
        """Whether an Application may go to a cluster and namespace; what is empty of the cluster is not known here.

        Argo CD itself knows both, and permits what fits either.
        """
        known = {(one, within) for one in (server, name) if one for within in (namespace, "*")}
        allowed = not known.isdisjoint(self.exact)
        for item in self.denying if allowed else self.destinations:
            name_fits = permits(item.name, name) if name else _may_fit(item.name)
            server_fits = permits(item.server, server) if server else _may_fit(item.server)
            namespace_fits = permits(item.namespace, namespace)
            refused = namespace_fits and (_refuses(item.name, name_fits) or _refuses(item.server, server_fits))
            if (server_fits or name_fits) and namespace_fits:
                allowed = True
            elif refused or (server_fits and _refuses(item.namespace, namespace_fits)):
                return False
        return allowed

    def permits_kind(self, resource: Resource, *, cluster: bool) -> bool:
        """Whether a resource's kind may be applied: cluster-scoped ones must be listed, others must not be denied."""
        allowed = self.cluster_allowed if cluster else self.namespaced_allowed
        denied = self.cluster_denied if cluster else self.namespaced_denied
        listed = not cluster if allowed is None else any(kind.means(resource) for kind in allowed)
        return listed and not any(kind.means(resource) for kind in denied or ())

    def permits_home(self, namespace: str) -> bool:
        """Whether an Application of this project may live in a namespace: the project's own, or one that it lists."""
        if not namespace or namespace == (self.resource.namespace or namespace):
            return True
        return any(matches(pattern, namespace) for pattern in self.namespaces)


def project(resource: Resource) -> Project:
    """Reads an AppProject."""
    spec = mapping(resource.data, "spec")
    destinations = tuple(
        Destination(text(one, "server"), text(one, "name"), text(one, "namespace"))
        for one in sequence(spec, "destinations")
    )
    return Project(
        resource=resource,
        repositories=tuple(_normalised(one) for one in _texts(spec, "sourceRepos")),
        destinations=destinations,
        exact=frozenset((on, one.namespace) for one in destinations if not one.denies for on in (one.server, one.name)),
        denying=tuple(one for one in destinations if one.denies),
        namespaces=_texts(spec, "sourceNamespaces"),
        cluster_allowed=_kinds(spec, "clusterResourceWhitelist"),
        cluster_denied=_kinds(spec, "clusterResourceBlacklist"),
        namespaced_allowed=_kinds(spec, "namespaceResourceWhitelist"),
        namespaced_denied=_kinds(spec, "namespaceResourceBlacklist"),
    )


def _kinds(spec: dict[str, object], key: str) -> tuple[Kind, ...] | None:
    if spec.get(key) is None:
        return None
    return tuple(Kind(text(one, "group"), text(one, "kind"), text(one, "name")) for one in sequence(spec, key))


def _texts(spec: dict[str, object], key: str) -> tuple[str, ...]:
    return tuple(one for one in sequence(spec, key) if isinstance(one, str))


def _normalised(pattern: str) -> str:
    bare = normalised(pattern.removeprefix("!"))
    return f"!{bare}" if denies(pattern) else bare


def _may_fit(pattern: str) -> bool:
    """Whether a cluster may be meant of which this is not known: any but Argo CD's own."""
    return pattern not in {"", IN_CLUSTER, "in-cluster"}


def _refuses(pattern: str, fits: bool) -> bool:  # noqa: FBT001 - private, and its name says it
    return denies(pattern) and not fits
