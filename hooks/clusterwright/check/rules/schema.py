"""Rules on resources as such: what their schemas allow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clusterwright.check.model import Problem
from clusterwright.check.rules.yaml import templates
from clusterwright.check.suggest import did_you_mean, listed
from clusterwright.check.violations import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import ValidationError, Validator

    from clusterwright.check.definitions import Kind
    from clusterwright.check.model import Resource
    from clusterwright.check.repository import Repository
    from clusterwright.check.schemas import Schemas


_NAMES = (("metadata", "name"), ("metadata", "namespace"))
"""What a kustomization may fill in."""

_HUGE = 4 * 1024 * 1024


def violations(repository: Repository) -> Iterator[Problem]:
    """Each unknown or missing field, and each value that its schema refuses."""
    by_kind: dict[Kind, list[Resource]] = {}
    for resource in (*repository.resources, *repository.patches):
        by_kind.setdefault((resource.group, resource.version, resource.kind), []).append(resource)
    for kind, resources in by_kind.items():
        if not repository.schemas.takes(kind, [one.data for one in resources]):
            yield from _of_kind(repository, kind, resources)


def _of_kind(repository: Repository, kind: Kind, resources: list[Resource]) -> Iterator[Problem]:
    validator = repository.schemas.validator(*kind)
    for resource in resources:
        if validator is None:
            yield from _not_served(resource, repository.schemas)
            continue
        try:
            errors = [] if validator.is_valid(resource.data) else _errors(validator, resource)
        except ValueError as error:
            yield _problem(resource, (), f"cannot be JSON: {error}")
            continue
        if errors:
            is_patch = resource.document.role == "patch"
            renamed = resource.document.path in repository.kustomized
            schema = partial(repository.schemas.schema, resource.group, resource.version, resource.kind)
            closed = [one for one in errors if not _is_open(repository, one.instance)]
            for one in explain(closed, schema, partial=is_patch):
                if not (renamed and one.where in _NAMES):
                    message = f"{resource.kind}: {one.message}"
                    yield Problem(resource.document, resource.at(*one.where), message, one.key, one.fix)


def _errors(validator: Validator, resource: Resource) -> list[ValidationError]:
    """All that a schema refuses; in a huge file only the first, as the engine would keep a gigabyte of errors."""
    if len(resource.document.file.text) <= _HUGE:
        return list(validator.iter_errors(resource.data))
    from jsonschema_rs import ValidationError

    try:
        validator.validate(resource.data)
    except ValidationError as error:
        return [error]
    return []


def _is_open(repository: Repository, value: object) -> bool:
    """Whether a text is yet to be filled in: by Flux, or by somebody of whom the rule on placeholders tells."""
    if not isinstance(value, str) or not ("${" in value or "<" in value):
        return False
    from clusterwright.check.flux import substitutes
    from clusterwright.check.rules.template import TOKEN

    return TOKEN.search(value) is not None or ("${" in value and substitutes(repository))


def missing(repository: Repository) -> Iterator[Problem]:
    """Each resource that no schema could judge."""
    schemas = repository.schemas
    for folder in repository.templates:
        yield Problem(folder, (), "templates of a chart or a role")
    for path in repository.sealed:
        yield Problem(path, (), "encrypted file")
    for one in templates(repository):
        yield one._replace(message="template that Helm or OpenTofu fills in")
    for document in repository.documents:
        if document.role == "encrypted":
            yield Problem(document, ("sops",), f"encrypted {document.data['kind']}", key=True)
    for resource in repository.resources:
        known = schemas.is_known((resource.group, resource.version, resource.kind))
        if not known and not schemas.is_core(resource.group):
            served = listed(schemas.served(resource.group, resource.kind))
            hint = f" (known: {served})" if served else ""
            message = f"no schema for {resource.api_version} {resource.kind}{hint}"
            yield Problem(resource.document, resource.at("kind"), message)


def _not_served(resource: Resource, schemas: Schemas) -> Iterator[Problem]:
    """A kind of Kubernetes' own that the chosen version does not have."""
    if not schemas.is_core(resource.group):
        return
    served = schemas.served(resource.group, resource.kind)
    if served:
        instead = f"{resource.group}/{served[0]}".lstrip("/")
        message = f"Kubernetes {schemas.version} does not serve {resource.api_version}: use {instead}"
        yield _problem(resource, ("apiVersion",), f"{message}, or check with another --kubernetes-version")
    else:
        hint = did_you_mean(resource.kind, schemas.kinds(resource.group)) or "check apiVersion and kind"
        yield _problem(resource, ("kind",), f"{resource.api_version} has no such kind: {hint}")


def _problem(resource: Resource, where: tuple[str | int, ...], message: str) -> Problem:
    return Problem(resource.document, resource.at(*where), f"{resource.kind}: {message}")
