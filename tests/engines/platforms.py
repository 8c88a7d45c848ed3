"""The platforms that the static engines look at: every valid answers file, and every row of the matrix."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import subprocess
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import yaml

from tests.engines.harness.build import alone
from tests.engines.harness.skips import had
from tests.matrix.pairs import chooser, matrix
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.conftest import Template

Test = TypeVar("Test", bound="Callable[..., None]")

# Where the manifests are.
PLACES = ("platform", "registry", "bootstrap/root.yaml")
# What Kubernetes never sees, and kubeconform takes for an object.
NOT_OBJECTS = r"(^|/)(\.|docs/|infrastructure/|fleet\.yaml|atlantis\.yaml|bootstrap/k3d\.yaml|.*/values?\.yaml)"


@dataclass(frozen=True)
class Platforms:
    """Rendered platforms, side by side in one folder: an engine may look at all of them at once.

    Attributes:
        folder: That folder.
        asked: What each was asked for, by name.
    """

    folder: Path
    asked: Mapping[str, Mapping[str, Any]]

    def __iter__(self) -> Iterator[Path]:
        """Each platform."""
        return (self.folder / name for name in self.asked)

    def files(self, *patterns: str) -> list[Path]:
        """Every file that fits one of the patterns, in any platform."""
        return [path for one in self for pattern in patterns for path in sorted(one.glob(pattern)) if path.is_file()]

    def objects(self) -> list[Path]:
        """Every file of Kubernetes objects."""
        found = self.files("platform/**/*.yaml", "registry/**/*.yaml", "bootstrap/root.yaml")
        return [path for path in found if not re.search(NOT_OBJECTS, str(path.relative_to(self.folder)))]

    def by_version(self) -> dict[str, list[Path]]:
        """The platforms of each Kubernetes version."""
        found: dict[str, list[Path]] = {}
        for one in self:
            found.setdefault(recorded(one)["kubernetes_version"], []).append(one)
        return found


def loaded(text: str) -> list[dict[str, Any]]:
    """The objects in a text, read in C where that is there."""
    return [one for one in yaml.load_all(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if one]


def recorded(platform: Path) -> dict[str, Any]:
    """What Copier recorded in a platform."""
    found: dict[str, Any] = yaml.safe_load((platform / ".copier-answers.yml").read_text("utf-8"))
    return found


def asked(sources: Template, *, with_matrix: bool) -> dict[str, dict[str, Any]]:
    """What each platform is asked for, by its name."""
    found = {path.stem: answers(path) for path in sorted(VALID.glob("*.yaml"))}
    rows = matrix(chooser(sources.path)).rows if with_matrix else ()
    return found | {f"matrix-{number:03}": dict(row.answers) for number, row in enumerate(rows)}


def render(sources: Template, folder: Path, *, with_matrix: bool) -> Platforms:
    """Renders every platform, on every core.

    Args:
        sources: The template.
        folder: Where to; what another process has rendered there is taken as it is.
        with_matrix: Whether to render the matrix too.

    Returns:
        The platforms.
    """
    note = folder / "asked.json"
    with alone(folder):
        if not note.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            wanted = asked(sources, with_matrix=with_matrix)
            # A process that is forked while others threads run may wait for ever for what they held.
            with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
                list(pool.map(partial(_render, sources, folder), *zip(*wanted.items(), strict=True)))
            note.write_text(json.dumps(wanted), encoding="utf-8")
    return Platforms(folder, json.loads(note.read_text(encoding="utf-8")))


def _render(sources: Template, folder: Path, name: str, given: Mapping[str, Any]) -> None:
    """Renders one of them."""
    sources.render(given, folder / name)


def proves(engine: str) -> Callable[[Test], Test]:
    """Marks a test that proves something about every platform."""

    def mark(test: Test) -> Test:
        for name in (*(path.stem for path in sorted(VALID.glob("*.yaml"))), "the matrix"):
            test = pytest.mark.proves(engine, answers=name)(test)
        return test

    return mark


def tool(name: str, program: str) -> str:
    """An engine's program, or a skip."""
    return had(name, f"what {program} says") / program


def run(command: Iterable[str | Path], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in a folder; its own environment is PATH, HOME and what is given."""
    kept = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def failures(platforms: Platforms, probe: Callable[[Path], str]) -> dict[str, str]:
    """What an engine says against each platform; nothing about those that it accepts."""
    said = {one.name: probe(one) for one in platforms}
    return {name: text for name, text in said.items() if text}
