"""kubeconform and Kustomize over the manifests of every platform."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from typing import TYPE_CHECKING

from clusterwright.check.run import check
from tests.engines.harness.memory import digest
from tests.engines.platforms import NOT_OBJECTS, alike, loaded, proves, run, tool
from tests.engines.schemas import problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clusterwright.check.model import Finding
    from tests.engines.platforms import Platforms
    from tests.engines.schemas import Verdicts

# Where a component has its own objects.
MANIFESTS = "platform/*/manifests"


@proves("kubeconform")
def test_kubeconform_and_check_find_nothing(judged: Verdicts) -> None:
    ours = {name: warnings(findings) for name, findings in judged.ours.items()}
    assert {name: lines for name, lines in ours.items() if lines} == {}
    assert judged.theirs == {}


def warnings(findings: Iterable[Finding]) -> list[str]:
    """What is worth a warning, or worse."""
    return [f"{one.path}: {one.message}" for one in findings if one.severity != "info"]


def test_kubeconform_and_check_refuse_a_planted_fault(platforms: Platforms, schemas: Path, tmp_path: Path) -> None:
    faulty = shutil.copytree(platforms.folder / "laptop", tmp_path / "faulty")
    path = faulty / "bootstrap/root.yaml"
    path.write_text(path.read_text("utf-8").replace("  project: ", "  projects: "), encoding="utf-8")
    assert warnings(check(str(faulty)).findings)
    assert problems(schemas, "1.35", [path], NOT_OBJECTS).keys() == {str(path)}


@proves("Kustomize")
def test_kustomize_builds_the_manifests_of_every_component(platforms: Platforms, tmp_path: Path) -> None:
    """No platform has a kustomization: Argo CD reads plain folders. Kustomize is given one, and refuses doubles."""
    assert platforms.files("**/kustomization.y*ml") == []
    distinct = {digest(folder): folder for one in platforms for folder in one.glob(MANIFESTS)}
    assert len(distinct) > 20
    said = {str(folder): build([folder], tmp_path / key)[0] for key, folder in distinct.items()}
    assert {name: wrong for name, wrong in said.items() if wrong} == {}


@proves("Kustomize")
def test_no_two_components_have_one_object(platforms: Platforms, tmp_path: Path) -> None:
    """Kustomize builds all that the largest platform has; what it would refuse is sought in the others without it."""
    per_platform: dict[str, Counter[str]] = {}
    for path, same in alike(platforms.files(f"{MANIFESTS}/*.yaml")).items():
        names = [json.dumps(identity(one)) for one in loaded(path.read_text("utf-8"))]
        for one in same:
            per_platform.setdefault(one.relative_to(platforms.folder).parts[0], Counter()).update(names)
    doubles = {one: [name for name, count in found.items() if count > 1] for one, found in per_platform.items()}
    assert {one: names for one, names in doubles.items() if names} == {}
    largest = max(per_platform, key=lambda one: per_platform[one].total())
    assert build(sorted((platforms.folder / largest).glob(MANIFESTS)), tmp_path / "largest")[0] == ""


def test_kustomize_builds_every_object(platforms: Platforms, tmp_path: Path) -> None:
    folders = sorted((platforms.folder / "laptop").glob(MANIFESTS))
    _, built = build(folders, tmp_path / "laptop")
    written = [one for folder in folders for path in folder.glob("*.yaml") for one in loaded(path.read_text("utf-8"))]
    assert sorted(map(json.dumps, map(identity, loaded(built)))) == sorted(map(json.dumps, map(identity, written)))


def test_kustomize_refuses_a_planted_double(platforms: Platforms, tmp_path: Path) -> None:
    folder = shutil.copytree(platforms.folder / "laptop/platform/argo-cd/manifests", tmp_path / "manifests")
    path = next(folder.glob("*.yaml"))
    shutil.copy(path, folder / f"again-{path.name}")
    wrong, _ = build([folder], tmp_path / "build")
    assert "may not add resource with an already registered id" in wrong


def build(folders: list[Path], place: Path) -> tuple[str, str]:
    """Builds a kustomization of all manifests in some folders; gives what is wrong, and what was built."""
    place.mkdir()
    resources = [os.path.relpath(path, place) for folder in folders for path in sorted(folder.glob("*.yaml"))]
    (place / "kustomization.yaml").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    command = [tool("kustomize", "kustomize"), "build", "--load-restrictor=LoadRestrictionsNone", "."]
    done = run(command, place)
    return (done.stderr if done.returncode else ""), done.stdout


def identity(document: dict[str, object]) -> list[object]:
    """What no two objects have in common."""
    metadata = document["metadata"]
    assert isinstance(metadata, dict)
    return [document["apiVersion"], document["kind"], metadata.get("namespace"), metadata["name"]]
