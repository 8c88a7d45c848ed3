"""The world outside the cluster, as a proxy shows it: known addresses are answered here, all others are refused.

What runs behind the proxy asks for the addresses that are really in the repository, over TLS where they say so.
"""

from __future__ import annotations

import gzip
import select
import socket
import ssl
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, TypeAlias, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message
    from pathlib import Path


@dataclass(frozen=True)
class Request:
    """What somebody asked for."""

    method: str
    path: str
    query: str
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is said."""

    body: bytes = b""
    kind: str = "application/octet-stream"
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


Site: TypeAlias = "Callable[[Request], Answer]"


class Outside(ThreadingHTTPServer):
    """The proxy.

    Attributes:
        refused: The addresses that somebody asked for and that are not there.
        servers: The ports of loopback that are known outside by a name and port, and answer for themselves.
    """

    daemon_threads = True

    def __init__(self, tls: tuple[Path, Path], sites: Mapping[str, Site]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sites = dict(sites)
        self.servers: dict[str, int] = {}
        self.refused: set[str] = set()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*tls)

    @property
    def url(self) -> str:
        """Where the proxy is."""
        return f"http://127.0.0.1:{self.server_port}"

    def start(self) -> None:
        """Answers from now on."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answers no more."""
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Somebody hung up."""


def join(one: socket.socket, other: socket.socket) -> None:
    """Passes on what either side says, until one has nothing more to say."""
    to = {one: other, other: one}
    for side in to:
        side.settimeout(None)
    while True:
        for side in select.select(list(to), [], [])[0]:
            said = side.recv(65536)
            if not said:
                return
            to[side].sendall(said)


class _Handler(BaseHTTPRequestHandler):
    """One connection: a plain request, or a tunnel with requests in it."""

    protocol_version = "HTTP/1.1"
    tunnel = ""

    @property
    def outside(self) -> Outside:
        """The server, as what it is."""
        return cast("Outside", self.server)

    def finish(self) -> None:
        """Ends the tunnel's TLS too; the server knows only of the connection below it."""
        super().finish()
        self.connection.close()

    def do_CONNECT(self) -> None:
        """Opens a tunnel: to a server that answers for itself, or to a site, whose TLS ends here."""
        if (port := self.outside.servers.get(self.path)) is not None:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as server:
                self.send_response(HTTPStatus.OK)
                self.end_headers()
                join(self.connection, server)
            self.close_connection = True
            return
        host = self.path.rpartition(":")[0]
        if host not in self.outside.sites:
            self.outside.refused.add(self.path)
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        self.send_response(HTTPStatus.OK)
        self.end_headers()
        self.connection = self.outside.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.tunnel = host

    def do_GET(self) -> None:
        """Asks the site and passes its answer on."""
        url = urlsplit(self.path)
        host = self.tunnel or url.netloc
        if (site := self.outside.sites.get(host)) is None:
            self.outside.refused.add(host)
            answer = Answer(status=HTTPStatus.FORBIDDEN)
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            answer = site(Request(self.command, url.path, url.query, self.headers, body))
        if answer.status == HTTPStatus.NOT_FOUND:
            self.outside.refused.add(f"{host}{url.path}")
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.kind, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_GET  # noqa: N815
    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Says nothing."""
