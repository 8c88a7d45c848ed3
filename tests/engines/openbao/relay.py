"""A port of loopback that leads somewhere else, and may be led elsewhere later."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TypeAlias, cast

Address: TypeAlias = "tuple[str, int]"


class Relay(ThreadingTCPServer):
    """Passes connections on.

    Attributes:
        target: Where to.
    """

    daemon_threads = True

    def __init__(self, target: Address) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.target = target

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.server_address[1]
        return port

    def start(self) -> None:
        """Passes on from now on."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Passes nothing on any more."""
        self.shutdown()
        self.server_close()


class _Connection(BaseRequestHandler):
    """One connection, in both directions."""

    def handle(self) -> None:
        """Passes on until one side has said all."""
        with suppress(OSError), socket.create_connection(cast("Relay", self.server).target, timeout=10) as other:
            other.settimeout(None)
            back = threading.Thread(target=_copy, args=(other, self.request), daemon=True)
            back.start()
            _copy(self.request, other)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Copies what comes, and says when nothing more does."""
    with suppress(OSError):
        while received := source.recv(65536):
            target.sendall(received)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
