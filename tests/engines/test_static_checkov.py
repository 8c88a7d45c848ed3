"""checkov over manifests, roots and workflows of every platform: what it finds is in checkov.yaml, or is a fault."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import pytest
import yaml

from tests.engines.harness.build import CACHE, HERE
from tests.engines.harness.memory import digest
from tests.engines.platforms import alike, proves, run
from tests.engines.roots import configuration, copied, name_of, roots

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.engines.harness.memory import Memory
    from tests.engines.platforms import Platforms

KNOWN: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("checkov.yaml").read_text(encoding="utf-8"))
# What checkov looks for in manifests and workflows, and in roots.
OBJECTS = ("kubernetes", "github_actions")
HCL = ("terraform",)
MANIFESTS = ("platform/**/*.yaml", "registry/**/*.yaml", "bootstrap/**/*.yaml")
WORKFLOWS = ".github/**/*.yaml"
CORES = os.cpu_count() or 1
# Tells the kinds of objects that checkov has a check for.
TOLD = """\
import json
from checkov.common.checks_infra.registry import get_graph_checks_registry
from checkov.kubernetes.checks.resource.registry import registry
from checkov.kubernetes.runner import Runner
Runner()
related = get_graph_checks_registry("kubernetes")
related.load_checks()
assert not registry.wildcard_checks
print(json.dumps([*registry.checks, *(kind for check in related.checks for kind in check.resource_types)]))
"""
# The kind that it looks for beside a pod.
BESIDE = "NetworkPolicy"
PLANTED = """\
apiVersion: v1
kind: Pod
metadata:
  name: planted
spec:
  hostPID: true
  containers:
    - name: planted
      image: planted
      securityContext:
        privileged: true
