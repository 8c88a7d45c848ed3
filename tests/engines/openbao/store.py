"""The store's HTTP API, over TLS that trusts the platform's CA and nobody else."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTIVE = "openbao-active.openbao.svc.cluster.local"


class Answer(NamedTuple):
    """What the store says."""

    status: int
    body: Any


class _Connection(http.client.HTTPSConnection):
    """TLS under one name, to wherever that is."""

    def __init__(self, name: str, address: str, trust: ssl.SSLContext) -> None:
        super().__init__(name, 8200, timeout=30)
        self._address, self._trust = address, trust

    def connect(self) -> None:
        """Connects, and verifies the name."""
        self.sock = self._trust.wrap_socket(
            socket.create_connection((self._address, 8200), 30), server_hostname=self.host
        )


class Store:
    """One server of the store, as somebody who has a token or none.

    Attributes:
        address: Where it is.
        name: The name that its certificate has to have.
        authority: The one CA that is trusted.
        token: Who asks; nobody without one.
    """

    def __init__(self, address: str, authority: bytes, name: str = ACTIVE, token: str = "") -> None:
        self.address, self.authority, self.name, self.token = address, authority, name, token
        self._trust = ssl.create_default_context(cadata=authority.decode())

    def trusting(self, authority: bytes) -> Store:
        """The same server for somebody who trusts another CA."""
        return Store(self.address, authority, self.name, self.token)

    def anybody(self) -> Store:
        """The same server without a token."""
        return Store(self.address, self.authority, self.name)

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Asks for something; a string is sent as a form."""
        content = body if isinstance(body, str) or body is None else json.dumps(body)
        connection = _Connection(self.name, self.address, self._trust)
        try:
            own = {"X-Vault-Token": self.token} if self.token else {}
            connection.request(method, f"/v1/{path}", content, {**own, **(headers or {})})
            answer = connection.getresponse()
            text = answer.read()
            return Answer(answer.status, json.loads(text) if text else None)
        finally:
            connection.close()

    def sign_in(self, path: str, **credentials: str) -> Store | None:
        """Signs in; gives the same server for whoever that is, or None when they are refused."""
        answer = self.call("POST", f"auth/{path}", credentials)
        if answer.status != http.client.OK:
            return None
        return Store(self.address, self.authority, self.name, answer.body["auth"]["client_token"])

    def read(self, path: str) -> dict[str, str] | None:
        """A secret, or None where there is none or for whoever may not read it."""
        answer = self.call("GET", f"secret/data/{path}")
        if answer.status in {http.client.FORBIDDEN, http.client.NOT_FOUND}:
            return None
        assert answer.status == http.client.OK, answer
        found: dict[str, str] = answer.body["data"]["data"]
        return found

    def health(self) -> dict[str, Any]:
        """What a server says about itself, whoever asks."""
        found: dict[str, Any] = self.call("GET", "sys/health?standbyok=true&perfstandbyok=true").body
        return found
