"""What GitHub, Gitea and GitLab are asked, as data: nothing here touches the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

USERS = {"github": "x-access-token", "gitea": "token", "gitlab": "oauth2"}
"""As whom git signs in with a token."""
GITEA = "gitea-actions"
"""As whom Gitea shows what the token of a workflow did."""


@dataclass(frozen=True)
class Host:
    """Where a repository lives.

    Attributes:
        kind: github, gitea or gitlab.
        api: the address of its API.
        owner: the organisation or group.
        name: the repository.
        base: the branch that changes go to.
    """

    kind: str
    api: str
    owner: str
    name: str
    base: str

    @property
    def project(self) -> str:
        """The repository's own address in the API."""
        if self.kind == "gitlab":
            return f"{self.api}/projects/{quote(f'{self.owner}/{self.name}', safe='')}"
        return f"{self.api}/repos/{quote(self.owner)}/{quote(self.name)}"


@dataclass(frozen=True)
class Request:
    """A call of the API."""

    method: str
    url: str
    body: dict[str, Any] = field(default_factory=dict)


def host(answers: Mapping[str, Any], environment: Mapping[str, str]) -> Host:
    """Finds the git host of a platform: the runner of a pipeline knows it best, else the answers do."""
    kind = str(answers["git_host"])
    told = environment.get("CI_API_V4_URL" if kind == "gitlab" else "GITHUB_API_URL")
    return Host(
        kind,
        (told or _api(kind, answers)).rstrip("/"),
        str(answers["git_owner"]),
        str(answers["git_repository"]),
        str(answers["git_branch"]),
    )


def opening(to: Host, branch: str, title: str, body: str) -> Request:
    """Asks for a pull request."""
    if to.kind == "gitlab":
        ask = {"source_branch": branch, "target_branch": to.base, "title": title, "description": body}
        return Request("POST", f"{to.project}/merge_requests", {**ask, "remove_source_branch": True})
    return Request("POST", f"{to.project}/pulls", {"head": branch, "base": to.base, "title": title, "body": body})


def finding(to: Host, branch: str) -> Request:
    """Asks for the open pull requests of a branch, as a list."""
    if to.kind == "gitlab":
        return Request("GET", f"{to.project}/merge_requests?state=opened&source_branch={quote(branch, safe='')}")
    if to.kind == "github":
        head = quote(f"{to.owner}:{branch}", safe="")
        return Request("GET", f"{to.project}/pulls?state=open&head={head}")
    return Request("GET", f"{to.project}/pulls?state=open&limit=50")


def is_of(to: Host, pull: Mapping[str, Any], branch: str) -> bool:
    """Whether a pull request is that of a branch: Gitea lists them all."""
    if to.kind == "gitlab":
        return pull.get("source_branch") == branch
    head = pull.get("head")
    return isinstance(head, dict) and head.get("ref") == branch


def renaming(to: Host, pull: Mapping[str, Any], title: str, body: str) -> Request:
    """Asks for another title and text of a pull request."""
    if to.kind == "gitlab":
        return Request("PUT", f"{to.project}/merge_requests/{pull['iid']}", {"title": title, "description": body})
    return Request("PATCH", f"{to.project}/pulls/{pull['number']}", {"title": title, "body": body})


def commenting(to: Host, number: int, text: str, *, pull: bool = False) -> Request:
    """Asks for a comment on an issue, or on a pull request."""
    return Request("POST", _thread(to, number, pull=pull), {"body": text})


def comments(to: Host, number: int, most: int, page: int) -> Request:
    """Asks for a page of the comments on a pull request, the oldest first; Gitea knows no pages."""
    order = "sort=asc&order_by=created_at&" if to.kind == "gitlab" else ""
    return Request("GET", f"{_thread(to, number, pull=True)}?{order}per_page={most}&page={page}")


def rewriting(to: Host, number: int, comment: int, text: str) -> Request:
    """Asks for another text of a comment on a pull request."""
    if to.kind == "gitlab":
        return Request("PUT", f"{_thread(to, number, pull=True)}/{comment}", {"body": text})
    return Request("PATCH", f"{to.project}/issues/comments/{comment}", {"body": text})


def asking_who(to: Host) -> Request:
    """Asks whose token it is."""
    return Request("GET", f"{to.api}/user")


def wrote(to: Host, comment: Mapping[str, Any], who: Mapping[str, Any]) -> bool:
    """Whether a comment is a pipeline's own. GitHub and Gitea do not tell its token whose it is: a bot's."""
    author = comment.get("author" if to.kind == "gitlab" else "user") or {}
    if to.kind == "github":
        return author.get("type") == "Bot"
    return author.get("login") == GITEA if to.kind == "gitea" else author.get("id", 0) == who.get("id")


def address(pull: Mapping[str, Any]) -> str:
    """Where people read a pull request."""
    return str(pull.get("html_url") or pull.get("web_url") or "")


def _thread(to: Host, number: int, *, pull: bool) -> str:
    """The address of the comments on an issue, or on a pull request, which only GitLab tells apart."""
    if to.kind == "gitlab":
        return f"{to.project}/{'merge_requests' if pull else 'issues'}/{number}/notes"
    return f"{to.project}/issues/{number}/comments"


def _api(kind: str, answers: Mapping[str, Any]) -> str:
    if kind == "gitea":
        return f"https://git.{answers['base_domain']}/api/v1"
    name = str(answers.get(f"{kind}_host", f"{kind}.com"))
    if kind == "gitlab":
        return f"https://{name}/api/v4"
    return "https://api.github.com" if name == "github.com" else f"https://{name}/api/v3"
