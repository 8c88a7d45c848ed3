"""The linters of pipelines, and published schemas, over every platform."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.engines.platforms import alike, proves, run, tool

if TYPE_CHECKING:
    import subprocess

    from tests.engines.platforms import Platforms

BINARIES = Path(sys.executable).parent
WORKFLOWS = ".git*/workflows/*.yaml"
# Each published schema, and which files it is about.
SCHEMAS = {
    "vendor.github-workflows": (WORKFLOWS,),
    "vendor.gitlab-ci": (".gitlab-ci.yml", ".gitlab/**/*.yml"),
    "vendor.renovate": ("renovate.json",),
}
PLANTED = """\
name: planted
on: pull_request_target
jobs:
  planted:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo "${{ github.event.pull_request.title }}"
"""


def actionlint(files: list[Path], folder: Path) -> str:
    """What actionlint says, with the shellcheck of this environment."""
    options = ["-no-color", "-pyflakes=", f"-shellcheck={BINARIES / 'shellcheck'}"]
    done = run([tool("actionlint", "actionlint"), *options, *files], folder)
    return done.stdout + done.stderr


def zizmor(files: list[Path], folder: Path) -> tuple[int, str]:
    """What zizmor says at its most pedantic; it asks nobody outside."""
    done = run([BINARIES / "zizmor", "--offline", "--no-progress", "--persona", "pedantic", *files], folder)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A workflow that lets anybody run anything."""
    path = tmp_path / ".github/workflows/planted.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PLANTED, encoding="utf-8")
    return path


def test_every_platform_has_a_pipeline(platforms: Platforms) -> None:
    patterns = (WORKFLOWS, *SCHEMAS["vendor.gitlab-ci"])
    assert [one.name for one in platforms if not any(list(one.glob(pattern)) for pattern in patterns)] == []


@proves("actionlint")
def test_actionlint_finds_nothing(platforms: Platforms) -> None:
    assert actionlint(list(alike(platforms.files(WORKFLOWS))), platforms.folder) == ""


@proves("zizmor")
def test_zizmor_finds_nothing(platforms: Platforms) -> None:
    code, said = zizmor(list(alike(platforms.files(WORKFLOWS))), platforms.folder)
    assert code == 0, said


def test_both_refuse_a_planted_fault(planted: Path) -> None:
    assert "potentially untrusted" in actionlint([planted], planted.parent)
    code, said = zizmor([planted], planted.parent)
    assert code
    assert "template-injection" in said


@proves("check-jsonschema")
@pytest.mark.parametrize("schema", SCHEMAS)
def test_published_schemas_accept_what_other_tools_read(platforms: Platforms, schema: str, tmp_path: Path) -> None:
    files = list(alike(platforms.files(*SCHEMAS[schema])))
    done = check_jsonschema(schema, files) if files else None
    assert done is None or done.returncode == 0, done.stdout + done.stderr
    planted = tmp_path / "planted.json"
    planted.write_text('{"jobs": 1, "extends": 1, "include": 1}', encoding="utf-8")
    assert check_jsonschema(schema, [planted]).returncode == 1


def check_jsonschema(schema: str, files: list[Path]) -> subprocess.CompletedProcess[str]:
    """Holds files against a schema that comes with the tool."""
    return run([BINARIES / "check-jsonschema", "--builtin-schema", schema, *files], BINARIES)
