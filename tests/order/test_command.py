"""`clusterwright order` as people and programs see it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clusterwright import cli
from tests.order.conftest import HEALTH, SETTINGS, application
from tests.order.test_simulate import APPS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write

STUCK = {
    **SETTINGS,
    "root.yaml": application("staging", "apps"),
    "apps/a.yaml": application("metrics", "a", 0, needs="store"),
    "apps/b.yaml": application("store", "b", 0, needs="metrics"),
}
TEXT = """\
main  (root.yaml)
  wave 0  1 AppProject, 1 Namespace
          cert-manager  defines acme.cert-manager.io, cert-manager.io
  wave 1  store
  wave 2  metrics       waits for store, cert-manager (Certificate)

on their own, at once:
  other  tools/other.yaml

each wave waits until the Applications of the one before are healthy (argocd/argocd-cm.yaml)
5 Applications from 2 roots: no deadlock
"""
DEADLOCK = """\
staging  (root.yaml)
  wave 0  metrics  waits for store
          store    waits for metrics

deadlock: metrics -> store -> metrics
  metrics needs store
  store needs metrics

each wave waits for the one before if Argo CD has a health check for Applications; nothing here tells
3 Applications from 1 root: 1 deadlock
"""
MERMAID = """\
flowchart LR
  n1["staging"]
  subgraph w2["staging: wave 0"]
    n3["metrics"]
    n4["store"]
  end
  n1 -.-> w2
  n4 --> n3
  n3 --> n4
  %% deadlock: metrics needs store
  %% deadlock: store needs metrics
"""


def said(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main(["order", *map(str, arguments)])
    return (code, *capfd.readouterr())


def test_the_timeline_is_a_page_and_the_exit_code_0(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    root = write({**APPS, **HEALTH, "tools/other.yaml": application("other", "nowhere")})
    assert said(capfd, root) == (0, TEXT, "")


def test_a_deadlock_is_1_and_names_the_circle(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    assert said(capfd, write(STUCK)) == (1, DEADLOCK, "")


def test_mermaid_draws_waves_and_arrows(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    assert said(capfd, "--format", "mermaid", write(STUCK)) == (1, MERMAID, "")


def test_json_holds_it_all(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capfd, "--format", "json", "--root", "staging", write(STUCK))
    data = json.loads(out)
    assert (code, data["version"]) == (1, 1)
    assert data["gate"] == {"closed": None, "path": ""}
    assert [link["why"] for link in data["deadlocks"][0]] == ["metrics needs store", "store needs metrics"]
    (root,) = data["roots"]
    assert [step["name"] for wave in root["waves"] for step in wave["steps"]] == ["metrics", "store"]
    assert root["waves"][0]["steps"][0]["waits"] == [{"name": "store", "why": ["needs"]}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone"], "clusterwright: gone: no such folder\n"),
        (
            ["--root", "x"],
            "clusterwright: --root: no Application or ApplicationSet is called x: there are metrics, staging, store\n",
        ),
    ],
)
def test_wrong_use_is_2_and_one_line(
    write: Write, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(write(STUCK))
    assert said(capfd, *arguments) == (2, "", message)
