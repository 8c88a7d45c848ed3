"""A form or a delivery becomes a pull request, at a git host on this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import commit, git

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.toolkit.conftest import Run

TOKEN = "a-token"  # noqa: S105 - nobody's
FORM = "### Name of the application\n\n{}\n\n### Folder\n\napps/site/chart\n\n### Environments\n\nstaging\n"


class Forge:
    """A git host that remembers what it was asked, and the repository behind it."""

    def __init__(self, origin: Path) -> None:
        self.origin = origin
        self.asked: list[tuple[str, str, Any]] = []
        self.pulls: list[dict[str, Any]] = []

    def said(self, method: str, path: str) -> list[Any]:
        return [body for how, where, body in self.asked if (how, where) == (method, path)]


@pytest.fixture
def forge(platform: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Forge]:
    """A git host for the platform, which is the current folder."""
    git(tmp_path, "clone", "--quiet", "--bare", str(platform), "origin.git")
    git(platform, "remote", "set-url", "origin", str(tmp_path / "origin.git"))
    found = Forge(tmp_path / "origin.git")

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            assert self.headers["Authorization"] == f"Bearer {TOKEN}"
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            path = self.path.partition("?")[0]
            found.asked.append((self.command, path, body))
            said: Any = found.pulls if self.command == "GET" else {"html_url": "https://git.acme.dev/pulls/9"}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the names that the base class looks for

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("CLUSTERWRIGHT_TOKEN", TOKEN)
    monkeypatch.chdir(platform)
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def event(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_form_is_answered_with_the_pull_request(forge: Forge, tmp_path: Path, run: Run) -> None:
    done = run("answer", event(tmp_path, {"issue": {"number": 7, "body": FORM.format("site")}}))
    assert done.code == 0, done
    assert done.out.splitlines()[-1] == "https://git.acme.dev/pulls/9"
    (pull,) = forge.said("POST", "/repos/platform/gitops/pulls")
    assert pull == {"head": "request/7", "base": "main", "title": "Add the application site", "body": "Closes #7"}
    (comment,) = forge.said("POST", "/repos/platform/gitops/issues/7/comments")
    assert comment == {"body": "This is what it takes: https://git.acme.dev/pulls/9"}
    pushed = git(forge.origin, "show", "--format=%s%n%b", "--name-only", "request/7")
    assert pushed.startswith("Add the application site\nCloses #7\n")
    assert "registry/environments/staging/site.yaml" in pushed


def test_what_cannot_be_done_is_said_on_the_issue(forge: Forge, tmp_path: Path, run: Run) -> None:
    done = run("answer", event(tmp_path, {"issue": {"number": 7, "body": FORM.format("../../etc")}}))
    expected = "applications: entry 1 has no usable name; give it a name of lower-case letters, digits and dashes"
    assert (done.code, done.line) == (2, expected)
    (comment,) = forge.said("POST", "/repos/platform/gitops/issues/7/comments")
    assert f"\n\n    {expected}\n\n" in comment["body"]
    assert git(forge.origin, "branch", "--format=%(refname:short)") == "main"


def test_a_delivery_renews_the_pull_request_that_its_branch_has(
    forge: Forge, platform: Path, tmp_path: Path, run: Run
) -> None:
    assert run("app", "add", "site", "--scaffold", "ghcr.io/acme/site").code == 0
    commit(platform)
    forge.pulls = [{"number": 9, "head": {"ref": "deliver/site-development"}}, {"number": 8, "head": {"ref": "other"}}]
    done = run(
        "answer", event(tmp_path, {"inputs": {"application": "site", "environment": "development", "image": "2"}})
    )
    assert done.code == 0, done
    (renewed,) = forge.said("PATCH", "/repos/platform/gitops/pulls/9")
    assert renewed == {"title": "Deliver site 2 to development", "body": ""}
    assert forge.said("POST", "/repos/platform/gitops/pulls") == []
    shown = git(forge.origin, "show", "--format=", "--unified=0", "deliver/site-development")
    assert '+  tag: "2"' in shown.splitlines()


def test_what_asks_for_nothing_is_left_alone(forge: Forge, tmp_path: Path, run: Run) -> None:
    done = run("answer", event(tmp_path, {"issue": {"number": 7, "body": "It is broken."}}))
    assert (done.code, done.out) == (0, "Nothing is asked for here.\n")
    assert forge.asked == []


def test_a_change_by_hand_is_proposed_too(forge: Forge, platform: Path, run: Run) -> None:
    assert run("propose", "--branch", "notes", "--title", "Keep notes").out == "Nothing changed.\n"
    (platform / "docs/local").mkdir()
    (platform / "docs/local/notes.md").write_text("# Notes\n")
    assert run("propose", "--branch", "main", "--title", "x").line.startswith("--branch: main is where changes go to; ")
    assert run("propose", "--branch", "notes", "--title", "Keep notes").out == "https://git.acme.dev/pulls/9\n"
    assert git(forge.origin, "log", "-1", "--format=%s", "notes") == "Keep notes"


def test_without_a_token_nothing_is_pushed(
    forge: Forge, platform: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLUSTERWRIGHT_TOKEN")
    (platform / "notes.md").write_text("# Notes\n")
    refused = run("propose", "--branch", "notes", "--title", "Keep notes")
    assert (refused.code, refused.line.split(";")[0]) == (2, "CLUSTERWRIGHT_TOKEN: not set")
    assert forge.asked == []
