"""bootstrap/ and the store: what is seeded, how Vault begins, and how a lost store comes back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.bootstrap_harness.world import Run, World
from tests.marks import needs_jq

if TYPE_CHECKING:
    from tests.conftest import Template

pytest_plugins = ["tests.bootstrap_harness.fixtures"]
pytestmark = needs_jq


def test_vault_is_initialised_once_and_its_root_token_revoked(sources: Template, tmp_path: Path) -> None:
    """Recovery keys are handed over in a private file; the root token is gone, from the store and from this machine."""
    answers = {"secrets_engine": "vault", "transit_address": "https://vault.example.dev:8200"}
    world = World(tmp_path / "world", sources.render(answers, tmp_path / "platform"))
    seal = {"SEED_VAULT_SEAL_TOKEN": "CANARY-seal"}
    run = world.run("up", "--yes", "--until", "store", **seal)
    assert run.code == 0, run.said
    found = run.first(
        "POST --data @- https://vault", "sys/audit/stdout", "sys/policies/acl/bootstrap", "token/revoke-self"
    )
    assert found[0] > -1 and found == sorted(found)
    assert "CANARY" not in run.said and not run.of("CANARY")
    kept = {path.name: path.read_text() for path in (world.folder / "home").rglob("*") if path.is_file()}
    assert "CANARY-recovery" in kept["recovery-keys.json"]
    assert not any("CANARY-root" in text for text in kept.values())
    assert not world.run("up", "--from", "store", "--until", "store").of("POST", "sys/init")


def test_seed_asks_nobody_and_rotates_one(first: tuple[World, Run], sources: Template, tmp_path: Path) -> None:
    """A person's value comes from the environment or a file; without one the run says which; one can be rotated."""
    answers = yaml.safe_load((Path(__file__).parent / "valid/laptop-everything.yaml").read_text())
    world = first[0].copy(tmp_path / "world", sources.render(answers, tmp_path / "platform"))
    key = tmp_path / "key"
    key.write_text("CANARY-key")
    signing = {
        "SEED_APP_DELIVERY_SIGNING_PASSWORD": "CANARY-word",
        "SEED_APP_DELIVERY_SIGNING_PRIVATE_KEY_FILE": str(key),
    }
    run = world.run("seed")
    assert run.code == 1
    assert "SEED_APP_DELIVERY_SIGNING_PASSWORD" in run.said
    run = world.run("seed", **signing)
    assert run.code == 1
    assert "SEED_VELERO_S3_ACCESS_KEY_ID" in run.said
    person = {"SEED_VELERO_S3_ACCESS_KEY_ID": "CANARY-id", "SEED_VELERO_S3_SECRET_ACCESS_KEY_FILE": str(key)}
    run = world.run("seed", **person)
    assert run.code == 0, run.said
    made = world.state["made"]
    assert made["store/platform/velero/s3"] == {"access_key_id": "CANARY-id", "secret_access_key": "CANARY-key"}
    assert made["store/platform/atlantis/state"] == {"passphrase": "CANARY-k8s"}
    assert made["store/platform/app-delivery/signing"] == {"password": "CANARY-word", "private_key": "CANARY-key"}
    assert made["store/platform/app-delivery/charts"] == made["store/platform/chartmuseum/login"]
    assert made["store/platform/app-delivery/registry"]["server"] == "git.platform.localhost"
    assert world.run("seed", "oauth2-proxy", "cookie").code == 0
    changed = {name for name, value in world.state["made"].items() if made.get(name) != value}
    assert changed == {"store/platform/oauth2-proxy/cookie"}
    assert world.run("seed", "argo-cd", "oidc").code == 1


