"""Other tools over every answers file: they accept what `clusterwright check` accepts, and refuse what it refuses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.engines.harness.build import MissingError, engine
from tests.engines.harness.crds import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

VALID = sorted((ROOT / "tests/valid").glob("*.yaml"))
SCHEMAS = ROOT / "schemas"
# What Kubernetes never sees, and kubeconform takes for an object.
NOT_OBJECTS = r"(^|/)(\.|docs/|infrastructure/|fleet\.yaml|atlantis\.yaml|bootstrap/k3d\.yaml|.*/values?\.yaml)"


def tool(name: str, program: str) -> str:
    """An engine's program, or a clear word that something was not proven."""
    try:
        return engine(name) / program
    except MissingError as error:
        pytest.skip(f"{error}: what {program} says was not proven")


@pytest.fixture(scope="module", params=VALID, ids=lambda path: path.stem)
def platform(request: pytest.FixtureRequest, sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform of one answers file."""
    answers = yaml.safe_load(request.param.read_text("utf-8")) or {}
    return sources.render(answers, tmp_path_factory.mktemp(request.param.stem) / "platform")


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our schemas where kubeconform looks for them: it calls the group of `apiVersion: v1` v1."""
    folder = tmp_path_factory.mktemp("schemas")
    for minor in sorted((SCHEMAS / "kubernetes").iterdir()):
        for path in [*minor.glob("*/*.json"), *(SCHEMAS / "crds").glob("*/*.json")]:
            group = folder / minor.name / ("v1" if path.parent.name == "core" else path.parent.name)
            group.mkdir(parents=True, exist_ok=True)
            (group / path.name).symlink_to(path)
    return folder


def kubeconform(platform: Path, schemas: Path) -> subprocess.CompletedProcess[str]:
    """Runs kubeconform as strictly as it can be."""
    minor = yaml.safe_load((platform / ".copier-answers.yml").read_text("utf-8"))["kubernetes_version"]
    location = f"{schemas}/v{minor}/{{{{.Group}}}}/{{{{.ResourceKind}}}}_{{{{.ResourceAPIVersion}}}}.json"
    command = [tool("kubeconform", "kubeconform"), "-strict", "-schema-location", location]
    paths = ["platform", "registry", "bootstrap/root.yaml"]
    return subprocess.run(
        [*command, "-ignore-filename-pattern", NOT_OBJECTS, *paths],
        cwd=platform,
        capture_output=True,
        text=True,
        check=False,
    )


def check(platform: Path) -> subprocess.CompletedProcess[str]:
    """Runs `clusterwright check`."""
    command = [sys.executable, "-m", "clusterwright", "check", str(platform)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_kubeconform_agrees_with_check(platform: Path, schemas: Path) -> None:
    ours, theirs = check(platform), kubeconform(platform, schemas)
    assert (ours.returncode, theirs.returncode) == (0, 0), ours.stdout + theirs.stdout


def test_kubeconform_and_check_refuse_a_planted_fault(platform: Path, schemas: Path, tmp_path: Path) -> None:
    faulty = shutil.copytree(platform, tmp_path / "faulty")
    path = faulty / "bootstrap/root.yaml"
    path.write_text(path.read_text("utf-8").replace("  project: ", "  projects: "), encoding="utf-8")
    assert check(faulty).returncode
    assert kubeconform(faulty, schemas).returncode


def test_opentofu_has_nothing_to_format(platform: Path) -> None:
    command = [tool("opentofu", "tofu"), "fmt", "-check", "-recursive", "-diff", "infrastructure"]
    done = subprocess.run(command, cwd=platform, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("schema", ["renovate", "github-workflows"])
def test_published_schemas_accept_what_other_tools_read(platform: Path, schema: str) -> None:
    """Renovate's file and the workflows, against the schemas that check-jsonschema brings."""
    found = {
        "renovate": [platform / "renovate.json"],
        "github-workflows": sorted(platform.glob(".git*/workflows/*.yaml")),
    }
    command = ["check-jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, found[schema])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_in_the_workflows(platform: Path) -> None:
    workflows = sorted(map(str, platform.glob(".git*/workflows/*.yaml")))
    assert workflows
    command = ["zizmor", "--offline", "--no-progress", "--persona", "pedantic", *workflows]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
