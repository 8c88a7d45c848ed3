"""What every test shares: a scratch clone of the template as it stands here, tagged as a release of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdist.remote import Producer

    from tests.lanes import Lanes

ROOT = Path(__file__).parents[1]
VERSION = "v999.0.0"
SOURCES = (
    "copier.yml", "catalogue.yaml", "moves.yaml", "releases.yaml", "questions", "_shared", "providers", "template",
)  # fmt: skip
NOBODY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "Test"), ("EMAIL", "test@example.invalid"))
}

# Before Copier is imported, which keeps the environment that it first sees: nothing of the person who runs the tests
# takes part in them, and no git asks for a password.
for name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[name]
os.environ |= {
    "COPIER_SETTINGS_PATH": str(Path(__file__).with_name("copier-settings.yml")),
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
# How long an example takes says more about the machine than about what is tested.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Lanes:
    """Says which process runs which tests."""
    from tests.lanes import OF_FILE, Lanes

    return Lanes(config, log, OF_FILE)


def git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder, as nobody in particular."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **NOBODY}, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip("\n")


def commit(folder: Path, message: str = "Change", tag: str | None = None) -> str:
    """Commits all that is in a folder, and tags it; makes the repository if there is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", f"--message={message}")
    if tag:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but git's own: its bytes, and whether it may be executed, by path."""
    return {
        str(path.relative_to(folder)): (b"x" if os.access(path, os.X_OK) else b"-") + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def copy_sources(folder: Path) -> Path:
    """Copies what Copier reads of the template as it stands here; gives the folder back."""
    for name in SOURCES:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


@dataclass(frozen=True)
class Template:
    """A repository that holds the template.

    Attributes:
        path: the repository.
        version: the tag that is rendered; None for a plain folder.
    """

    path: Path
    version: str | None = VERSION

    def render(self, answers: Mapping[str, Any], dst: Path) -> Path:
        """Renders it as `copier copy --defaults` does, but faster; a test compares this with `copy`."""
        from clusterwright.render.copier import worker

        data = dict(answers)
        with worker()(
            src_path=str(self.path), dst_path=dst, data=data, vcs_ref=self.version, defaults=True, quiet=True
        ) as run:
            run.run_copy()
        return dst

    def copy(self, answers: Mapping[str, Any], dst: Path) -> Path:
        """Renders it with plain `copier copy --defaults`."""
        from copier import run_copy

        run_copy(str(self.path), dst, dict(answers), vcs_ref=self.version, defaults=True, quiet=True)
        return dst

    def refusal(self, answers: Mapping[str, Any], dst: Path) -> str | None:
        """Renders it; gives the one line why it refused, or None when it did not."""
        from clusterwright.render.refusals import explain

        try:
            self.render(answers, dst)
        except Exception as error:
            stop = explain(error)
            if stop is None:
                raise
            return str(stop)
        return None

    def clone(self, path: Path) -> Template:
        """Makes a copy that a test may change and release."""
        git(path.parent, "clone", "--quiet", str(self.path), str(path))
        return Template(path, self.version)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The template as it stands here, uncommitted changes included, as v999.0.0; what it never reads is left out."""
    path = tmp_path_factory.mktemp("template") / "clusterwright"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        source, copy = ROOT / name, path / name
        if name and not name.startswith(("schemas/", "tests/")) and source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    commit(path, "Release", VERSION)
    return Template(path)


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """What Copier reads of the template and no more, outside git: quick to render, impossible to update."""
    return Template(copy_sources(tmp_path_factory.mktemp("sources")), version=None)


@pytest.fixture(scope="session")
def rendered(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A default platform under git, rendered by plain Copier; tests only read it."""
    repository = template.render({}, tmp_path_factory.mktemp("rendered") / "platform")
    commit(repository, "Begin")
    return repository


@pytest.fixture
def platform(rendered: Path, tmp_path: Path) -> Path:
    """A default platform under git, for one test to change."""
    git(tmp_path, "clone", "--quiet", str(rendered), "platform")
    return tmp_path / "platform"
