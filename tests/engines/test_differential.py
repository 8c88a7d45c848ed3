"""`clusterwright check` and kubeconform judge alike, file by file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml

from clusterwright.check.run import check
from tests.engines.harness.proof import VALID as NAMES
from tests.engines.mutants import FAULTS, mutants
from tests.engines.platforms import loaded, proves
from tests.engines.schemas import UNKNOWN, problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clusterwright.check.model import Finding
    from tests.engines.mutants import Mutant
    from tests.engines.platforms import Platforms
    from tests.engines.schemas import Verdicts

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
def faulty(platforms: Platforms) -> list[Mutant]:
    """Faulty manifests, made of all that the platforms of tests/valid have."""
    paths = [path for path in platforms.objects() if path.relative_to(platforms.folder).parts[0] in NAMES]
    texts = sorted({path.read_text(encoding="utf-8") for path in paths})
    documents = [one for text in texts for one in loaded(text)]
    return mutants(documents, VERSION, COUNT, SEED)


def refused(findings: Iterable[Finding]) -> set[str]:
    """The files that break a rule which kubeconform has too."""
    return {one.path for one in findings if one.rule in SHARED}


@proves("kubeconform = check")
def test_both_judge_every_file_of_every_platform_alike(judged: Verdicts) -> None:
    ours = {f"{name}/{path}" for name, findings in judged.ours.items() for path in refused(findings)}
    assert ours ^ judged.theirs.keys() == set()


def test_whatever_has_no_schema_is_said_to_be_unchecked(judged: Verdicts) -> None:
    said = {one.message for findings in judged.ours.values() for one in findings if one.rule == "schema-missing"}
    assert {group for group in UNKNOWN if any(f" {group}/" in one for one in said)} == UNKNOWN.keys()
    assert [one for one in said if not any(f" {group}/" in one for group in UNKNOWN)] == []


def test_both_judge_faulty_manifests_alike(faulty: list[Mutant], schemas: Path, tmp_path: Path) -> None:
    names = {f"{number:03}.yaml": one for number, one in enumerate(faulty)}
    for name, one in names.items():
        (tmp_path / name).write_text(one.text, encoding="utf-8")
    ours = refused(check(str(tmp_path)).findings)
    theirs = {path.removeprefix(f"{tmp_path}/") for path in problems(schemas, VERSION, [tmp_path])}
    assert {str(names[name]) for name in ours - theirs} == set()
    missed = [names[name] for name in sorted(theirs - ours)]
    assert [one for one in missed if one.place not in DISAGREEMENTS] == []
    # A fault that neither sees proves nothing: a field that may hold anything, or is required where it has a default.
    seen = Counter(names[name].fault for name in ours & theirs)
    assert seen.keys() == FAULTS.keys()
    assert seen.total() > COUNT * 0.8, seen


@pytest.mark.parametrize("field", DISAGREEMENTS)
def test_they_still_disagree_where_it_is_said(schemas: Path, tmp_path: Path, field: str) -> None:
    document = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "planted"}}
    path = tmp_path / "planted.yaml"
    path.write_text(yaml.safe_dump({key: value for key, value in document.items() if key != field}), encoding="utf-8")
    assert refused(check(str(tmp_path)).findings) == set()
    assert problems(schemas, VERSION, [tmp_path]).keys() == {str(path)}
