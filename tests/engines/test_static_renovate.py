"""Renovate itself reads this project and a platform: every pin is found, once, by one of the two."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clusterwright.render.source import PUBLIC
from tests.conftest import ROOT, VERSION, commit
from tests.engines.platforms import proves, run, tool
from tests.pins import missing, pinned
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    import subprocess

    from tests.conftest import Template
    from tests.engines.platforms import Platforms

FOLDER = Path(__file__).parent / "renovate"


@pytest.fixture(scope="module")
def found(template: Template, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What Renovate finds in this project."""
    return extracted(template.path, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def platform(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform with files of its people in every place that is theirs."""
    given = answers(VALID / "every-name-chosen.yaml") | {"roots": ["infrastructure/dashboards"]}
    root = template.render(given, tmp_path_factory.mktemp("owned") / "platform")
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            to = root / path.relative_to(FOLDER)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
    note = root / ".copier-answers.yml"
    note.write_text(note.read_text("utf-8").replace(str(template.path), PUBLIC), encoding="utf-8")
    commit(root, "Begin")
    return root


@proves("Renovate")
def test_it_accepts_its_configuration(platforms: Platforms, tmp_path: Path) -> None:
    """By the validator of its newest version, which knows options that the published schema does not."""
    files = {path.read_bytes(): path for path in platforms.files("renovate.json")}
    done = validated([*files.values(), ROOT / "renovate.json"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    planted = tmp_path / "renovate.json"
    planted.write_text('{"packageRules": [{"matchNothing": ["x"], "enabled": false}]}', encoding="utf-8")
    assert "matchNothing" in validated([planted], tmp_path).stdout


@proves("Renovate")
def test_what_the_template_pins_is_found_in_this_project(platforms: Platforms, found: list[dict[str, Any]]) -> None:
    pins = {one.name: pinned(one) for one in platforms}
    assert {name: missing(of, found) for name, of in pins.items() if missing(of, found)} == {}
    assert missing([("hashicorp/vault", "0.0.1")], found) == [("hashicorp/vault", "0.0.1")]


def test_nothing_in_this_project_is_found_twice(template: Template, found: list[dict[str, Any]]) -> None:
    """A version stands in a file at least as often as it is found there."""
    counted = Counter((one["file"], one["depName"], one["currentValue"]) for one in found)
    assert [key for key, number in counted.items() if number > standing(template.path / key[0], key[2])] == []


def test_in_a_platform_it_finds_what_people_own_and_the_version_of_the_template(platform: Path, tmp_path: Path) -> None:
    deps = [one for one in extracted(platform, tmp_path) if one["datasource"] != "kubernetes-api"]
    assert sorted((one["manager"], one["file"], one["depName"], one["currentValue"]) for one in deps) == [
        ("argocd", "registry/clusters/management/local/application.yaml", "redis", "20.1.0"),
        ("copier", ".copier-answers.yml", PUBLIC, VERSION),
        ("crossplane", "registry/clusters/management/local/package.yaml", *PACKAGE),
        ("helm-values", "apps/shop/values.yaml", "ghcr.io/acme/shop", "1.4.2"),
        ("helm-values", "registry/clusters/management/overrides/reloader.yaml", "ghcr.io/stakater/reloader", "v1.4.11"),
        ("kubernetes", "registry/clusters/management/local/deployment.yaml", "docker.io/library/nginx", "1.29.1"),
        ("terraform", "infrastructure/dashboards/main.tf", "grafana", "4.5.0"),
        ("terraform", "infrastructure/dashboards/main.tf", "hashicorp/terraform", "1.12.5"),
        ("terraform", "infrastructure/git/local_labels.tf", "cloudposse/label/null", "0.25.0"),
        ("terraform", "infrastructure/git/versions_override.tf", "github", "6.12.0"),
    ]


PACKAGE = ("xpkg.crossplane.io/crossplane-contrib/provider-sql", "v0.12.0")


def standing(path: Path, version: str) -> int:
    """How often a version stands in a file."""
    bare = re.escape(version.lstrip("<=>~^ "))
    return len(re.findall(rf"(?<![\w.]){bare}(?!\.?\w)", path.read_text("utf-8")))


def extracted(root: Path, home: Path) -> list[dict[str, Any]]:
    """What Renovate finds in what is committed to a repository; it looks nothing up, so it needs no network."""
    command = [*renovate("renovate.js"), "--platform=local", "--dry-run=extract"]
    done = run(command, root, HOME=str(home), TMPDIR=str(home), LOG_FORMAT="json", LOG_LEVEL="info")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    (files,) = [line["packageFiles"] for line in lines if "packageFiles" in line]
    return [
        {"manager": manager, "file": file["packageFile"], **one}
        for manager, listed in files.items()
        for file in listed
        for one in file["deps"]
    ]


def validated(files: list[Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Holds files against Renovate's own validator; it speaks of errors only, and says more in its exit code."""
    return run([*renovate("config-validator.js"), "--strict", "--no-global", *files], folder, LOG_LEVEL="error")


def renovate(program: str) -> list[str | Path]:
    """One of its programs."""
    node = tool("renovate", "node")
    return [node, Path(node).parent / "node_modules/renovate/dist" / program]
