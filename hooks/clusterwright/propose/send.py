"""Commits what changed, pushes it, and opens the pull request for it."""

from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request as Call
from urllib.request import urlopen

from clusterwright import git
from clusterwright.errors import Unfinished, UserError
from clusterwright.propose import hosts

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.propose.hosts import Host, Request

TOKEN = "CLUSTERWRIGHT_TOKEN"  # noqa: S105 - the name of a variable
SECONDS = 30


def token() -> str:
    """The token of the git host, from the environment.

    Raises:
        UserError: there is none.
    """
    found = os.environ.get(TOKEN, "").strip()
    if not found:
        raise UserError(f"{TOKEN}: not set; give it a token that may write to this repository and open pull requests")
    return found


def propose(root: Path, to: Host, branch: str, title: str, body: str = "") -> str:
    """Makes a pull request of everything that changed, or renews the one that the branch has.

    Args:
        root: the repository.
        to: where it lives.
        branch: the name of the branch; what it held is replaced.
        title: of the commit and the pull request.
        body: the text of both.

    Returns:
        Where people read it; empty if nothing changed.

    Raises:
        UserError: there is no token, or the branch is the one that changes go to.
        Unfinished: git or its host refused.
    """
    secret = token()
    if branch == to.base:
        raise UserError(f"--branch: {branch} is where changes go to; name another one")
    if not any(git.changed(root)):
        return ""
    git.tell(root, "switch", "--quiet", "--force-create", branch)
    git.commit(root, title, body)
    git.tell(
        root, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}", variables=_signed_in(to, secret)
    )
    return _opened(to, branch, title, body, secret)


def publish(root: Path, to: Host, commit: str, branch: str, body: str) -> str:
    """Makes a pull request of a commit, or renews the one that the branch has; no branch of this clone is touched.

    Args:
        root: the repository.
        to: where it lives.
        commit: what the branch shall hold, on top of HEAD; its first line is the title.
        branch: the name of the branch.
        body: the text of the pull request.

    Returns:
        Where people read it; empty if the branch holds the same already.

    Raises:
        UserError: there is no token, or people have committed to the branch, which is theirs then.
        Unfinished: git or its host refused.
    """
    secret, reference = token(), f"refs/heads/{branch}"
    signed = _signed_in(to, secret)
    held = git.tell(root, "ls-remote", "origin", reference, variables=signed).partition("\t")[0]
    if held:
        git.tell(root, "fetch", "--quiet", "origin", reference, variables=signed)
        if _shown(root, held, "%T") == _shown(root, commit, "%T"):
            return ""
        if git.tell(root, "log", "--format=%ce", held, "--not", "HEAD") != _shown(root, commit, "%ce"):
            raise UserError(f"branch {branch}: people have committed to it; merge or delete it, and it is made anew")
    lease = f"--force-with-lease={reference}:{held}"
    git.tell(root, "push", "--quiet", lease, "origin", f"{commit}:{reference}", variables=signed)
    return _opened(to, branch, _shown(root, commit, "%s").strip(), body, secret)


def _opened(to: Host, branch: str, title: str, body: str, secret: str) -> str:
    """Opens the pull request of a branch, or renews it; gives its address."""
    found = [one for one in call(hosts.finding(to, branch), secret) if hosts.is_of(to, one, branch)]
    ask = hosts.renaming(to, found[0], title, body) if found else hosts.opening(to, branch, title, body)
    return hosts.address(call(ask, secret))


def _shown(root: Path, commit: str, form: str) -> str:
    return git.tell(root, "log", "-1", f"--format={form}", commit)


def call(request: Request, secret: str) -> Any:  # noqa: ANN401 - what the API says
    """Calls the API of the git host.

    Raises:
        Unfinished: it refused, or cannot be reached.
    """
    data = json.dumps(request.body).encode() if request.body else None
    headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json", "Content-Type": "application/json"}
    try:
        ask = Call(request.url, data, headers, method=request.method)  # noqa: S310 - the address is the platform's own
        with urlopen(ask, timeout=SECONDS) as answer:  # noqa: S310
            return json.load(answer)
    except HTTPError as error:
        raise Unfinished(f"git host: {error.code} {error.reason}{_said(error)}") from None
    except (URLError, TimeoutError, ValueError) as error:
        raise Unfinished(f"git host: {getattr(error, 'reason', error)}") from None


def _said(error: HTTPError) -> str:
    """What the host says is wrong, on one line."""
    try:
        said = json.load(error)
    except ValueError:
        return ""
    message = said.get("message") if isinstance(said, dict) else None
    return f": {' '.join(str(message).split())[:200]}" if message else ""


def _signed_in(to: Host, secret: str) -> dict[str, str]:
    """Variables that let git sign in: what is on a command line, everybody on the machine may read."""
    pair = base64.b64encode(f"{hosts.USERS[to.kind]}:{secret}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {pair}",
        "GIT_TERMINAL_PROMPT": "0",
    }
