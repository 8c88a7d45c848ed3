"""The authorization code flow of OpenID Connect, as a UI and the browser of a person go through it together."""

from __future__ import annotations

import base64
import hashlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from .store import Store

PROVIDER = "identity/oidc/provider/platform"
# What a SHA-256 sum is wrapped in before it is signed (RFC 8017, 9.2).
SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")


def redirects(store: Store, client: str) -> list[str]:
    """Where a client may send people back to."""
    found: list[str] = store.call("GET", f"identity/oidc/client/{client}").body["data"]["redirect_uris"]
    return found


def signed_in(person: Store, client: dict[str, str], redirect: str) -> str | None:
    """Signs a person in to a UI.

    Args:
        person: The store, as the person.
        client: The UI's `client_id` and `client_secret`.
        redirect: Where the UI asks to be called back.

    Returns:
        The ID token, or None when the store does not send people there.
    """
    asked = {"client_id": client["client_id"], "redirect_uri": redirect, "response_type": "code"}
    scope = {"scope": "openid profile email groups", "state": "state", "nonce": "nonce"}
    answer = person.call("POST", f"{PROVIDER}/authorize", {**asked, **scope})
    if answer.status != HTTPStatus.OK:
        return None
    known = base64.b64encode(f"{client['client_id']}:{client['client_secret']}".encode()).decode()
    headers = {"Authorization": f"Basic {known}", "Content-Type": "application/x-www-form-urlencoded"}
    form = {"grant_type": "authorization_code", "code": answer.body["code"], "redirect_uri": redirect}
    token: str = person.anybody().call("POST", f"{PROVIDER}/token", urlencode(form), headers).body["id_token"]
    return token


def claims(token: str, store: Store) -> dict[str, Any]:
    """What an ID token says, once its signature is verified with the keys that the store publishes."""
    head, body, signature = token.split(".")
    keys = store.call("GET", f"{PROVIDER}/.well-known/keys").body["keys"]
    key = next(one for one in keys if one["kid"] == json.loads(_bytes(head))["kid"])
    modulus, exponent = (int.from_bytes(_bytes(key[part])) for part in ("n", "e"))
    size = (modulus.bit_length() + 7) // 8
    opened = pow(int.from_bytes(_bytes(signature)), exponent, modulus).to_bytes(size)
    end = SHA256 + hashlib.sha256(f"{head}.{body}".encode()).digest()
    assert opened == b"\x00\x01" + b"\xff" * (size - len(end) - 3) + b"\x00" + end
    found: dict[str, Any] = json.loads(_bytes(body))
    return found


def _bytes(text: str) -> bytes:
    """What base64url without padding stands for."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
