"""One comment on a pull request, which is written anew instead of being added again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clusterwright.errors import UserError
from clusterwright.propose import hosts, send

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterwright.propose.hosts import Host

PAGE = 100
PAGES = 50
_MARKER = re.compile(r"<!-- [a-z ]+ -->")
_PULL = re.compile(r"refs/pull/(\d+)/")


def marker(name: object, text: str) -> str:
    """The first line of a report, by which its comment is found again.

    Raises:
        UserError: it is no marker.
    """
    first = text.partition("\n")[0].strip()
    if not _MARKER.fullmatch(first):
        raise UserError(f"{name}: its first line is no marker; give a Markdown report of `clusterwright review`")
    return first


def pull(environment: Mapping[str, str]) -> tuple[Host, int]:
    """The repository and the number of the pull request that a pipeline runs for.

    Raises:
        UserError: it runs for none.
    """
    if environment.get("GITLAB_CI"):
        found = environment.get("CI_MERGE_REQUEST_IID"), environment.get("CI_PROJECT_PATH")
        kind, api = "gitlab", environment.get("CI_API_V4_URL")
    else:
        match = _PULL.match(environment.get("GITHUB_REF", ""))
        found = match and match[1], environment.get("GITHUB_REPOSITORY")
        kind, api = "gitea" if environment.get("GITEA_ACTIONS") else "github", environment.get("GITHUB_API_URL")
    number, repository = found
    if not number or not repository or not api:
        raise UserError("comment: no pull request is checked here; run this in the pipeline of one")
    owner, _, name = repository.rpartition("/")
    return hosts.Host(kind, api.rstrip("/"), owner, name, ""), int(number)


def put(to: Host, number: int, sign: str, text: str) -> str:
    """Writes the comment that begins with a marker anew, or adds it; a comment of somebody else is never touched.

    Returns:
        Where people read it, if the host says so.

    Raises:
        UserError: there is no token.
        Unfinished: the git host refused.
    """
    secret = send.token()
    who = send.call(hosts.asking_who(to), secret) if to.kind == "gitlab" else {}
    own = (one for one in _comments(to, number, secret) if hosts.wrote(to, one, who))
    found = next((one for one in own if str(one.get("body", "")).startswith(sign)), None)
    ask = hosts.rewriting(to, number, found["id"], text) if found else hosts.commenting(to, number, text, pull=True)
    return hosts.address(send.call(ask, secret))


def _comments(to: Host, number: int, secret: str) -> Iterator[dict[str, Any]]:
    """All comments, page by page; Gitea gives them at once."""
    for page in range(1, PAGES + 1):
        found = send.call(hosts.comments(to, number, PAGE, page), secret)
        yield from found
        if to.kind == "gitea" or len(found) < PAGE:
            return
