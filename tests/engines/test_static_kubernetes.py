"""kubeconform and Kustomize over the manifests of every platform."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

from clusterwright.check.run import check
from tests.engines.platforms import NOT_OBJECTS, loaded, proves, run, tool
from tests.engines.schemas import problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clusterwright.check.model import Finding
    from tests.engines.platforms import Platforms
    from tests.engines.schemas import Verdicts


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
    wrong = {one.name: build(sorted(one.glob("platform/*/manifests")), tmp_path / one.name)[0] for one in platforms}
    assert {name: said for name, said in wrong.items() if said} == {}


def test_kustomize_builds_every_object(platforms: Platforms, tmp_path: Path) -> None:
    folders = sorted((platforms.folder / "laptop").glob("platform/*/manifests"))
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
