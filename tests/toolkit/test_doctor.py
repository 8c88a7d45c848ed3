"""`clusterwright doctor` and `clusterwright completion`."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from clusterwright import doctor
from clusterwright.commands.completion import SHELLS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.toolkit.conftest import Run


@pytest.fixture
def platform(tmp_path: Path) -> Path:
    """A folder with a preflight of its own, which finds one thing."""
    root = tmp_path / "acme"
    (root / "bootstrap").mkdir(parents=True)
    (root / "bootstrap/preflight").write_text(
        "#!/usr/bin/env bash\necho '   - kubectl is missing; get it'\n"
        "echo 'bootstrap: 1 to put right first' >&2\nexit 1\n"
    )
    return root


def lines(out: str) -> list[str]:
    return [line for line in out.splitlines() if not line.startswith(("  ok", "  without"))]


def test_what_is_there_is_named_with_its_version(run: Run, tmp_path: Path) -> None:
    said = run("doctor", tmp_path)
    assert said.code == 0
    assert lines(said.out) == ["This machine"]
    assert f"  ok       Copier {metadata.version('copier')}\n" in said.out
    assert "  ok       git 2." in said.out


def test_preflight_of_a_platform_is_the_other_half(run: Run, platform: Path) -> None:
    said = run("doctor", platform)
    assert said.code == 1
    assert lines(said.out) == [
        "This machine",
        "",
        "acme (bootstrap/preflight)",
        "  - kubectl is missing; get it",
        "  bootstrap: 1 to put right first",
    ]
    (platform / "bootstrap/preflight").write_text("#!/usr/bin/env bash\necho '   all is there'\n")
    assert run("doctor", platform).code == 0


def test_preflight_cannot_wait_for_an_answer(run: Run, platform: Path) -> None:
    (platform / "bootstrap/preflight").write_text("#!/usr/bin/env bash\nread -r answer || exit 1\n")
    assert run("doctor", platform).code == 1


def test_what_is_missing_says_what_does_not_work_without_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(doctor, "_installed", lambda package: "9.18.2" if package == "copier" else "")
    said = run("doctor", tmp_path)
    assert said.code == 1
    assert said.out == (
        "This machine\n"
        "  missing  git: every verb but check needs it; install git\n"
        "  missing  Copier 9.18.2: new, apply and update render with Copier 9.19 or newer; "
        "pip install 'clusterwright[platform]'\n"
        "  without  Graphviz: map --format svg and html cannot place boxes; "
        "pip install 'clusterwright[map]', or install Graphviz\n"
        "  without  helm: review shows no rendered difference of charts; https://helm.sh/docs/intro/install/\n"
    )


def test_a_template_that_is_gone_is_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".copier-answers.yml").write_text("_src_path: /nowhere/clusterwright\n")
    said = run("doctor", tmp_path)
    assert said.code == 1
    assert "  missing  the template, /nowhere/clusterwright: .copier-answers.yml says the template is in" in said.out
    (tmp_path / ".copier-answers.yml").write_text("_src_path: https://git.example.com/clusterwright\n")
    assert "  ok       the template, https://git.example.com/clusterwright\n" in run("doctor", tmp_path).out


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_what_completes_it(run: Run, shell: str) -> None:
    said = run("completion", shell)
    assert said.code == 0
    assert "_CLUSTERWRIGHT_COMPLETE" in said.out


@pytest.mark.parametrize(
    ("words", "answer"), [("clusterwright ma", "plain,map\n"), ("clusterwright map --format m", "plain,mermaid\n")]
)
def test_bash_completes_verbs_options_and_values(words: str, answer: str) -> None:
    count = str(len(words.split()) - 1)
    asked = {**os.environ, "_CLUSTERWRIGHT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": count}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'clusterwright'; from clusterwright.cli import run; run()"],
        env=asked, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, answer, "")


def test_the_script_for_bash_is_one_that_bash_takes(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(run("completion", "bash").out)
    script.chmod(stat.S_IRUSR)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
