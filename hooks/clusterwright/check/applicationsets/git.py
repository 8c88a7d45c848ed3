"""The git generator, over the repository that is being checked."""

from __future__ import annotations

import fnmatch
import json
import posixpath
from typing import TYPE_CHECKING, Any

from clusterwright.check.applicationsets.library import sanitized
from clusterwright.check.applicationsets.values import Refused, Unknown, flat, from_json
from clusterwright.check.globs import compiled
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.urls import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.applicationsets.templates import Engine
    from clusterwright.check.repository import Repository

Params = dict[str, Any]


def git(repository: Repository, spec: dict[str, Any], engine: Engine) -> list[Params]:
    """What the generator gives: one for each folder, or for each object in each file.

    Raises:
        Unknown: it reads another repository, or this one at another revision.
        Refused: a file can't be read as parameters.
    """
    url, revision = text(spec, "repoURL"), text(spec, "revision")
    if not url or identity(url) != repository.own_url:
        raise Unknown("git generator over another repository")
    if repository.settings.branch and revision not in {"", "HEAD", repository.settings.branch}:
        raise Unknown("git generator at another revision")
    prefix = text(spec, "pathParamPrefix")
    found: list[Params] = []
    if sequence(spec, "directories"):
        found = [_located(path, "", prefix, engine, {}) for path in _folders(repository, spec)]
    else:
        for path in _files(repository, spec):
            found += [
                _located(posixpath.dirname(path) or ".", path, prefix, engine, one)
                for one in _objects(repository, path)
            ]
    return [with_values(one, mapping(spec, "values"), engine) for one in found]


def with_values(params: Params, values: dict[str, Any], engine: Engine) -> Params:
    """The parameters with the generator's own `values`, which may use them."""
    if not values:
        return params
    rendered = {key: engine.text(str(value), params) for key, value in values.items()}
    return params | ({"values": rendered} if engine.go else {f"values.{key}": one for key, one in rendered.items()})


def _folders(repository: Repository, spec: dict[str, Any]) -> Iterator[str]:
    chosen, refused = _patterns(spec, "directories")
    for folder in sorted(repository.folders):
        hidden = any(part.startswith(".") for part in folder.split("/"))
        if (
            not hidden
            and any(_matches(one, folder) for one in chosen)
            and not any(_matches(one, folder) for one in refused)
        ):
            yield folder


def _files(repository: Repository, spec: dict[str, Any]) -> Iterator[str]:
    """The files that git's own patterns name: there, `*` crosses folders, and a folder stands for all in it."""
    chosen, refused = _patterns(spec, "files")
    for path in repository.sorted_paths:
        if any(_lists(one, path) for one in chosen) and not any(_lists(one, path) for one in refused):
            yield path


def _patterns(spec: dict[str, Any], key: str) -> tuple[list[str], list[str]]:
    entries = [(text(one, "path"), mapping(one).get("exclude") is True) for one in sequence(spec, key)]
    return [path for path, exclude in entries if not exclude], [path for path, exclude in entries if exclude]


def _matches(pattern: str, folder: str) -> bool:
    """As Go's path.Match, to which `**` is no more than `*`."""
    return compiled(pattern.replace("**", "*").rstrip("/"), "/").fullmatch(folder) is not None


def _lists(pattern: str, path: str) -> bool:
    return fnmatch.fnmatchcase(path, pattern) or path.startswith(f"{pattern.rstrip('/')}/")


def _objects(repository: Repository, path: str) -> list[Params]:
    """The objects in a file: one, or a list of them."""
    data = from_json(_data(repository, path))
    objects = data if isinstance(data, list) else [{} if data is None else data]
    found = [one for one in objects if isinstance(one, dict)]
    if len(found) < len(objects):
        raise Refused(f"{path} holds no object and no list of objects")
    return found


def _data(repository: Repository, path: str) -> object:
    if path.endswith(".json"):
        content = next((one.text for one in repository.files if one.path == path), b"")
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Refused(f"{path} is not JSON") from error
    documents = [one.data for one in repository.documents if one.path == path]
    if not documents and not path.endswith((".yaml", ".yml")):
        raise Unknown("git generator over files that are neither YAML nor JSON")
    return documents[0] if documents else None


def _located(folder: str, file: str, prefix: str, engine: Engine, data: Params) -> Params:
    """An object's parameters with those that say where it is."""
    about: Params = {
        "path": folder,
        "basename": posixpath.basename(folder),
        "basenameNormalized": sanitized(posixpath.basename(folder)),
    }
    if file:
        name = posixpath.basename(file)
        about |= {"filename": name, "filenameNormalized": sanitized(name)}
    if engine.go:
        about["segments"] = folder.split("/")
        return data | ({prefix: {"path": about}} if prefix else {"path": about})
    key = f"{prefix}.path" if prefix else "path"
    segments = {f"{key}[{index}]": part for index, part in enumerate(folder.split("/")) if part}
    named = {key if name == "path" else f"{key}.{name}": value for name, value in about.items()}
    return flat(data) | named | segments
