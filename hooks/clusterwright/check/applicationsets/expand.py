"""Expands an ApplicationSet: its Applications, what Argo CD would refuse, and what can't be known offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.applicationsets.generators import KINDS, Generators
from clusterwright.check.applicationsets.library import from_yaml
from clusterwright.check.applicationsets.templates import Engine, NotRendered
from clusterwright.check.applicationsets.values import NO_VALUE, Refused, Unknown, merged, to_json
from clusterwright.check.argocd import application
from clusterwright.check.model import Resource, mapping, sequence, text
from clusterwright.records import dataclass, replace

if TYPE_CHECKING:
    from clusterwright.check.argocd import Application
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_TEMPLATE = ("spec", "template")
_DECISIVE = (
    ("metadata", "name"), ("metadata", "namespace"), ("spec", "project"), ("spec", "destination", "server"),
    ("spec", "destination", "name"), ("spec", "destination", "namespace"), ("spec", "source", "repoURL"),
    ("spec", "source", "path"), ("spec", "source", "chart"), ("spec", "source", "targetRevision"),
)  # fmt: skip
"""What Argo CD itself reads of an Application, and where a leftover of a template is a fault."""


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """What becomes of an ApplicationSet.

    Attributes:
        resource: the ApplicationSet.
        applications: those that its template makes, placed at the template.
        refused: what Argo CD would refuse, with its place.
        unknown: what can't be known offline, with its place.
        empty: the places of generators that give nothing.
    """

    resource: Resource
    applications: tuple[Application, ...]
    refused: tuple[tuple[Where, str], ...]
    unknown: tuple[tuple[Where, str], ...]
    empty: tuple[Where, ...]


def expand(repository: Repository, resource: Resource) -> Expansion:
    """Expands one ApplicationSet over the repository; it never raises."""
    spec = mapping(resource.data, "spec")
    options = sequence(spec, "goTemplateOptions")
    engine = Engine(go=spec.get("goTemplate") is True, strict="missingkey=error" in options)
    generators = Generators(repository, engine)
    made: list[dict[str, Any]] = []
    refused: list[tuple[Where, str]] = []
    unknown: list[tuple[Where, str]] = []
    empty: list[Where] = []
    for index, generator in enumerate(sequence(spec, "generators")):
        where: Where = ("spec", "generators", index)
        try:
            params = generators.params(generator if isinstance(generator, dict) else {})
            empty += [] if params else [where]
            template = _template(spec, mapping(generator))
            made += [_application(engine, spec, template, one) for one in params]
        except (Refused, NotRendered, Unknown) as error:
            known = error.refused if isinstance(error, NotRendered) else isinstance(error, Refused)
            place = error.where if isinstance(error, NotRendered) and error.where[:1] == ("spec",) else where
            (refused if known else unknown).append((place, str(error)))
    return Expansion(
        resource=resource,
        applications=tuple(_placed(resource, one) for one in made),
        refused=tuple(refused),
        unknown=tuple(unknown),
        empty=tuple(empty),
    )


def _template(spec: dict[str, Any], generator: dict[str, Any]) -> dict[str, Any]:
    """The template: what a generator's own says goes before that of the ApplicationSet."""
    own = next((mapping(generator, kind, "template") for kind in KINDS if generator.get(kind) is not None), {})
    return merged(mapping(spec, "template"), own)


def _application(
    engine: Engine, spec: dict[str, Any], template: dict[str, Any], params: dict[str, Any]
) -> dict[str, Any]:
    rendered: dict[str, Any] = engine.deep(template, params, _TEMPLATE) if params else template
    patch = text(spec, "templatePatch")
    if not patch:
        return _complete(rendered)
    try:
        patch = engine.text(patch, params)
        data = to_json(from_yaml(patch))
    except (Refused, Unknown) as error:
        raise NotRendered(("spec", "templatePatch"), str(error), refused=isinstance(error, Refused)) from error
    return _complete(_patched(rendered, data if isinstance(data, dict) else {}))


def _complete(data: dict[str, Any]) -> dict[str, Any]:
    """An Application without a gap in what decides where it goes; raises NotRendered for one with a gap."""
    if not text(data, "metadata", "name"):
        raise NotRendered(
            (*_TEMPLATE, "metadata"), "an Application would have no name: set metadata.name", refused=True
        )
    for keys in _DECISIVE:
        value = text(data, *keys)
        if "{{" in value or NO_VALUE in value:
            message = f"{'.'.join(keys)} becomes {value!r}: a generator must give what is missing"
            raise NotRendered((*_TEMPLATE, *keys), message, refused=True)
    return data


def _patched(data: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """The data with a merge patch: null removes a key."""
    out = dict(data)
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        elif isinstance(value, dict):
            out[key] = _patched(mapping(out, key), value)
        else:
            out[key] = value
    return out


def _placed(resource: Resource, data: dict[str, Any]) -> Application:
    """An Application of the template's, in the ApplicationSet's namespace."""
    metadata = {"namespace": resource.namespace, **mapping(data, "metadata")}
    manifest = {**data, "apiVersion": resource.api_version, "kind": "Application", "metadata": metadata}
    made = Resource(resource.document, manifest, resource.at(*_TEMPLATE))
    return replace(application(made), maker=resource)
