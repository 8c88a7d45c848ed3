"""Rules on OpenTofu and Terraform modules: what they are made of, what they are pinned to, where their state is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.hcl_modules import configuration, local_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.hcl import Attribute, Hcl
    from clusterwright.check.hcl_modules import Declared, Module
    from clusterwright.check.model import Problem
    from clusterwright.check.repository import Repository

_CONFIGURATION = (".tf", ".tofu", ".tf.json", ".tofu.json")
_GIT = re.compile(
    r"git::|git@|(?:https?://)?(?:github|gitlab|bitbucket)\.(?:com|org)/|(?:https?|ssh)://[^?]*\.git(?:[/?]|$)"
)
_REGISTRY = re.compile(r"(?:[\w.-]+\.[\w.-]+/)?[\w-]+/[\w-]+/[\w-]+(?://.*)?")
_REF = re.compile(r"[?&]ref=([^&]*)")
_BRANCHES = frozenset(("", "main", "master", "develop", "dev", "trunk", "HEAD"))
_VERSION = re.compile(r"\bversion\s*[=:]")
_BUILT_IN = "terraform"
_PLACES = {
    "s3": ("bucket", "key"),
    "gcs": ("bucket", "prefix"),
    "azurerm": ("storage_account_name", "container_name", "key"),
    "kubernetes": ("secret_suffix",),
    "http": ("address",),
    "consul": ("path",),
    "oss": ("bucket", "key"),
    "cos": ("bucket", "key"),
}
"""What of a backend names the state; a backend that leaves one of these to the command line is not compared."""
_DETAILS = (
    "endpoint", "endpoints", "namespace", "config_context", "config_path", "host", "workspace_key_prefix", "prefix",
    "resource_group_name", "address", "region",
)  # fmt: skip
"""What may tell apart two backends that name their states alike."""


def sources(repository: Repository) -> Iterator[Problem]:
    """Each call of a module in this repository that is not there."""
    found = configuration(repository)
    for module, call in _calls(repository):
        target = local_source(module, call)
        if not target or target.startswith("..") or target in found.modules:
            continue
        here = repository.by_folder.get(target, [])
        if module.is_piece or (
            target in repository.folders and (not here or any(path.endswith(_CONFIGURATION) for path in here))
        ):
            continue
        what = "holds no configuration" if target in repository.folders else "does not exist"
        yield _at(call, "source", f"module {_label(call)}: {target} {what}: correct the path")


def pinned(repository: Repository) -> Iterator[Problem]:
    """Each call of a module from elsewhere that names no version of it, or a branch."""
    for _, call in _calls(repository):
        written = call.source.hcl.literal(call.block.attributes.get("source"))
        problem = _unpinned(written, call) if written else ""
        if problem:
            yield _at(call, "source", f"module {_label(call)}: {problem}")


def providers(repository: Repository) -> Iterator[Problem]:
    """Each provider without a version; one that is not required at all only where it is surely nobody's module."""
    called = configuration(repository).called
    for module in configuration(repository).modules.values():
        versioned = {one.block.labels[0] for one in module.blocks("provider") if _versioned(one)}
        required = set()
        for source, block in module.settings("required_providers"):
            for name, attribute in block.attributes.items():
                required.add(name)
                if name not in versioned and not _constrained(source.hcl, attribute):
                    message = f'provider {name} has no version: add `version = "~> X.Y"`'
                    yield source.problem(attribute.start, message)
        if module.folder not in called and not module.broken and (module.backend or module.blocks("provider")):
            yield from _implied(module, required | versioned)


def backends(repository: Repository) -> Iterator[Problem]:
    """Each backend that keeps its state where another folder keeps its own."""
    first: dict[tuple[str, ...], str] = {}
    for folder, module in sorted(configuration(repository).modules.items()):
        state = _state(module.backend) if module.backend else ()
        if module.backend and state and first.setdefault(state, folder) != folder:
            source, block = module.backend
            where = block.attributes.get(_PLACES[state[0]][-1], block)
            message = f"{first[state]} keeps its state in the same place: give each folder a {_PLACES[state[0]][-1]}"
            yield source.problem(where.start, f"{message} of its own")


def _calls(repository: Repository) -> Iterator[tuple[Module, Declared]]:
    for module in configuration(repository).modules.values():
        for call in module.blocks("module"):
            yield module, call


def _label(one: Declared) -> str:
    return ".".join(one.block.labels)


def _at(one: Declared, attribute: str, message: str) -> Problem:
    found = one.block.attributes.get(attribute)
    return one.source.problem(found.start if found else one.block.start, message)


def _unpinned(written: str, call: Declared) -> str:
    """What is wrong with the version of a module from elsewhere; empty if nothing is."""
    if written.startswith((".", "/")):
        return ""
    if _GIT.match(written):
        ref = _REF.search(written)
        if ref is None:
            return "its source names no version: add ?ref= with a tag or a commit"
        return f"ref={ref[1]} is a branch and moves: name a tag or a commit" if ref[1] in _BRANCHES else ""
    if _REGISTRY.fullmatch(written) and "version" not in call.block.attributes:
        return 'it comes from a registry without a version: add `version = "X.Y.Z"`'
    return ""


def _versioned(provider: Declared) -> bool:
    return bool(provider.block.labels) and "version" in provider.block.attributes


def _constrained(hcl: Hcl, attribute: Attribute) -> bool:
    """Whether a required provider names a version: as an object, or as text the way it was written once."""
    if attribute.begin == attribute.end or hcl.literal(attribute) is not None:
        return True
    return _VERSION.search(hcl.code, attribute.begin, attribute.end) is not None


def _implied(module: Module, required: set[str]) -> Iterator[Problem]:
    """The first resource of each provider that is used without being required."""
    for kind in ("resource", "data"):
        for source, block in module.blocks(kind):
            name = block.labels[0].partition("_")[0] if block.labels else _BUILT_IN
            if name not in {*required, _BUILT_IN} and "provider" not in block.attributes:
                required = required | {name}
                yield source.problem(
                    block.start, f"provider {name} is used, but not in required_providers: add it with a version"
                )


def _state(backend: Declared) -> tuple[str, ...]:
    """What names the state of a backend, its type first; nothing where that is not written out in full."""
    source, block = backend
    kind = block.labels[0] if block.labels else ""
    names = [source.hcl.literal(block.attributes.get(name)) for name in _PLACES.get(kind, ())]
    if not names or not all(names) or any("<" in str(name) for name in names):
        return ()
    details = [block.attributes[name] for name in _DETAILS if name in block.attributes]
    return (kind, *map(str, names), *(source.hcl.text[one.start : one.end].replace(" ", "") for one in details))
