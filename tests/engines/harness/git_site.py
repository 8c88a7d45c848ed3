"""The git host: one repository over HTTP, for whoever has the password."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from http import HTTPStatus
from typing import TYPE_CHECKING

from .outside import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVICE = "git-upload-pack"


def git_site(repository: Path, path: str, user: str, password: str) -> Callable[[Request], Answer]:
    """Serves a repository for reading.

    Args:
        repository: Where it is.
        path: The path of its address.
        user: Who may read it.
        password: What shows that.

    Returns:
        The site.
    """
    credential = "Basic " + b64encode(f"{user}:{password}".encode()).decode()

    def answer(request: Request) -> Answer:
        if request.headers.get("Authorization") != credential:
            challenge = {"WWW-Authenticate": 'Basic realm="git"'}
            return Answer(status=HTTPStatus.UNAUTHORIZED, headers=challenge)
        protocol = request.headers.get("Git-Protocol", "")
        if (request.path, request.query) == (f"{path}/info/refs", f"service={SERVICE}"):
            told = _run(repository, protocol, b"", "--advertise-refs")
            return Answer(b"001e# service=git-upload-pack\n0000" + told, f"application/x-{SERVICE}-advertisement")
        if request.path == f"{path}/{SERVICE}":
            return Answer(_run(repository, protocol, request.body), f"application/x-{SERVICE}-result")
        return Answer(status=HTTPStatus.NOT_FOUND)

    return answer


def _run(repository: Path, protocol: str, body: bytes, *arguments: str) -> bytes:
    """Lets git say what it says over HTTP."""
    return subprocess.run(
        ["git", "upload-pack", "--stateless-rpc", *arguments, str(repository)],
        input=body,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_PROTOCOL": protocol},
        capture_output=True,
        check=False,
    ).stdout
