"""The platforms that the static engines look at: every valid answers file, and every row of the matrix."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import yaml

from tests.engines.harness.build import CACHE, alone
from tests.engines.harness.memory import HOW, WHAT, Memory, digest
from tests.engines.harness.skips import had
from tests.matrix.chooser import chooser
from tests.matrix.pairs import matrix
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tests.conftest import Template

Test = TypeVar("Test", bound="Callable[..., None]")

# Rendered platforms, kept from one run to the next: as long as nothing changes that they are made of.
RENDERED = CACHE.parent / "platforms"
# Hours after which those go that no run has looked at since.
KEPT = 2
SEARCH = Path(__file__).parents[1] / "matrix"
# What Kubernetes never sees, and kubeconform takes for an object.
NOT_OBJECTS = r"(^|/)(\.|docs/|infrastructure/|fleet\.yaml|atlantis\.yaml|bootstrap/k3d\.yaml|.*/values?\.yaml)"
# What is asked here lives for a second: it need not collect what it throws away, nor share its work among cores.
BRIEF = {"GOGC": "off", "GOMEMLIMIT": "1GiB", "GOMAXPROCS": "1"}


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

    def files(self, *patterns: str, of: Iterable[Path] = ()) -> list[Path]:
        """Every file that fits one of the patterns, in some platforms or in any."""
        those = of or self
        return [path for one in those for pattern in patterns for path in sorted(one.glob(pattern)) if path.is_file()]

    def objects(self, of: Iterable[Path] = ()) -> list[Path]:
        """Every file of Kubernetes objects, in some platforms or in any."""
        found = self.files("platform/**/*.yaml", "registry/**/*.yaml", "bootstrap/root.yaml", of=of)
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


def alike(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Groups files that say the same: all of them, by the first."""
    found: dict[bytes, list[Path]] = {}
    for path in paths:
        found.setdefault(hashlib.sha256(path.read_bytes()).digest(), []).append(path)
    return {group[0]: group for group in found.values()}


def recorded(platform: Path) -> dict[str, Any]:
    """What Copier recorded in a platform."""
    found: dict[str, Any] = yaml.safe_load((platform / ".copier-answers.yml").read_text("utf-8"))
    return found


def asked(sources: Template, memory: Memory, *, with_matrix: bool) -> dict[str, dict[str, Any]]:
    """What each platform is asked for, by its name."""
    found = {path.stem: answers(path) for path in sorted(VALID.glob("*.yaml"))}
    rows = searched(sources, memory) if with_matrix else []
    return found | {f"matrix-{number:03}": row for number, row in enumerate(rows)}


def searched(sources: Template, memory: Memory) -> list[dict[str, Any]]:
    """The answers of each row of the matrix; searched for when the questions are new."""
    found: list[dict[str, Any]] = memory.of("matrix", *HOW, SEARCH).answer(
        lambda: [dict(row.answers) for row in matrix(chooser(sources.path)).rows]
    )
    return found


def render(sources: Template, memory: Memory, *, with_matrix: bool) -> Platforms:
    """Renders every platform, on every core.

    Args:
        sources: The template.
        memory: Knows what was searched for before.
        with_matrix: Whether to render the matrix too.

    Returns:
        The platforms; those that another run or process has rendered of the same sources are taken as they are.
    """
    folder = RENDERED / digest(*HOW, *WHAT, SEARCH, str(with_matrix))
    note = folder / "asked.json"
    with alone(folder):
        if not note.exists():
            tidy()
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            wanted = asked(sources, memory, with_matrix=with_matrix)
            # A process that is forked while others threads run may wait for ever for what they held.
            with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
                list(pool.map(partial(_render, sources, folder), *zip(*wanted.items(), strict=True)))
            note.write_text(json.dumps(wanted), encoding="utf-8")
        note.touch()
    return Platforms(folder, json.loads(note.read_text(encoding="utf-8")))


def tidy() -> None:
    """Lets platforms go that no run has looked at for hours; one that is begun has no note yet."""
    old = time.time() - KEPT * 60 * 60
    for note in RENDERED.glob("*/asked.json"):
        if note.stat().st_mtime < old:
            shutil.rmtree(note.parent, ignore_errors=True)


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
    """Runs a program in a folder; its own environment is PATH, HOME, what makes it brief, and what is given."""
    kept = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ} | BRIEF
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
