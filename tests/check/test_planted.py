"""Three hundred faults, of every kind that a rule is about, planted into a generated repository: each one is found.

Faults in different files are planted together, so that a repository is read once for many of them. A fault that is not
found in company (another one took away what it was measured by) has to be found alone.
"""

from __future__ import annotations

import shutil
from random import Random
from typing import TYPE_CHECKING

import pytest

from clusterwright import git
from clusterwright.check.registry import RULES
from tests.check.conftest import findings, lines
from tests.check.planted import argocd, iac, kubernetes, template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.check.planted.planting import Base, Fault

SEED = 4
FAULTS = 300
TOGETHER = 12
GOLDEN = "aws-github-cloudflare"
PLANTERS = (*template.PLANTERS, *argocd.PLANTERS, *kubernetes.PLANTERS, *iac.PLANTERS)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    root = tmp_path_factory.mktemp("planted") / "repository"
    shutil.copytree(request.config.rootpath / "tests" / "golden" / GOLDEN, root)
    for path, text in kubernetes.GARDEN.items():
        write(root / path, text)
    git.first_commit(root, "main", "Render")
    return root


@pytest.fixture(scope="module")
def base(repository: Path) -> Base:
    paths = (path for path in sorted(repository.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(repository).as_posix(): path.read_text("utf-8") for path in paths}


def planted(base: Base, seed: int) -> Iterator[Fault]:
    """One fault of each planter, then another, as long as there is room."""
    pending = [planter.faults(base, Random(f"{seed} {number}")) for number, planter in enumerate(PLANTERS)]  # noqa: S311
    while pending:
        for faults in list(pending):
            fault = next(faults, None)
            if fault is None:
                pending.remove(faults)
            else:
                yield fault


def batches(faults: list[Fault]) -> Iterator[list[Fault]]:
    """Faults that touch different files, together; in the order in which there is room for them."""
    open_batches: list[tuple[list[Fault], set[str]]] = []
    for fault in faults:
        for batch, touched in open_batches:
            if len(batch) < TOGETHER and touched.isdisjoint(fault.files):
                break
        else:
            batch, touched = [], set()
            open_batches.append((batch, touched))
        batch.append(fault)
        touched.update(fault.files)
    return (batch for batch, _ in open_batches)


def missed(root: Path, base: Base, batch: list[Fault]) -> list[Fault]:
    """Plants faults, checks, takes them out again; gives those that no finding names."""
    files = {path: text for fault in batch for path, text in fault.files.items()}
    try:
        for path, text in files.items():
            write(root / path, text)
        found = {(one.rule, one.path, one.line) for one in findings(root)}
    finally:
        for path in files:
            write(root / path, base.get(path))
    return [fault for fault in batch if (fault.rule, fault.path, fault.line) not in found]


def write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_the_repository_is_without_fault(repository: Path) -> None:
    assert lines(repository) == []


def test_every_rule_has_a_planter() -> None:
    assert {rule.id for rule in RULES if rule.severity != "info"} - {one.rule for one in PLANTERS} == set()
    assert {one.rule for one in PLANTERS} <= {rule.id for rule in RULES}


def test_every_planter_has_room(base: Base) -> None:
    for number, planter in enumerate(PLANTERS):
        fault = next(planter.faults(base, Random(number)), None)  # noqa: S311
        assert fault is not None, f"planter {number}, of {planter.rule}, matches nothing"
        assert any(base.get(path) != text for path, text in fault.files.items()), fault


def test_every_planted_fault_is_found_at_its_place(repository: Path, base: Base) -> None:
    faults = []
    for fault in planted(base, SEED):
        faults.append(fault)
        if len(faults) == FAULTS:
            break
    assert len({(fault.rule, fault.path, tuple(fault.files.values())) for fault in faults}) == FAULTS
    alone = [fault for batch in batches(faults) for fault in missed(repository, base, batch)]
    assert [str(fault) for fault in alone if missed(repository, base, [fault])] == []
