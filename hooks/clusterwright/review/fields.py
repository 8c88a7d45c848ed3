"""What differs between two values, path by path: the order of keys never counts, that of lists only where it may."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str, ...]


class Absent:
    """What is there where a value is not."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Any = Absent()
ORDER = "(order)"
"""The last step of a path where only the order of a list differs."""
_IDENTITIES = (
    ("name",), ("key",), ("chart",), ("ref",), ("repo",), ("dir",), ("id",), ("group", "kind"), ("server", "namespace"),
    ("mountPath",), ("containerPort",), ("port",), ("host",), ("url",), ("uses",), ("path",), ("type",),
)  # fmt: skip
"""What tells the entries of a list apart, the first that an entry has."""
_UNORDERED = frozenset(
    (
        "accessModes", "allowed_repositories", "apiGroups", "clusterResourceBlacklist", "clusterResourceWhitelist",
        "containers", "depends_on", "destinations", "dnsNames", "env", "finalizers", "hostnames", "hosts",
        "imagePullSecrets", "namespaceResourceBlacklist", "namespaceResourceWhitelist", "namespaces",
        "nonResourceURLs", "people", "ports", "projects", "resourceNames", "resources", "rules[]", "sourceNamespaces",
        "sourceRepos", "subjects", "syncOptions", "teams", "tolerations", "verbs", "volumeMounts", "volumes",
        "when_modified",
    )
)  # fmt: skip
"""Lists that mean the same in any order."""


class Field(NamedTuple):
    """A value that differs, and where it is; ABSENT on the side where there is none."""

    path: Path
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The path as people write it."""
        return dotted(self.path)


def dotted(path: Path) -> str:
    """`spec.sources[chart=loki].targetRevision` for the path's steps; a step with a dot in it is quoted."""
    out = ""
    for step in path:
        if step.startswith("["):
            out += step
        else:
            out += f"{'.' if out else ''}{_quoted(step)}"
    return out


def fields(before: Any, after: Any, path: Path = ()) -> Iterator[Field]:  # noqa: ANN401 - any data
    """Every value that differs, as far down as both sides have the same shape."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from fields(before.get(key, ABSENT), after.get(key, ABSENT), (*path, str(key)))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, path)
    elif type(before) is not type(after) or before != after:
        yield Field(path, before, after)


def leaves(field: Field) -> Iterator[Field]:
    """The scalars that a field brings or takes, where it is a whole mapping or list that comes or goes."""
    if field.before is ABSENT or field.after is ABSENT:
        for path, value in _scalars(field.after if field.before is ABSENT else field.before, field.path):
            yield Field(path, *((ABSENT, value) if field.before is ABSENT else (value, ABSENT)))
    else:
        yield field


def walk(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401 - any data
    """Every value inside a value, mappings and lists included, with its path."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*path, str(key)))
    elif isinstance(data, list):
        for step, value in zip(_steps(data), data, strict=True):
            yield from walk(value, (*path, step))


def at(data: Any, path: Path) -> Any:  # noqa: ANN401 - any data
    """The value at the path of a field; ABSENT if there is none."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step, ABSENT)
        elif isinstance(data, list):
            data = dict(zip(_steps(data), data, strict=True)).get(step, ABSENT)
        else:
            return ABSENT
    return data


def _scalars(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401 - any data
    for where, value in walk(data, path):
        if not isinstance(value, dict | list) or not value:
            yield where, value


def _of_lists(before: list[Any], after: list[Any], path: Path) -> Iterator[Field]:
    olds, news = _identities(before), _identities(after)
    if olds is None or news is None:
        yield from _unnamed(before, after, path)
        return
    old, new = dict(zip(olds, before, strict=True)), dict(zip(news, after, strict=True))
    for step in [*old, *(step for step in new if step not in old)]:
        yield from fields(old.get(step, ABSENT), new.get(step, ABSENT), (*path, step))
    yield from _reordered([one for one in olds if one in new], [one for one in news if one in old], path)


def _unnamed(before: list[Any], after: list[Any], path: Path) -> Iterator[Field]:
    """Entries without a name: those that are on both sides are the same, wherever they stand; the rest go in turn."""
    olds, news = [_frozen(one) for one in before], [_frozen(one) for one in after]
    gone, come = Counter(olds) - Counter(news), Counter(news) - Counter(olds)
    old, new = _taken(before, olds, gone), _taken(after, news, come)
    if any(isinstance(one, dict | list) for one in (*old, *new)):
        for index in range(max(len(old), len(new))):
            step = f"[{index}]" if len(old) > 1 or len(new) > 1 else "[]"
            one, other = (each[index] if index < len(each) else ABSENT for each in (old, new))
            yield from fields(one, other, (*path, step))
    else:
        yield from (Field((*path, "[]"), one, ABSENT) for one in old)
        yield from (Field((*path, "[]"), ABSENT, one) for one in new)
    if not old and not new:
        yield from _reordered(before, after, path)


def _reordered(before: list[Any], after: list[Any], path: Path) -> Iterator[Field]:
    name = path[-1] if path else ""
    if before != after and name not in _UNORDERED:
        yield Field((*path, ORDER), before, after)


def _taken(values: list[Any], frozen: list[str], left: Counter[str]) -> list[Any]:
    out = []
    for value, key in zip(values, frozen, strict=True):
        if left[key] > 0:
            left[key] -= 1
            out.append(value)
    return out


def _steps(values: list[Any]) -> list[str]:
    return _identities(values) or [f"[{index}]" for index in range(len(values))]


def _identities(values: list[Any]) -> list[str] | None:
    """A step for each entry by what names it; None if one has no name, or two have the same."""
    found = [_identity(one) for one in values]
    return None if None in found or len(set(found)) != len(found) else [one for one in found if one]


def _identity(value: Any) -> str | None:  # noqa: ANN401 - any data
    if not isinstance(value, dict):
        return None
    for keys in _IDENTITIES:
        if all(isinstance(value.get(key), str | int) for key in keys):
            return "[" + ",".join(f"{key}={_called(key, value[key])}" for key in keys) + "]"
    return None


def _called(key: str, value: str | int) -> str | int:
    """What names an entry: of an action, all but the version that it is pinned to."""
    return str(value).partition("@")[0] if key == "uses" else value


def _frozen(value: Any) -> str:  # noqa: ANN401 - any data
    """Text that is equal for equal values of equal types, whatever the order of their keys."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{_frozen(value[key])}" for key in sorted(value, key=str)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_frozen, value)) + "]"
    return f"{type(value).__name__}:{value!r}"


def _quoted(step: str) -> str:
    return f'"{step}"' if "." in step or " " in step or "/" in step else step
