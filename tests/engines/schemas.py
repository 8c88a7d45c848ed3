"""kubeconform with our schemas, as strict as it can be, and `clusterwright check` beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clusterwright.check.model import Finding
from clusterwright.check.run import check
from tests.engines.harness.crds import ROOT
from tests.engines.harness.memory import digest
from tests.engines.platforms import alike, run, tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.engines.harness.memory import Memory
    from tests.engines.platforms import Platforms

CHECK = ROOT / "hooks/clusterwright"
SCHEMAS = ROOT / "schemas"
# Groups of the API without schemas, and why: nobody judges what is in them.
UNKNOWN = {"opentofu.m.upbound.io": "the Go module that has its definitions could not be had where schemas are made"}


@dataclass(frozen=True)
class Verdicts:
    """What both say about every platform.

    Attributes:
        ours: The findings of `clusterwright check`, by platform.
        theirs: The messages of kubeconform, by the path of the file below the folder of all platforms.
    """

    ours: Mapping[str, list[Finding]]
    theirs: Mapping[str, list[str]]


def verdicts(platforms: Platforms, schemas: Path, memory: Memory) -> Verdicts:
    """Asks both about every platform, under the Kubernetes version that it is for."""
    known = memory.of("check", CHECK, SCHEMAS, ROOT / "constraints.txt")
    theirs: dict[str, list[str]] = {}
    for version, those in platforms.by_version().items():
        same = alike(platforms.objects(those))
        for path, said in problems(schemas, version, same).items():
            theirs |= {str(one.relative_to(platforms.folder)): said for one in same[Path(path)]}
    return Verdicts({one.name: judge(one, known) for one in platforms}, theirs)


def judge(platform: Path, known: Memory) -> list[Finding]:
    """What `clusterwright check` finds in a platform, or found in one that was the same in every byte."""

    def judged() -> list[tuple[object, ...]]:
        told = check(str(platform)).findings
        return [(one.path, one.line, one.col, one.rule, one.severity, one.message) for one in told]

    return [Finding(*one) for one in known.answer(judged, digest(platform))]


def laid_out(folder: Path) -> Path:
    """Puts our schemas where kubeconform looks for them: it calls the group of `apiVersion: v1` v1."""
    for minor in sorted((SCHEMAS / "kubernetes").iterdir()):
        for path in [*minor.glob("*/*.json"), *(SCHEMAS / "crds").glob("*/*.json")]:
            group = folder / minor.name / ("v1" if path.parent.name == "core" else path.parent.name)
            group.mkdir(parents=True, exist_ok=True)
            (group / path.name).symlink_to(path)
    return folder


def problems(schemas: Path, version: str, paths: Iterable[Path], ignored: str = "^$") -> dict[str, list[str]]:
    """What kubeconform finds.

    Args:
        schemas: What `laid_out` made.
        version: The minor version of Kubernetes.
        paths: Files, and folders of files.
        ignored: The files that are no objects.

    Returns:
        Its messages by file; without the files that it accepts, and without the kinds that nobody knows.
    """
    location = f"{schemas}/v{version}/{{{{.Group}}}}/{{{{.ResourceKind}}}}_{{{{.ResourceAPIVersion}}}}.json"
    options = ["-strict", "-output=json", "-schema-location", location, "-ignore-filename-pattern", ignored]
    done = run([tool("kubeconform", "kubeconform"), *options, *paths], schemas)
    assert done.stdout, done.stderr
    found: dict[str, list[str]] = {}
    for one in json.loads(done.stdout)["resources"]:
        if one["version"].partition("/")[0] not in UNKNOWN:
            found.setdefault(one["filename"], []).append(one["msg"])
    return found
