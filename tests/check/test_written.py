"""Which paths of a store something writes, and which of those that are read nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.repository import load
from clusterwright.check.written import is_said, written
from tests.check.conftest import findings

if TYPE_CHECKING:
    from tests.check.conftest import Write

STORE = """\
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: store, namespace: shop}
spec: {provider: {%s: {}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web, namespace: shop}
spec:
  secretStoreRef: {name: store}
  data:
    - secretKey: a
      remoteRef: {key: %s}
"""
BESIDE = 'resource "vault_kv_secret_v2" "beside" {\n  name = "shop/beside"\n}\n'


def unwritten(write: Write, hcl: str, path: str, provider: str = "vault", **more: str) -> bool:
    files: dict[str, str | bytes] = {"a.yaml": STORE % (provider, path), "main.tf": hcl}
    files.update({name.replace("_", "."): text for name, text in more.items()})
    return "reference-secret-path" in {one.rule for one in findings(write(files))}


@pytest.mark.parametrize(
    ("kind", "attribute", "path"),
    [
        ("vault_kv_secret_v2", 'name = "shop/web"', "shop/web"),
        ("vault_kv_secret", 'path = "kv/shop/web"', "shop/web"),
        ("vault_generic_secret", 'path = "secret/shop/web"', "secret/data/shop/web"),
        ("vault_generic_secret", 'path = "${vault_mount.kv.path}/shop/web"', "shop/web"),
        ("vault_kv_secret_v2", 'name = "shop/${local.name}"', "shop/web"),
        ("vault_kv_secret_v2", "name = local.path", "shop/web"),
    ],
)
def test_what_a_root_writes_is_written(write: Write, kind: str, attribute: str, path: str) -> None:
    said = 'locals {\n  name = "web"\n  path = "shop/web"\n}\n'
    hcl = f'{BESIDE}{said}resource "{kind}" "web" {{\n  {attribute}\n}}\n'
    assert not unwritten(write, hcl, path)
    assert unwritten(write, hcl, f"{path}-2") == (path.startswith("shop"))


def test_a_variable_has_to_be_something_that_is_said(write: Write) -> None:
    hcl = f'{BESIDE}resource "vault_kv_secret_v2" "one" {{\n  name = "shop/${{var.name}}/oidc"\n}}\n'
    assert unwritten(write, hcl, "shop/web/oidc")
    assert not unwritten(write, hcl, "shop/web/oidc", names_tsv="web\toidc\n")


@pytest.mark.parametrize(
    ("table", "said"), [("web", True), ("a/web/b", True), ("web-2 web", True), ("a-web", False), ("webs", False)]
)
def test_only_a_whole_word_is_said(write: Write, table: str, *, said: bool) -> None:
    assert is_said(load(str(write({"names.tsv": table}))), "web") is said


def test_what_a_script_puts_together_is_written(write: Write) -> None:
    assert unwritten(write, BESIDE, "shop/web")
    assert not unwritten(write, BESIDE, "shop/web", seed_sh='vault kv put "secret/shop/$1" a=b\nput web\n')


@pytest.mark.parametrize(("path", "provider"), [("elsewhere/web", "vault"), ("shop/web", "aws")])
def test_where_the_repository_writes_nothing_beside_it_nothing_is_missed(
    write: Write, path: str, provider: str
) -> None:
    assert not unwritten(write, BESIDE, path, provider)


def test_a_path_of_many_parts_takes_no_time(write: Write) -> None:
    name = "/".join(["shop", *["${a.b}"] * 40, "z"])
    hcl = f'{BESIDE}resource "vault_kv_secret_v2" "web" {{\n  name = "{name}"\n}}\n'
    root = write({"main.tf": hcl, "a.yaml": STORE % ("vault", "shop/" + "a/" * 500)})
    assert [one.path for one in written(load(str(root)))] == ["shop/beside", "${}"]
    findings(root)
