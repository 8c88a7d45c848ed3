"""A Kubernetes client that knows what these tests need and no more."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Object: TypeAlias = dict[str, Any]
APPLICATIONS = "apis/argoproj.io/v1alpha1/namespaces/argocd/applications"


class RefusedError(Exception):
    """The API server did not do what it was asked."""


class Api:
    """The API server at a port of loopback."""

    def __init__(self, port: int, certificate: Path, token: str) -> None:
        self._port, self._token = port, token
        self._trust = ssl.create_default_context(cafile=str(certificate))

    def call(self, method: str, path: str, body: Object | None = None, kind: str = "application/json") -> Object | None:
        """Sends a request, again while the server has no time; None when what it is about is not there."""
        status, content = self._send(method, path, body, kind)
        for pause in (1, 2, 4, 8):
            if status != HTTPStatus.TOO_MANY_REQUESTS:
                break
            time.sleep(pause)
            status, content = self._send(method, path, body, kind)
        if status == HTTPStatus.NOT_FOUND:
            return None
        if status >= HTTPStatus.BAD_REQUEST:
            raise RefusedError(f"{method} {path}: {status} {content[:600].decode()}")
        return json.loads(content) if content.startswith(b"{") else {}

    def _send(self, method: str, path: str, body: Object | None, kind: str) -> tuple[int, bytes]:
        """Sends a request once; gives the status and what was said."""
        connection = http.client.HTTPSConnection("127.0.0.1", self._port, context=self._trust, timeout=30)
        try:
            headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
            connection.request(method, f"/{path}", json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> Object | None:
        """Returns an object, or None."""
        return self.call("GET", path)

    def list(self, path: str) -> list[Object]:
        """Returns every object of a kind; none when the kind is not there."""
        found = self.call("GET", path)
        return list(found["items"]) if found else []

    def apply(self, path: str, body: Object, manager: str = "controllers") -> None:
        """Applies an object server-side, as the manager of its fields."""
        self.call("PATCH", f"{path}?fieldManager={manager}&force=true", body, "application/apply-patch+yaml")

    def merge(self, path: str, body: Object) -> None:
        """Changes some fields of an object."""
        self.call("PATCH", path, body, "application/merge-patch+json")

    def applications(self) -> dict[str, Object]:
        """Every Application of Argo CD's own namespace, by name."""
        return {one["metadata"]["name"]: one for one in self.list(APPLICATIONS)}

    def refresh(self, name: str) -> None:
        """Asks Argo CD to look at the repository now, as a webhook does."""
        self.merge(f"{APPLICATIONS}/{name}", {"metadata": {"annotations": {"argocd.argoproj.io/refresh": "normal"}}})