@pytest.mark.skipif(not shutil.which("openssl"), reason="certificates are made with openssl")
def test_seed_takes_only_a_ca_that_may_sign(first: tuple[World, Run], sources: Template, tmp_path: Path) -> None:
    """What cert-manager or a browser would refuse much later is refused before it is written."""
    world = first[0].copy(tmp_path / "world", sources.render({"certificates": "own-ca"}, tmp_path / "platform"))
    (world.folder / "bin/openssl").unlink()
    refused = {
        "no certificate": ("", None, "the certificate is not PEM"),
        "a leaf": ("basicConstraints=CA:FALSE", None, "the certificate is not that of a CA (basicConstraints CA:TRUE)"),
        "no usage": ("basicConstraints=CA:TRUE", None, "the CA may not sign certificates (keyUsage keyCertSign)"),
        "the key of another": (SIGNS, SIGNS, "the key is not that of the certificate, or has a passphrase"),
    }
    for name, (extensions, other, message) in refused.items():
        pair = made_ca(tmp_path / name, extensions)
        key = made_ca(tmp_path / f"beside {name}", other)[1] if other else pair[1]
        run = world.run("seed", "own-ca", "ca", **brought(pair[0], key))
        assert (run.code, run.said.strip().endswith(f"own-ca ca: {message}")) == (1, True), run.said
    assert "store/platform/own-ca/ca" not in world.state["made"]
    certificate, key = made_ca(tmp_path / "good", SIGNS)
    run = world.run("seed", "own-ca", "ca", **brought(certificate, key))
    assert run.code == 0, run.said
    kept = {"certificate": certificate.read_text(), "private_key": key.read_text()}
    assert world.state["made"]["store/platform/own-ca/ca"] == kept


SIGNS = "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign"


def made_ca(folder: Path, extensions: str) -> tuple[Path, Path]:
    """Makes a certificate that signs itself, with these extensions, and its key; two empty files without any."""
    folder.mkdir()
    certificate, key, config = folder / "certificate", folder / "key", folder / "config"
    certificate.touch()
    key.touch()
    if extensions:
        config.write_text(f"[req]\ndistinguished_name=name\nx509_extensions=ca\n[name]\n[ca]\n{extensions}\n")
        making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=CANARY", "-days", "2"]
        files = ["-config", str(config), "-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*making, *files], check=True, capture_output=True)
    return certificate, key


def brought(certificate: Path, key: Path) -> dict[str, str]:
    """The variables by which a person brings a CA."""
    start = "SEED_OWN_CA_CA"
    return {f"{start}_CERTIFICATE_FILE": str(certificate), f"{start}_PRIVATE_KEY_FILE": str(key)}


def test_recover_leaves_a_healthy_store_alone(world: World, tmp_path: Path) -> None:
    """A backup holds all that recover asks for; recover refuses while the store answers."""
    saved = tmp_path / "saved"
    run = world.run("backup", str(saved))
    assert run.code == 0, run.said
    for name in ("store.snapshot", "states.json", "platform-ca.json"):
        (saved / name).write_text("{}")
    run = world.run("recover", str(saved))
    assert run.code == 1
    assert "is healthy; nothing was touched" in run.said
    assert not run.of(" apply ") and not run.of("snapshot-force")


def test_recover_rebuilds_what_is_lost(rendered: Path, tmp_path: Path) -> None:
    """On an empty machine: cluster, CA and states first, then an empty store, the snapshot, and all that is left."""
    world = World(tmp_path / "world", rendered)
    saved = tmp_path / "saved"
    saved.mkdir()
    for name in ("store.snapshot", "platform-ca.json", "states.json", "seal-key", "state-passphrase"):
        (saved / name).write_text("CANARY-saved")
    run = world.run("recover", str(saved), "--yes")
    assert run.code == 0, run.said
    found = run.first(
        *("k3d cluster create", "platform-ca.json", "states.json", "root.yaml", "snapshot-force", "users init")
    )
    assert found[0] > -1 and found == sorted(found)
    assert "CANARY" not in run.said and not run.of("CANARY")
    assert "configmap bootstrap/recovery" not in world.state["made"]
