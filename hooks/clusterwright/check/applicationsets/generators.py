"""Generators: the parameters that each of them gives, as far as that can be known offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.applicationsets.git import Params, git
from clusterwright.check.applicationsets.library import from_yaml
from clusterwright.check.applicationsets.values import Refused, Unknown, as_json, flat, from_json, go_text, merged
from clusterwright.check.model import mapping, sequence, text

if TYPE_CHECKING:
    from clusterwright.check.applicationsets.templates import Engine
    from clusterwright.check.repository import Repository

_MOST = 5000
KINDS = (
    "list", "git", "matrix", "merge", "clusters", "scmProvider", "pullRequest", "clusterDecisionResource", "plugin",
)  # fmt: skip
NEEDS_CLUSTER = {
    "clusters": "cluster generator",
    "scmProvider": "SCM provider generator",
    "pullRequest": "pull request generator",
    "clusterDecisionResource": "cluster decision resource generator",
    "plugin": "plugin generator",
}


class Generators(NamedTuple):
    """Expands generators over a repository."""

    repository: Repository
    engine: Engine

    def params(self, generator: dict[str, Any], given: Params | None = None) -> list[Params]:
        """What a generator gives.

        Args:
            generator: with its kind as the key.
            given: parameters of a matrix' first generator, which the second may use.

        Raises:
            Refused: Argo CD would refuse it too.
            Unknown: it depends on something that is not in the repository.
        """
        kind = next((one for one in KINDS if generator.get(one) is not None), "")
        if not kind:
            raise Refused(f"the generator is of no kind that Argo CD knows: use one of {', '.join(KINDS)}")
        if kind in NEEDS_CLUSTER:
            raise Unknown(NEEDS_CLUSTER[kind])
        spec = mapping(generator, kind)
        if given and kind not in {"matrix", "merge"}:
            spec = self.engine.deep(spec, given)
        found = self._of(kind, spec, given)
        selector = mapping(generator, "selector")
        return [one for one in found if _selected(selector, flat(one))] if selector else found

    def _of(self, kind: str, spec: dict[str, Any], given: Params | None) -> list[Params]:
        if kind == "list":
            return self._list(spec)
        if kind == "git":
            return git(self.repository, spec, self.engine)
        inner = [one for one in sequence(spec, "generators") if isinstance(one, dict)]
        if len(inner) < 2 or (kind == "matrix" and len(inner) > 2):
            raise Refused(f"a {kind} generator needs {'exactly' if kind == 'matrix' else 'at least'} two generators")
        if kind == "merge":
            return self._merge(
                [self.params(one, given) for one in inner],
                [key for key in sequence(spec, "mergeKeys") if isinstance(key, str)],
            )
        return self._matrix(inner[0], inner[1], given)

    def _matrix(self, first: dict[str, Any], second: dict[str, Any], given: Params | None) -> list[Params]:
        found: list[Params] = []
        for one in self.params(first, given):
            found += [self._both(one, other) for other in self.params(second, (given or {}) | one)]
            if len(found) > _MOST:
                raise Unknown(f"matrix generator of more than {_MOST} combinations")
        return found

    def _list(self, spec: dict[str, Any]) -> list[Params]:
        elements = [from_json(one) for one in sequence(spec, "elements") if isinstance(one, dict)]
        if text(spec, "elementsYaml"):
            more = from_yaml(text(spec, "elementsYaml"))
            elements += [one for one in more if isinstance(one, dict)] if isinstance(more, list) else []
        return elements if self.engine.go else [_texts(one) for one in elements]

    def _both(self, first: Params, second: Params) -> Params:
        if self.engine.go:
            return merged(second, first)
        for key in first.keys() & second.keys():
            if go_text(first[key]) != go_text(second[key]):
                raise Refused(f"both generators of the matrix give {key}, with different values")
        return {key: go_text(value) for key, value in (first | second).items()}

    def _merge(self, sets: list[list[Params]], keys: list[str]) -> list[Params]:
        if not keys:
            raise Refused("a merge generator needs mergeKeys")
        base, *others = [_by_key(one, keys) for one in sets]
        for other in others:
            for key in base.keys() & other.keys():
                base[key] = merged(base[key], other[key]) if self.engine.go else base[key] | other[key]
        return list(base.values())


def _by_key(params: list[Params], keys: list[str]) -> dict[str, Params]:
    found: dict[str, Params] = {}
    for one in params:
        key = as_json({name: one.get(name) for name in keys})
        if key in found:
            raise Refused(f"two sets of parameters have the same merge keys, {key}")
        found[key] = one
    return found


def _texts(element: dict[str, Any]) -> Params:
    """A list's element as fasttemplate takes it: texts only, `values` with a dot."""
    found: Params = {}
    for key, value in element.items():
        if key == "values" and isinstance(value, dict):
            found |= {f"values.{name}": one for name, one in value.items()}
        else:
            found[key] = value
    wrong = next((key for key, value in found.items() if not isinstance(value, str)), None)
    if wrong is not None:
        raise Refused(f"without goTemplate, {wrong} must be text: quote it, or set goTemplate: true")
    return found


def _selected(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether the parameters have what a label selector asks for."""
    if any(labels.get(key) != value for key, value in mapping(selector, "matchLabels").items()):
        return False
    return all(_expressed(one, labels) for one in sequence(selector, "matchExpressions"))


def _expressed(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    key, values = text(expression, "key"), sequence(expression, "values")
    match text(expression, "operator"):
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
    return key not in labels