"""


class Found(NamedTuple):
    """A finding, wherever it is."""

    check: str
    where: str

    def fits(self, accepted: dict[str, str]) -> bool:
        """Tells whether an entry of checkov.yaml accepts it."""
        return self.check == accepted["check"] and fnmatchcase(self.where, accepted["where"])


@pytest.fixture(scope="module")
def checkov() -> Path:
    """The program, in an environment of its own, which is made once."""
    folder: Path = CACHE / KNOWN["environment"].replace("==", "-")
    done = folder / "installed"
    if not done.exists():
        pip = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for command in ([sys.executable, "-m", "venv", "--clear", folder], [*pip, KNOWN["environment"]]):
            made = subprocess.run(list(map(str, command)), capture_output=True, check=False)
            if made.returncode:
                pytest.skip(f"{KNOWN['environment']} could not be installed: what it says was not proven")
        done.touch()
    return folder / "bin/checkov"


def findings(checkov: Path, frameworks: Iterable[str], folder: Path) -> dict[str, set[Found]]:
    """What checkov finds in folders side by side, by folder."""
    options = ["--quiet", "--compact", "--output=json", "--skip-download", "--skip-results-upload", "--soft-fail"]
    done = run([checkov, "--directory", folder, "--framework", *frameworks, *options], folder)
    assert done.returncode == 0, done.stderr
    reports = json.loads(done.stdout)
    found: dict[str, set[Found]] = {}
    for report in reports if isinstance(reports, list) else [reports]:
        for one in report["results"]["failed_checks"] if "results" in report else ():
            _, place, path = one["file_path"].split("/", 2)
            found.setdefault(place, set()).add(Found(one["check_id"], f"{path} {one['resource']}"))
    return found


def of_roots(checkov: Path, platforms: Platforms, known: Memory, scratch: Path) -> set[Found]:
    """What checkov finds in roots, each with the modules that it calls; those that are new it reads on every core."""
    distinct = {digest(name_of(root), configuration(root)): root for root in roots(platforms).values()}
    said = {key: known.recall(key) for key in distinct}
    new = [key for key, answer in said.items() if answer is None]
    for number, key in enumerate(new):
        copied(distinct[key], scratch / str(number % CORES) / key)
    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(partial(findings, checkov, HCL), sorted(scratch.glob("*"))))
    for key in new:
        said[key] = sorted(one for report in reports for one in report.get(key, ()))
        known.keep(said[key], key)
    return {Found(*one) for answer in said.values() for one in answer or ()}


def shown(checkov: Path, platforms: Platforms, known: Memory) -> set[tuple[str, str]]:
    """Each document that differs from all others, by its path: of a kind that checkov has a check for, or a workflow.

    The kinds of most have none; and what it takes to relate rights to each other grows with the square of their number.
    """

    def told() -> list[str]:
        done = run([checkov.with_name("python"), "-c", TOLD], checkov.parent)
        assert done.returncode == 0, done.stderr
        return sorted({BESIDE, *json.loads(done.stdout)})

    judged = re.compile(rf"^kind: ({'|'.join(known.answer(told, TOLD))})$", re.MULTILINE)
    found = {(below(platforms, path), path.read_text("utf-8")) for path in platforms.files(WORKFLOWS)}
    for path, same in alike(platforms.files(*MANIFESTS)).items():
        documents = re.split(r"^---\n", path.read_text("utf-8"), flags=re.MULTILINE)
        names = {below(platforms, one) for one in same}
        found |= {(name, one) for name in names for one in documents if judged.search(one)}
    return found


def of_manifests(checkov: Path, platforms: Platforms, known: Memory, scratch: Path) -> set[Found]:
    """What checkov finds in manifests and workflows: in those of a component at once, for one may help another."""
    shares: dict[int, list[tuple[str, str]]] = {}
    for name, text in sorted(shown(checkov, platforms, known)):
        component = "/".join(name.split("/")[:2])
        shares.setdefault(crc32(component.encode()) % CORES, []).append((name, text))
    with ThreadPoolExecutor(CORES) as pool:
        told = pool.map(partial(_of_share, checkov, known, scratch), shares.values())
        return set().union(*told)


def _of_share(checkov: Path, known: Memory, scratch: Path, documents: list[tuple[str, str]]) -> set[Found]:
    """What checkov finds in one share of them."""
    key = digest(*chain(*documents))

    def looked_at() -> list[Found]:
        for number, (name, text) in enumerate(documents):
            copy = scratch / key / str(number) / name
            copy.parent.mkdir(parents=True)
            copy.write_text(text, encoding="utf-8")
        return sorted(set().union(*findings(checkov, OBJECTS, scratch / key).values()))

    return {Found(*one) for one in known.answer(looked_at, key)}


def below(platforms: Platforms, path: Path) -> str:
    """The path of a file within its platform."""
    return str(Path(*path.relative_to(platforms.folder).parts[1:]))


@proves("checkov")
def test_checkov_finds_only_what_is_accepted(
    platforms: Platforms, checkov: Path, memory: Memory, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    known = memory.of("checkov", Path(__file__), HERE / "roots.py", KNOWN["environment"])
    found = of_roots(checkov, platforms, known, tmp_path / "roots")
    found |= of_manifests(checkov, platforms, known, tmp_path / "manifests")
    accepted = KNOWN["accepted"]
    assert sorted(one for one in found if not any(one.fits(entry) for entry in accepted)) == []
    sought = [one for one in accepted if not (one.get("matrix") and pytestconfig.getoption("--no-matrix"))]
    gone = [entry for entry in sought if not any(one.fits(entry) for one in found)]
    assert gone == [], "no platform needs these entries of checkov.yaml any more"


def test_every_accepted_finding_says_why() -> None:
    wanted = {"check", "where", "why"}
    assert [one for one in KNOWN["accepted"] if one.keys() - {"matrix"} != wanted or not one["why"]] == []


def test_checkov_finds_a_planted_fault(checkov: Path, tmp_path: Path) -> None:
    path = tmp_path / "planted/platform/pod.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PLANTED, encoding="utf-8")
    found = findings(checkov, OBJECTS, tmp_path)["planted"]
    assert {"CKV_K8S_16", "CKV_K8S_17"} <= {one.check for one in found}
