"""Stands in for cert-manager: makes the platform's CA and the store's certificate, as their manifests say."""

from __future__ import annotations

import base64
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

USAGES = {
    "cert sign": ("keyUsage", "keyCertSign"),
    "crl sign": ("keyUsage", "cRLSign"),
    "digital signature": ("keyUsage", "digitalSignature"),
    "key encipherment": ("keyUsage", "keyEncipherment"),
    "server auth": ("extendedKeyUsage", "serverAuth"),
    "client auth": ("extendedKeyUsage", "clientAuth"),
}


def certificate(manifest: Path) -> dict[str, Any]:
    """The Certificate that a manifest asks for."""
    found = yaml.safe_load_all(manifest.read_text(encoding="utf-8"))
    asked: dict[str, Any] = next(one for one in found if one["kind"] == "Certificate")
    return asked


def issue(asked: Mapping[str, Any], issuer: Mapping[str, str] | None) -> dict[str, Any]:
    """Issues a certificate.

    Args:
        asked: The Certificate.
        issuer: The data of the issuer's Secret, as the API server has it; None for a certificate that signs itself.

    Returns:
        The Secret that cert-manager would make.
    """
    spec = asked["spec"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _request(folder, spec)
        signer = ["-signkey", "key"]
        if issuer:
            (folder / "ca.crt").write_bytes(base64.b64decode(issuer["tls.crt"]))
            (folder / "ca.key").write_bytes(base64.b64decode(issuer["tls.key"]))
            signer = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"]
        days = str(int(spec["duration"].removesuffix("h")) // 24)
        _openssl(
            folder, "x509", "-req", "-in", "request", "-days", days, "-extfile", "extensions", "-out", "crt", *signer
        )
        crt, key = (folder / "crt").read_bytes(), (folder / "key").read_bytes()
    ca = base64.b64decode(issuer["tls.crt"]) if issuer else crt
    content = {"tls.crt": crt, "tls.key": key, "ca.crt": ca}
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "type": "kubernetes.io/tls",
        "metadata": {"name": spec["secretName"], "namespace": asked["metadata"]["namespace"]},
        "data": {name: base64.b64encode(value).decode() for name, value in content.items()},
    }


def _request(folder: Path, spec: Mapping[str, Any]) -> None:
    """Makes a key, a request and the extensions."""
    key = spec["privateKey"]
    assert (key["algorithm"], key["size"]) == ("ECDSA", 256)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key"]
    _openssl(folder, "req", "-new", *curve, "-subj", f"/CN={spec['commonName']}", "-out", "request")
    lines = ["basicConstraints=critical,CA:" + ("TRUE" if spec.get("isCA") else "FALSE")]
    for extension in ("keyUsage", "extendedKeyUsage"):
        wanted = [word for group, word in map(USAGES.__getitem__, spec["usages"]) if group == extension]
        lines += [f"{extension}={','.join(wanted)}"] if wanted else []
    names = [f"DNS:{one}" for one in spec.get("dnsNames", ())] + [f"IP:{one}" for one in spec.get("ipAddresses", ())]
    lines += [f"subjectAltName={','.join(names)}"] if names else []
    (folder / "extensions").write_text("\n".join(lines), encoding="utf-8")


def _openssl(folder: Path, *arguments: str) -> None:
    """Runs openssl in a folder."""
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
