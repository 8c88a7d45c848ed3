"""A git host on this machine: it speaks as much of the APIs of GitHub and Gitea as pull requests need."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "a-token"  # noqa: S105 - nobody's


@dataclass(frozen=True)
class GitHost:
    """Where it is, and what it was asked to write: the path and the body of each request."""

    url: str
    written: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@contextmanager
def git_host() -> Iterator[GitHost]:
    """A git host without any pull request or comment, until the end of the `with` block."""

    class Handler(BaseHTTPRequestHandler):
        """Lists nothing, and takes what it is given from who has the token."""

        def do_GET(self) -> None:
            self._answer([])

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            host.written.append((self.path, body))
            self._answer({"html_url": f"{host.url}{self.path}/1"})

        def _answer(self, content: object) -> None:
            known = self.headers["Authorization"] == f"Bearer {TOKEN}"
            self.send_response(200 if known else 401)
            self.end_headers()
            self.wfile.write(json.dumps(content if known else {}).encode())

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host = GitHost(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()
