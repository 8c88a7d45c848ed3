"""Stands in for Gitea's API: it makes tokens, and knows nothing else."""

from __future__ import annotations

import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    """Every token is a new one."""

    def do_POST(self) -> None:
        """Makes a token."""
        body = json.dumps({"sha1": secrets.token_hex(20)}).encode()
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_DELETE(self) -> None:
        """There was none."""
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Gitea(ThreadingHTTPServer):
    """The stand-in."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)

    def start(self) -> None:
        """Answers from now on."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answers no more."""
        self.shutdown()
        self.server_close()
