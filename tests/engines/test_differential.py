"""`clusterwright check` and kubeconform judge alike, file by file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml

from clusterwright.check.run import check
from tests.engines.mutants import FAULTS, mutants
from tests.engines.platforms import NOT_OBJECTS, PLACES, proves
from tests.engines.schemas import laid_out, problems

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engines.mutants import Mutant
    from tests.engines.platforms import Platforms

SEED = 7
COUNT = 200
# What `check` takes where nobody says otherwise.
VERSION = "1.35"
# What kubeconform looks for, as our rules call it.
SHARED = {"schema", "yaml-duplicate-key", "yaml-parse"}
# Faults that kubeconform alone sees, by the field that is at fault, and why. There are none that `check` alone sees.
DISAGREEMENTS = {
    "apiVersion": "a document without it is no resource to `check`, which reads repositories full of other YAML",
    "kind": "the same; kubeconform is only given files of resources",
}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our schemas where kubeconform looks for them."""
    return laid_out(tmp_path_factory.mktemp("schemas"))


@pytest.fixture(scope="module")
def faulty(platforms: Platforms) -> list[Mutant]:
    """Faulty manifests, made of all that the platforms have."""
    texts = sorted({path.read_text(encoding="utf-8") for path in platforms.objects()})
    documents = [one for text in texts for one in yaml.safe_load_all(text) if one]
    return mutants(documents, VERSION, COUNT, SEED)


def refused_by_us(folder: Path) -> set[str]:
    """The files that break a rule which kubeconform has too."""
    return {one.path for one in check(str(folder)).findings if one.rule in SHARED}


@proves("kubeconform = check")
def test_both_judge_every_file_of_every_platform_alike(platforms: Platforms, schemas: Path) -> None:
    ours = {f"{one.name}/{path}" for one in platforms for path in refused_by_us(one)}
    theirs = set()
    for version, those in platforms.by_version().items():
        paths = [one / place for one in those for place in PLACES]
        refused = problems(schemas, version, paths, NOT_OBJECTS)
        theirs |= {path.removeprefix(f"{platforms.folder}/") for path in refused}
    assert ours ^ theirs == set()


def test_both_judge_faulty_manifests_alike(faulty: list[Mutant], schemas: Path, tmp_path: Path) -> None:
    names = {f"{number:03}.yaml": one for number, one in enumerate(faulty)}
    for name, one in names.items():
        (tmp_path / name).write_text(one.text, encoding="utf-8")
    ours = refused_by_us(tmp_path)
    theirs = {path.removeprefix(f"{tmp_path}/") for path in problems(schemas, VERSION, [tmp_path])}
    assert {str(names[name]) for name in ours - theirs} == set()
    missed = [names[name] for name in sorted(theirs - ours)]
    assert [one for one in missed if one.place not in DISAGREEMENTS] == []
    assert {one.place for one in missed} == DISAGREEMENTS.keys(), "they agree on it now: list it no more"
    # A fault that neither sees proves nothing: a field that may hold anything, or is required where it has a default.
    seen = Counter(names[name].fault for name in ours & theirs)
    assert seen.keys() == FAULTS.keys()
    assert seen.total() > COUNT * 0.8, seen
