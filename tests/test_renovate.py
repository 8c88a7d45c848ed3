"""renovate.json of this project finds what it is for, without Renovate; tests/engines ask Renovate."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIGURATION = json.loads((ROOT / "renovate.json").read_text("utf-8"))


def found(datasource: str, path: str) -> list[dict[str, str]]:
    """What the managers for a datasource find in a file; JavaScript's named groups are Python's but for a letter."""
    text = (ROOT / path).read_text("utf-8")
    return [
        match.groupdict()
        for manager in managers(datasource, path)
        for pattern in manager["matchStrings"]
        for match in re.finditer(pattern.replace("(?<", "(?P<"), text)
    ]


def managers(datasource: str, path: str) -> Iterator[dict[str, Any]]:
    for manager in CONFIGURATION["customManagers"]:
        files = [re.compile(pattern.strip("/")) for pattern in manager["managerFilePatterns"]]
        if manager["datasourceTemplate"] == datasource and any(one.search(path) for one in files):
            yield manager


def test_no_pattern_looks_around_which_renovate_s_own_engine_cannot() -> None:
    patterns = [one for manager in CONFIGURATION["customManagers"] for one in manager["matchStrings"]]
    assert [one for one in patterns if re.search(r"\(\?<?[=!]|\\[1-9]", one)] == []


def test_every_chart_of_the_catalogue_is_found_once() -> None:
    catalogue = yaml.safe_load((ROOT / "catalogue.yaml").read_text("utf-8"))
    charts = [one["chart"] for one in catalogue.values() if "chart" in one]
    of_helm = [(one["registryUrl"], one["depName"], one["currentValue"]) for one in found("helm", "catalogue.yaml")]
    of_oci = [(one["registry"], one["name"], one["currentValue"]) for one in found("docker", "catalogue.yaml")]
    assert sorted(of_helm + of_oci) == sorted((one["repository"], one["name"], one["version"]) for one in charts)


def test_every_released_program_that_go_installs_is_found() -> None:
    engines = yaml.safe_load((ROOT / "tests/engines/engines.yaml").read_text("utf-8"))
    wanted = {one["install"] for one in engines.values() if re.search(r"@v[\d.]+$", one.get("install", ""))}
    assert {f"{one['depName']}@{one['currentValue']}" for one in found("go", "tests/engines/engines.yaml")} == wanted
    assert [one["depName"] for one in found("go", "noxfile.py")] == ["github.com/yannh/kubeconform/cmd/kubeconform"]


def test_the_pipelines_of_platforms_are_read_too() -> None:
    patterns = [one.strip("/") for one in CONFIGURATION["github-actions"]["managerFilePatterns"]]
    pinned = [path.name for path in (ROOT / "_shared").glob("*") if re.search(r"uses: \S+@", path.read_text("utf-8"))]
    assert pinned
    assert [name for name in pinned if not any(re.search(one, f"_shared/{name}") for one in patterns)] == []
