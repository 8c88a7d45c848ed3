"""A Kubernetes client that knows what these tests need and no more."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Object: TypeAlias = dict[str, Any]
HOME = "argocd"
APPLICATIONS = f"apis/argoproj.io/v1alpha1/namespaces/{HOME}/applications"


class RefusedError(Exception):
    """The API server did not do what it was asked."""


class Line(http.client.HTTPSConnection):
    """A line that is closed when its thread has ended, and nobody has it any more."""

    def __del__(self) -> None:
        self.close()


class Api:
    """The API server at a port of loopback."""

    def __init__(self, port: int, certificate: Path, token: str) -> None:
        self._port, self._token = port, token
        self._trust = ssl.create_default_context(cafile=str(certificate))
        self._lines = threading.local()

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
        """Sends a request; gives the status and what was said. What went over a line that had gone is sent again."""
        headers, line = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}, self._line
        kept = line.sock is not None
        try:
            line.request(method, f"/{path}", json.dumps(body) if body else None, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            line.close()
            if not kept:
                raise
        return self._send(method, path, body, kind)

    @property
    def _line(self) -> Line:
        """The line of this thread, which stays open: to greet each other costs both sides more than most answers."""
        if not hasattr(self._lines, "line"):
            self._lines.line = Line("127.0.0.1", self._port, context=self._trust, timeout=30)
        line: Line = self._lines.line
        return line

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
        """Every Application, by what it is called."""
        return {called(one): one for one in self.list("apis/argoproj.io/v1alpha1/applications")}

    def annotate(self, name: str, key: str, value: str) -> None:
        """Gives an Application an annotation of Argo CD's."""
        namespace, _, own = name.rpartition("/")
        path = APPLICATIONS.replace("/argocd/", f"/{namespace}/") if namespace else APPLICATIONS
        self.merge(f"{path}/{own}", {"metadata": {"annotations": {f"argocd.argoproj.io/{key}": value}}})

    def refresh(self, name: str) -> None:
        """Asks Argo CD to look at the repository now, as a webhook does."""
        self.annotate(name, "refresh", "normal")

    def approve(self, name: str) -> None:
        """Lets an Application delete what it asks a person about, as that person does."""
        self.annotate(name, "deletion-approved", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def called(application: Object) -> str:
    """What an Application is called: outside Argo CD's own namespace its name is not the only one."""
    meta = application["metadata"]
    inside = meta.get("namespace", HOME)
    name: str = meta["name"]
    return name if inside == HOME else f"{inside}/{name}"
