"""The catalogue: every record has the shape that all others rely on, and names nothing that is not there."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.template.questions import ROOT, questions

CATALOGUE: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "catalogue.yaml").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "schemas/catalogue.json").read_text(encoding="utf-8"))
CAPABILITIES = {*CATALOGUE, *(name for record in CATALOGUE.values() for name in record.get("provides", []))}


def conditions(record: dict[str, Any]) -> list[dict[str, list[str]]]:
    parts = [record, *record.get("secrets", [])]
    return [part[word] for part in parts for word in ("when", "unless") if word in part]


def choices(question: str) -> set[str]:
    computed = {
        "acme_account": {"bound", "plain"},
        "acme_solver": {"built-in", "webhook"},
        "backups": {"person", "cloud"},
        "encryption": {"key", "passphrase"},
        "metrics": {"cloud", "platform"},
        "provisioners": {"atlantis", "crossplane"},
    }
    if question in computed:
        return computed[question]
    offered = questions()[question]["choices"]
    return set(offered.values() if isinstance(offered, dict) else offered)


def test_every_record_has_the_shape_of_its_schema() -> None:
    errors = jsonschema_rs.validator_for(SCHEMA).iter_errors(CATALOGUE)
    assert [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_component_needs_only_what_some_record_provides(name: str) -> None:
    record = CATALOGUE[name]
    assert {*record.get("needs", []), *record.get("after", [])} <= CAPABILITIES


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_component_depends_only_on_answers_that_can_be_given(name: str) -> None:
    for condition in conditions(CATALOGUE[name]):
        for question, wanted in condition.items():
            assert set(wanted) <= choices(question)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_component_has_its_files(name: str) -> None:
    record, folder = CATALOGUE[name], ROOT / "template/platform" / name
    assert (folder / "values.yaml.jinja").exists() == ("chart" in record)
    assert (folder / "manifests").exists() == ("chart" not in record or record.get("manifests", False))


def test_every_folder_below_platform_belongs_to_a_component() -> None:
    assert {path.name for path in (ROOT / "template/platform").iterdir()} == set(CATALOGUE)


def test_components_of_one_namespace_agree_on_its_pod_security() -> None:
    levels: dict[str, set[str]] = {}
    for record in CATALOGUE.values():
        levels.setdefault(record["namespace"], set()).add(record.get("pod_security", "restricted"))
    assert {namespace: found for namespace, found in levels.items() if len(found) > 1} == {}


def test_hosts_are_used_once() -> None:
    hosts = [record["exposes"]["host"] for record in CATALOGUE.values() if "exposes" in record]
    assert len(hosts) == len(set(hosts))
