"""What every rendered file must be, whatever the answers: clean to its own tools, and nothing left of the template."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from yamllint import linter  # type: ignore[import-untyped]
from yamllint.config import YamlLintConfig  # type: ignore[import-untyped]

from clusterwright.cli import VERBS
from tests.template.questions import ROOT, VALID, answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Template

BINARIES = Path(sys.executable).parent
YAMLLINT = YamlLintConfig((ROOT / ".yamllint.yaml").read_text(encoding="utf-8").replace("max: 120", "max: 160"))


@pytest.fixture(scope="module", params=sorted(VALID.glob("*.yaml")), ids=lambda path: path.stem)
def repository(request: pytest.FixtureRequest, sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One rendered repository for each valid answers file."""
    return sources.render(answers(request.param), tmp_path_factory.mktemp(request.param.stem) / "out")


def texts(repository: Path, pattern: str = "*") -> Iterator[tuple[str, str]]:
    for path in sorted(repository.rglob(pattern)):
        if path.is_file() and ".git" not in path.relative_to(repository).parts:
            yield str(path.relative_to(repository)), path.read_text(encoding="utf-8")


def test_nothing_of_the_template_is_left(repository: Path) -> None:
    for name, text in texts(repository):
        assert not re.search(r"#\{|#%|%#|#\|", text), name
        assert not re.search(r"\b(TODO|FIXME|CHANGEME)\b|<[A-Z]+(_[A-Z]+)+>", text), name


def test_white_space_is_calm(repository: Path) -> None:
    for name, text in texts(repository):
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert not text.startswith("\n"), name
        assert "\n\n\n" not in text, name
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), name


def test_yaml_is_lint_clean(repository: Path) -> None:
    problems = [
        f"{name}: {problem}"
        for suffix in ("*.yaml", "*.yml")
        for name, text in texts(repository, suffix)
        if name != ".copier-answers.yml"
        for problem in linter.run(text, YAMLLINT)
    ]
    assert problems == []


def test_json_parses(repository: Path) -> None:
    for _, text in texts(repository, "*.json"):
        json.loads(text)


def test_hcl_is_formatted(repository: Path) -> None:
    tool = shutil.which("tofu") or shutil.which("terraform")
    if tool is None:
        pytest.skip("neither tofu nor terraform is installed: the format of infrastructure/ was not proven")
    command = [tool, "fmt", "-check", "-recursive", "-diff", str(repository)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_shell_is_clean(repository: Path) -> None:
    scripts = [repository / name for name, text in texts(repository) if re.match(r"#!.*\b(ba)?sh\b", text)]
    command = [str(BINARIES / "shellcheck"), "--external-sources", "--source-path=SCRIPTDIR", *map(str, scripts)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_check_finds_nothing(repository: Path) -> None:
    command = [str(BINARIES / "clusterwright"), "check", str(repository)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_relative_link_of_the_documentation_leads_somewhere(repository: Path) -> None:
    for name, text in texts(repository, "*.md"):
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)", text):
            assert (repository / name).parent.joinpath(target).exists(), f"{name}: {target}"


def test_every_script_is_executable(repository: Path) -> None:
    for name, text in texts(repository):
        if text.startswith("#!"):
            assert (repository / name).stat().st_mode & 0o111, name


def test_the_documentation_names_only_commands_that_exist(repository: Path) -> None:
    for name, text in texts(repository, "*.md"):
        for verb in re.findall(r"(?<![/\w])clusterwright ([a-z]+)", text):
            assert verb in VERBS, f"{name}: clusterwright {verb}"
        for script in re.findall(r"(?<![\w/.])bootstrap/([a-z][a-z0-9-]*)(?![\w./-])", text):
            in_the_namespace = script in {"platform", "state-passphrase"}
            assert in_the_namespace or (repository / "bootstrap" / script).exists(), f"{name}: bootstrap/{script}"
