"""checkov over manifests, roots and workflows of every platform: what it finds is in checkov.yaml, or is a fault."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from tests.engines.harness.build import CACHE
from tests.engines.platforms import proves, run

if TYPE_CHECKING:
    from tests.engines.platforms import Platforms

KNOWN: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("checkov.yaml").read_text(encoding="utf-8"))
FRAMEWORKS = ("kubernetes", "terraform", "github_actions")
READ = (
    "platform/**/*.yaml",
    "registry/**/*.yaml",
    "bootstrap/**/*.yaml",
    "infrastructure/**/*.tf",
    ".github/**/*.yaml",
)
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


def findings(checkov: Path, folder: Path) -> set[Found]:
    """What checkov finds in platforms side by side."""
    options = ["--quiet", "--compact", "--output=json", "--skip-download", "--skip-results-upload", "--soft-fail"]
    done = run([checkov, "--directory", folder, "--framework", *FRAMEWORKS, *options], folder)
    assert done.returncode == 0, done.stderr
    reports = json.loads(done.stdout)
    failed = [
        one
        for report in (reports if isinstance(reports, list) else [reports])
        if "results" in report
        for one in report["results"]["failed_checks"]
    ]
    return {Found(one["check_id"], f"{one['file_path'].split('/', 2)[2]} {one['resource']}") for one in failed}


def distinct(platforms: Platforms, folder: Path) -> Path:
    """Copies what checkov reads: a root that some platform has before, and a manifest likewise, is left out."""
    seen: set[tuple[str, ...]] = set()
    for path in platforms.files(*READ):
        name = path.relative_to(platforms.folder)
        texts = sorted(path.parent.glob("*.tf")) if path.suffix == ".tf" else [path]
        key = (str(Path(*name.parts[1:])), *(one.read_text(encoding="utf-8") for one in texts))
        if key not in seen:
            seen.add(key)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / name)
    return folder


@proves("checkov")
def test_checkov_finds_only_what_is_accepted(
    platforms: Platforms, checkov: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    found = findings(checkov, distinct(platforms, tmp_path))
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
    assert {"CKV_K8S_16", "CKV_K8S_17"} <= {one.check for one in findings(checkov, tmp_path)}
