"""What the roots of infrastructure/ ask of the store, and what a policy of the store permits.

REQUESTS is read off the sources of the provider `vault` at the version that the template pins; everything else is read
off the rendered repository.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.hcl import Block, Hcl, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Rights = dict[str, frozenset[str]]
READ, ASK = frozenset({"read"}), frozenset({"update"})
CHANGE = frozenset({"create", "update", "delete"})
ANYTHING = READ | CHANGE
SIGN_IN = (
    ("sys/auth/{path}", CHANGE | {"sudo"}),
    ("sys/mounts/auth/{path}", READ),
    ("sys/mounts/auth/{path}/tune", READ | ASK),
    ("auth/{path}/config", READ | {"create", "update"}),
)
REQUESTS: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "data.vault_auth_backend": (("sys/auth", READ),),
    "data.vault_identity_group": (("identity/lookup/group", ASK),),
    "data.vault_kv_secret_v2": (("{mount}/data/{name}", READ),),
    "ephemeral.vault_kv_secret_v2": (("{mount}/data/{name}", READ),),
    "vault_auth_backend": SIGN_IN[:-1],
    "vault_identity_entity": (("identity/entity", ANYTHING), ("identity/entity/id/any", ANYTHING)),
    "vault_identity_entity_alias": (
        ("identity/entity-alias", ANYTHING),
        ("identity/entity-alias/id/any", ANYTHING),
        ("identity/lookup/entity", ASK),
    ),
    "vault_identity_group": (("identity/group", ANYTHING), ("identity/group/id/any", ANYTHING)),
    "vault_identity_group_member_entity_ids": (("identity/group/id/any", ANYTHING),),
    "vault_identity_oidc_assignment": (("identity/oidc/assignment/{name}", ANYTHING),),
    "vault_identity_oidc_client": (("identity/oidc/client/{name}", ANYTHING),),
    "vault_identity_oidc_key": (("identity/oidc/key/{name}", ANYTHING),),
    "vault_identity_oidc_key_allowed_client_id": (("identity/oidc/key/{key_name}", ANYTHING),),
    "vault_identity_oidc_provider": (("identity/oidc/provider/{name}", ANYTHING),),
    "vault_identity_oidc_scope": (("identity/oidc/scope/{name}", ANYTHING),),
    "vault_jwt_auth_backend": SIGN_IN,
    "vault_jwt_auth_backend_role": (("auth/{backend}/role/{role_name}", ANYTHING),),
    "vault_kubernetes_auth_backend_config": (("auth/{backend}/config", READ | {"create", "update"}),),
    "vault_kubernetes_auth_backend_role": (("auth/{backend}/role/{role_name}", ANYTHING),),
    "vault_kv_secret_backend_v2": (("{mount}/config", READ | {"create", "update"}),),
    "vault_kv_secret_v2": (("{mount}/data/{name}", ANYTHING),),
    "vault_policy": (("sys/policies/acl/{name}", ANYTHING),),
    "vault_userpass_auth_backend_user": (("auth/{mount}/users/{username}", ANYTHING),),
}
# What the provider takes for an attribute that a resource leaves out.
UNSAID = {"backend": "kubernetes"}
_INTERPOLATION = re.compile(r"\$\{[^}]*\}")
_REFERENCE = re.compile(r"((?:data\.)?vault_\w+\.\w+)(?:\[[^\]]*\])?\.(\w+)")
_RULE = re.compile(r'path "([^"]+)" \{\s*capabilities = \[([^\]]*)\]')


class Asked(NamedTuple):
    """One request of a root.

    Attributes:
        path: In the store; `any` stands for what a state or a variable says.
        rights: What is done there.
        reading: What of it a plan does too.
    """

    path: str
    rights: frozenset[str]
    reading: frozenset[str]


def asked(folder: Path) -> list[Asked]:
    """All that the resources and data sources of a folder ask of the store.

    Raises:
        KeyError: for a kind of resource that REQUESTS does not know.
    """
    found = {name: one for path in sorted(folder.glob("*.tf")) for name, one in _blocks(read(path.read_bytes()))}
    asks: list[Asked] = []
    for name, (file, block) in found.items():
        kind = name.rpartition(".")[0]
        for template, rights in REQUESTS[kind]:
            path = re.sub(r"\{(\w+)\}", lambda one: _value(found, file, block, one[1]), template)  # noqa: B023
            reading = rights if kind.startswith(("data.", "ephemeral.")) else rights & READ
            asks.append(Asked(path, rights, reading))
    return asks


def _blocks(file: Hcl) -> Iterator[tuple[str, tuple[Hcl, Block]]]:
    """The resources and data sources of the store in a file, each by its address."""
    for block in file.body.blocks:
        if block.type in ("resource", "data", "ephemeral") and block.labels[0].startswith("vault_"):
            prefix = "" if block.type == "resource" else f"{block.type}."
            yield f"{prefix}{block.labels[0]}.{block.labels[1]}", (file, block)


def _value(found: dict[str, tuple[Hcl, Block]], file: Hcl, block: Block, name: str) -> str:
    """What an attribute comes to, as far as the files say; a reference is followed."""
    if name not in block.attributes:
        return UNSAID[name]
    attribute = block.attributes[name]
    text = file.text[attribute.begin : attribute.end].strip()
    if text.startswith('"'):
        return _INTERPOLATION.sub("any", text.strip('"'))
    if reference := _REFERENCE.fullmatch(text):
        return _value(found, *found[reference[1]], reference[2])
    return "any"


def rules(policy: str) -> Rights:
    """A policy as the store reads it: what each of its paths permits."""
    return {path: frozenset(re.findall(r"\w+", listed)) for path, listed in _RULE.findall(policy)}


def permitted(policy: Rights, path: str) -> frozenset[str]:
    """What a policy permits at a path: the most exact of its rules alone says so."""
    fitting = [one for one in policy if re.fullmatch(_pattern(one), path)]
    return policy[max(fitting, key=_precedence)] if fitting else frozenset()


def _pattern(path: str) -> str:
    start = re.escape(path.removesuffix("*")).replace(r"\+", "[^/]+")
    return start + (".*" if path.endswith("*") else "")


def _precedence(path: str) -> tuple[int, bool, int, int, str]:
    """The store's own order: who has the first wildcard later, no `*` at the end, fewer `+`, and is longer."""
    wild = min((path.find(one) for one in "+*" if one in path), default=len(path) + 1000)
    return wild, not path.endswith("*"), -path.count("+"), len(path), path
