"""One comment on a pull request, kept current, on each git host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clusterwright.cli import main
from clusterwright.propose import comments, hosts, send

if TYPE_CHECKING:
    from pathlib import Path

SIGN = "<!-- clusterwright review -->"
REPORT = f"{SIGN}\n\n### Routine\n"
ENVIRONMENTS = {
    "github": {
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_REPOSITORY": "acme/gitops",
        "GITHUB_API_URL": "https://api.github.com",
    },
    "gitea": {
        "GITEA_ACTIONS": "true",
        "GITHUB_REF": "refs/pull/7/head",
        "GITHUB_REPOSITORY": "acme/gitops",
        "GITHUB_API_URL": "https://git.acme.dev/api/v1",
    },
    "gitlab": {
        "GITLAB_CI": "true",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_PROJECT_PATH": "acme/platform/gitops",
        "CI_API_V4_URL": "https://gitlab.com/api/v4",
    },
}
OWN: dict[str, dict[str, Any]] = {
    "github": {"user": {"login": "github-actions[bot]", "type": "Bot"}},
    "gitea": {"user": {"login": "gitea-actions"}},
    "gitlab": {"author": {"id": 42}},
}
OTHER: dict[str, dict[str, Any]] = {
    "github": {"user": {"login": "mallory", "type": "User"}},
    "gitea": {"user": {"login": "mallory"}},
    "gitlab": {"author": {"id": 1}},
}
THREADS = {
    "github": "https://api.github.com/repos/acme/gitops/issues/7/comments",
    "gitea": "https://git.acme.dev/api/v1/repos/acme/gitops/issues/7/comments",
    "gitlab": "https://gitlab.com/api/v4/projects/acme%2Fplatform%2Fgitops/merge_requests/7/notes",
}
REWRITTEN = {
    "github": ("PATCH", "https://api.github.com/repos/acme/gitops/issues/comments/5"),
    "gitea": ("PATCH", "https://git.acme.dev/api/v1/repos/acme/gitops/issues/comments/5"),
    "gitlab": ("PUT", f"{THREADS['gitlab']}/5"),
}


class Thread:
    """A pull request's comments, at a git host that remembers what it was asked to write."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, found: list[dict[str, Any]]) -> None:
        self.found = found
        self.written: list[hosts.Request] = []
        self.pages = 0
        monkeypatch.setenv("CLUSTERWRIGHT_TOKEN", "a-token")
        monkeypatch.setattr(send, "call", self.call)

    def call(self, request: hosts.Request, secret: str) -> Any:  # noqa: ANN401 - what the API says
        assert secret == "a-token"  # noqa: S105 - nobody's
        if request.url.endswith("/user"):
            return {"id": 42}
        if request.method != "GET":
            self.written.append(request)
            return {}
        self.pages += 1
        start = 0 if "gitea" in request.url else (self.pages - 1) * comments.PAGE
        return self.found[start : start + comments.PAGE]


def put(kind: str) -> None:
    comments.put(*comments.pull(ENVIRONMENTS[kind]), comments.marker("review.md", REPORT), REPORT)


@pytest.mark.parametrize("kind", ENVIRONMENTS)
def test_the_first_report_is_a_new_comment(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = Thread(monkeypatch, [{"id": 4, "body": "Looks fine.", **OTHER[kind]}, {"id": 5, "body": "x", **OWN[kind]}])
    put(kind)
    assert thread.written == [hosts.Request("POST", THREADS[kind], {"body": REPORT})]


@pytest.mark.parametrize("kind", ENVIRONMENTS)
def test_the_next_report_takes_its_place(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = Thread(monkeypatch, [{"id": 5, "body": f"{SIGN}\n\nold", **OWN[kind]}])
    put(kind)
    assert thread.written == [hosts.Request(*REWRITTEN[kind], {"body": REPORT})]


@pytest.mark.parametrize("kind", ENVIRONMENTS)
def test_a_comment_of_somebody_else_is_never_written_over(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = Thread(monkeypatch, [{"id": 5, "body": f"{SIGN}\n\nforged", **OTHER[kind]}])
    put(kind)
    assert [one.method for one in thread.written] == ["POST"]


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_it_is_found_after_many_others_too(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [{"id": 100 + number, "body": "Hm.", **OTHER[kind]} for number in range(250)]
    thread = Thread(monkeypatch, [*others, {"id": 5, "body": REPORT, **OWN[kind]}])
    put(kind)
    assert (thread.pages, [one.method for one in thread.written]) == (3, [REWRITTEN[kind][0]])


def test_what_is_no_report_or_no_pull_request_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in {name for environment in ENVIRONMENTS.values() for name in environment}:
        monkeypatch.delenv(name, raising=False)
    report = tmp_path / "review.md"
    report.write_text("Hello\n", encoding="utf-8")
    assert main(["comment", str(report)]) == 2
    assert capfd.readouterr().err == (
        f"clusterwright: {report}: its first line is no marker; give a Markdown report of `clusterwright review`\n"
    )
    report.write_text(REPORT, encoding="utf-8")
    assert main(["comment", str(report)]) == 2
    assert capfd.readouterr().err == (
        "clusterwright: comment: no pull request is checked here; run this in the pipeline of one\n"
    )
