"""Rules on rights: who may do more than before."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.projects import project
from clusterwright.review.comparison import PROJECT
from clusterwright.review.fields import leaves
from clusterwright.review.rule import Rule, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterwright.check.projects import Kind
    from clusterwright.review.comparison import Comparison
    from clusterwright.review.pairs import Pair

_GROUP = "rbac.authorization.k8s.io"
_ROLES = ((_GROUP, "Role"), (_GROUP, "ClusterRole"))
_BINDINGS = ((_GROUP, "RoleBinding"), (_GROUP, "ClusterRoleBinding"))
_MOST = 3


def project_widened(comparison: Comparison) -> Iterator[Signal]:
    """Each project that permits more than before."""
    for pair in comparison.changed(PROJECT):
        if not pair.old or not pair.new:
            continue
        old, new = project(pair.old), project(pair.new)
        parts = (
            ("repositories", old.repositories, new.repositories),
            ("destinations", map(_place, old.destinations), map(_place, new.destinations)),
            ("homes of Applications", old.namespaces, new.namespaces),
            ("cluster-scoped kinds", _kinds(old.cluster_allowed), _kinds(new.cluster_allowed)),
            ("policies", _policies(pair.before), _policies(pair.after)),
        )
        for what, before, after in parts:
            more = sorted({*after} - {*before})
            if more:
                yield Signal(pair, f"permits more {what}: {_few(more)}")
        yield from _less_denied(pair)


def _less_denied(pair: Pair) -> Iterator[Signal]:
    """What a project does not deny, or not limit, any more."""
    if pair.old is None or pair.new is None:
        return
    old, new = project(pair.old), project(pair.new)
    for before, after in (
        (old.cluster_denied, new.cluster_denied),
        (old.namespaced_denied, new.namespaced_denied),
    ):
        less = sorted({*_kinds(before)} - {*_kinds(after)})
        if less:
            yield Signal(pair, f"does not deny any more: {_few(less)}")
    if old.namespaced_allowed is not None:
        more = sorted({*_kinds(new.namespaced_allowed)} - {*_kinds(old.namespaced_allowed)})
        if new.namespaced_allowed is None or more:
            yield Signal(pair, f"permits more namespaced kinds: {_few(more) or 'all of them'}")


def rbac_widened(comparison: Comparison) -> Iterator[Signal]:
    """Each role that allows more, and each binding that gives a role to more."""
    for pair in (*comparison.changed(*_ROLES), *comparison.added(*_ROLES)):
        more = _grants(pair.after) - _grants(pair.before)
        uncovered = sorted(f"{verb} {what}" for verb, what in more if not _covered((verb, what), _grants(pair.before)))
        wild = [one for one in uncovered if "*" in one]
        if pair.action == "changed" and uncovered:
            yield Signal(pair, f"allows more: {_few(wild or uncovered)}")
        elif wild:
            yield Signal(pair, f"is new and allows {_few(wild)}")
    for pair in (*comparison.changed(*_BINDINGS), *comparison.added(*_BINDINGS)):
        yield from _bound(pair)


def argo_cd_widened(comparison: Comparison) -> Iterator[Signal]:
    """Each line of Argo CD's own policy that comes, and each other default role."""
    for pair in comparison.changed():
        for field in (leaf for one in pair.fields for leaf in leaves(one)):
            if field.path[-1] == "policy.csv":
                old, new = (_lines(one) for one in (field.before, field.after))
                more = sorted(new - old)
                if more:
                    yield Signal(pair, f"Argo CD's policy allows more: {_few(more)}")
            elif field.path[-1] == "policy.default" and field.after:
                yield Signal(pair, f"Argo CD gives everybody who signs in {field.after}")


def _bound(pair: Pair) -> Iterator[Signal]:
    role = text(pair.after, "roleRef", "name")
    before, after = (_subjects(one) for one in (pair.before, pair.after))
    if pair.action == "added":
        if role == "cluster-admin":
            yield Signal(pair, f"is new and makes {_few(sorted(after))} an administrator of everything")
        return
    if after - before:
        yield Signal(pair, f"gives {role} to {_few(sorted(after - before))} too")
    old = text(pair.before, "roleRef", "name")
    if old != role:
        yield Signal(pair, f"gives {role} in place of {old}")


def _grants(data: Any) -> set[tuple[str, str]]:  # noqa: ANN401 - any data
    """Every verb on everything that a role names."""
    found: set[tuple[str, str]] = set()
    for rule in sequence(data, "rules"):
        names = [f"/{name}" for name in sequence(rule, "resourceNames")] or [""]
        what = product(sequence(rule, "apiGroups"), sequence(rule, "resources"), names)
        things = [f"{resource}{f'.{group}' if group else ''}{name}" for group, resource, name in what]
        things += [str(url) for url in sequence(rule, "nonResourceURLs")]
        found.update((str(verb), thing) for verb, thing in product(sequence(rule, "verbs"), things))
    return found


def _covered(grant: tuple[str, str], known: set[tuple[str, str]]) -> bool:
    """Whether a wider grant was there before: any verb, or the resource without a name."""
    verb, what = grant
    bare = what.partition("/")[0] if not what.startswith("/") else what
    return any((v, w) in known for v in (verb, "*") for w in (what, bare, "*.*"))


def _subjects(data: Any) -> set[str]:  # noqa: ANN401 - any data
    return {
        " ".join(filter(None, (text(one, "kind"), text(one, "namespace"), text(one, "name"))))
        for one in sequence(data, "subjects")
    }


def _kinds(kinds: tuple[Kind, ...] | None) -> list[str]:
    return [".".join(filter(None, (one.kind, one.group))) + (f"/{one.name}" if one.name else "") for one in kinds or ()]


def _place(destination: tuple[str, str, str]) -> str:
    server, name, namespace = destination
    return f"{namespace or '(any namespace)'} in {name or server}"


def _policies(data: Any) -> list[str]:  # noqa: ANN401 - any data
    return [
        str(line)
        for role in sequence(data, "spec", "roles")
        for line in (*sequence(role, "policies"), *(f"group {one}" for one in sequence(role, "groups")))
        if "deny" not in str(line) and mapping(role)
    ]


def _lines(value: object) -> set[str]:
    lines = {" ".join(line.split()) for line in str(value).splitlines()} if isinstance(value, str) else set()
    return {line for line in lines if line.startswith(("p,", "g,")) and not line.endswith("deny")}


def _few(items: Iterable[str]) -> str:
    every = list(items)
    return ", ".join(every[:_MOST]) + (f" and {len(every) - _MOST} more" if len(every) > _MOST else "")


RULES = (
    Rule("project-widened", "A project permits more", project_widened, "danger"),
    Rule("rbac-widened", "Somebody may do more in Kubernetes", rbac_widened, "danger"),
    Rule("argo-cd-widened", "Somebody may do more in Argo CD", argo_cd_widened, "danger"),
)
