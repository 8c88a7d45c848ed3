"""What each git host is asked, word by word."""

from __future__ import annotations

import pytest

from clusterwright.propose import hosts

ANSWERS: dict[str, object] = {
    "git_owner": "acme",
    "git_repository": "gitops",
    "git_branch": "main",
    "base_domain": "acme.dev",
}


def host(kind: str, answers: dict[str, object] | None = None, **environment: str) -> hosts.Host:
    return hosts.host({**ANSWERS, "git_host": kind, **(answers or {})}, environment)


@pytest.mark.parametrize(
    ("kind", "answers", "project"),
    [
        ("github", {}, "https://api.github.com/repos/acme/gitops"),
        ("github", {"github_host": "git.acme.dev"}, "https://git.acme.dev/api/v3/repos/acme/gitops"),
        ("gitea", {}, "https://git.acme.dev/api/v1/repos/acme/gitops"),
        ("gitlab", {}, "https://gitlab.com/api/v4/projects/acme%2Fgitops"),
        ("gitlab", {"git_owner": "a/b", "gitlab_host": "lab.dev"}, "https://lab.dev/api/v4/projects/a%2Fb%2Fgitops"),
    ],
)
def test_a_repository_has_one_address(kind: str, answers: dict[str, object], project: str) -> None:
    assert host(kind, answers).project == project


def test_a_runner_knows_the_api_better_than_the_answers() -> None:
    assert host("gitea", GITHUB_API_URL="http://gitea:3000/api/v1/").api == "http://gitea:3000/api/v1"
    assert host("gitlab", CI_API_V4_URL="https://lab.dev/api/v4").api == "https://lab.dev/api/v4"


def test_a_pull_request_is_opened_found_and_renewed() -> None:
    for kind in ("github", "gitea"):
        to = host(kind)
        assert hosts.opening(to, "x/1", "Title", "Body") == hosts.Request(
            "POST", f"{to.project}/pulls", {"head": "x/1", "base": "main", "title": "Title", "body": "Body"}
        )
        assert hosts.renaming(to, {"number": 7}, "T", "B").url == f"{to.project}/pulls/7"
    assert hosts.finding(host("github"), "x/1").url.endswith("/pulls?state=open&head=acme%3Ax%2F1")
    lab = host("gitlab")
    assert hosts.opening(lab, "x/1", "Title", "Body").body == {
        "source_branch": "x/1",
        "target_branch": "main",
        "title": "Title",
        "description": "Body",
        "remove_source_branch": True,
    }
    assert hosts.finding(lab, "x/1").url.endswith("/merge_requests?state=opened&source_branch=x%2F1")
    assert hosts.renaming(lab, {"iid": 7}, "T", "B").url == f"{lab.project}/merge_requests/7"
    assert hosts.commenting(lab, 3, "text").url == f"{lab.project}/issues/3/notes"


def test_only_the_pull_request_of_the_branch_is_renewed() -> None:
    assert hosts.is_of(host("gitea"), {"head": {"ref": "x/1"}}, "x/1")
    assert not hosts.is_of(host("gitea"), {"head": {"ref": "x/2"}}, "x/1")
    assert hosts.is_of(host("gitlab"), {"source_branch": "x/1"}, "x/1")
