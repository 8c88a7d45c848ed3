"""Which paths of a store of secrets this repository writes: its OpenTofu roots, its PushSecrets, its scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.external_secrets import GROUP, stores
from clusterwright.check.hcl_modules import configuration
from clusterwright.check.model import sequence, text
from clusterwright.check.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository

_TYPES = {
    "aws_secretsmanager_secret": ("aws", "name"),
    "aws_ssm_parameter": ("aws", "name"),
    "azurerm_key_vault_secret": ("azurekv", "name"),
    "google_secret_manager_secret": ("gcpsm", "secret_id"),
    "vault_generic_secret": ("vault", "path"),
    "vault_kv_secret": ("vault", "path"),
    "vault_kv_secret_v2": ("vault", "name"),
}
"""The store of a type of resource, and the attribute that names the path."""
_OF_SCRIPTS = ""
_MOST = 5
"""A path of more parts may be any."""
_VARIABLE = re.compile(r"\$\{[^}\"]*\}|\$\w+")
_IN_SCRIPT = re.compile(rb"\"([\w./-]*/[\w./-]*\$[\w./${}-]*)\"")


class Written(NamedTuple):
    """A path that something writes.

    Attributes:
        store: the kind of the store, as External Secrets names providers; empty where that is not told.
        path: as it is written, with its variables, without the engine that holds it.
        form: what has the path, with a group for each variable.
    """

    store: str
    path: str
    form: re.Pattern[str]

    @property
    def is_literal(self) -> bool:
        """Whether nothing in the path is filled in."""
        return not self.form.groups

    @property
    def top(self) -> str:
        """The first part of the path; empty if it is filled in."""
        first = self.path.partition("/")[0]
        return "" if "$" in first else first


@once
def written(repository: Repository) -> tuple[Written, ...]:
    """Every path that is written, with its variables."""
    return (*_by_tofu(repository), *_by_push(repository), *_by_scripts(repository))


def _by_tofu(repository: Repository) -> Iterator[Written]:
    for module in configuration(repository).modules.values():
        for source, block in module.blocks("resource"):
            store, name = _TYPES.get(block.labels[0] if block.labels else "", ("", ""))
            attribute = block.attributes.get(name)
            if attribute:
                value = source.hcl.text[attribute.begin : attribute.end].strip()
                quoted = value.startswith('"') and value.endswith('"') and value.count('"') == 2
                yield _written(store, value[1:-1] if quoted else "${}", mounted=name == "path")


def _by_push(repository: Repository) -> Iterator[Written]:
    for resource in repository.by_kind.get((GROUP, "PushSecret"), []):
        for store in stores(repository, resource, "spec"):
            for one in sequence(resource.data, "spec", "data"):
                yield _written(store, text(one, "match", "remoteRef", "remoteKey"))


def _by_scripts(repository: Repository) -> Iterator[Written]:
    """What a script puts together: it may be a path."""
    for file in repository.files:
        if file.path.endswith(".sh"):
            for match in _IN_SCRIPT.finditer(file.text):
                yield _written(_OF_SCRIPTS, match[1].decode("ascii"), mounted=True)


def _written(store: str, path: str, *, mounted: bool = False) -> Written:
    """The path that something writes; one that is mounted begins with its engine, which readers leave out."""
    bare = path.strip("/")
    if mounted and "/" in bare:
        bare = bare.partition("/")[2].removeprefix("data/")
    fixed = [re.escape(part) for part in _VARIABLE.split(bare)]
    if len(fixed) > _MOST:
        return _written(store, "${}")
    return Written(store, bare, re.compile(rf"(?:.*/)?{'(.+)'.join(fixed)}"))


@once
def _said(repository: Repository) -> bytes:
    """What is said in scripts, in code and in tables."""
    return b"\n".join(file.text for file in repository.files if file.scalars is None and not file.path.endswith(".md"))


@once
def is_said(repository: Repository, word: str) -> bool:
    """Whether a word, which may be a path, stands in a script, in code or in a table."""
    said, sought = _said(repository), word.encode()
    # To find bytes is many times quicker than to match a pattern that looks at what is before them.
    begin = said.find(sought)
    whole = re.compile(rb"(?<![\w-])" + re.escape(sought) + rb"(?![\w-])")
    return begin >= 0 and whole.search(said, begin) is not None
