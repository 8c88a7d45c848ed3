"""A provider is a folder of providers/<axis>: a record of one shape, and the files that the record names."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from clusterwright import git
from tests.conftest import Template, copy_sources
from tests.template.provider_page import AXES, PAGE, facts, page
from tests.template.questions import ROOT, VALID, answers, questions

if TYPE_CHECKING:
    from pathlib import Path

PROVIDERS = ROOT / "providers"
PLATFORMS = sorted(VALID.glob("*.yaml"))
QUESTION = {"cloud": "cloud", "git": "git_host", "dns": "dns", "seal": "secrets_seal"}
SCHEMA = json.loads((ROOT / "schemas/providers.json").read_text(encoding="utf-8"))


def folders(axis: str) -> list[str]:
    return sorted(path.name for path in (PROVIDERS / axis).iterdir() if path.is_dir())


EVERY = [(axis, name) for axis in QUESTION for name in folders(axis)]


@pytest.mark.parametrize("axis", QUESTION)
def test_every_choice_has_a_folder_and_every_folder_is_a_choice(axis: str) -> None:
    assert folders(axis) == sorted(questions()[QUESTION[axis]]["choices"].values())


@pytest.mark.parametrize(("axis", "name"), EVERY)
def test_every_provider_is_chosen_by_a_valid_answers_file(axis: str, name: str) -> None:
    chosen = [answers(path).get(QUESTION[axis], "") for path in PLATFORMS]
    assert name in chosen or name in str(questions()[QUESTION[axis]]["default"])


@pytest.mark.parametrize(("axis", "name"), EVERY)
def test_every_root_file_of_a_provider_is_named_in_its_record(axis: str, name: str) -> None:
    folder = PROVIDERS / axis / name
    record = (folder / "record.yaml").read_text(encoding="utf-8")
    for root in ("cloud", "state", "git"):
        for path in sorted((folder / root).glob("*.tf")):
            assert path.stem in record, path.relative_to(ROOT)


def test_nothing_shared_and_no_other_provider_knows_the_last_one() -> None:
    parts = (ROOT / "template", ROOT / "_shared", *(path for path in PROVIDERS.glob("*/*") if path.name != "vultr"))
    files = [path for part in parts for path in sorted(part.rglob("*")) if path.is_file()]
    assert [path for path in files if "vultr" in path.read_text(encoding="utf-8").lower()] == []


def told(*arguments: str) -> list[str]:
    """The words that git prints about this repository; none where it is no clone."""
    return (git.ask(ROOT, *arguments) or "").split()


def test_the_commit_of_the_last_one_changed_no_other_provider_and_nothing_shared() -> None:
    commits = told("log", "--diff-filter=A", "--format=%H", "--", "questions/vultr.yml")
    changed = told("show", "--name-only", "--format=", commits[0]) if commits else []
    if not commits or "catalogue.yaml" in changed or told("rev-parse", "--is-shallow-repository") != ["false"]:
        pytest.skip("this copy does not have the history of that commit")
    own = ("providers/cloud/vultr/", "providers/dns/vultr/", "tests/")
    documents = {"CHANGELOG.md", "CONTRIBUTING.md", "README.md", "docs/providers.md"}
    asked = {"copier.yml", "questions/cloud.yml", "questions/dns.yml", "questions/vultr.yml"}
    assert {path for path in changed if not path.startswith(own)} == documents | asked
    assert len(changed) == 35 + 11


RECORDS = "#{ {'cloud': cw_cloud, 'git': cw_git, 'dns': cw_dns, 'seal': cw_seal} | to_json }#\n"


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A template whose only file is the records that the answers chose."""
    sources = copy_sources(tmp_path_factory.mktemp("recording"))
    shutil.rmtree(sources / "template")
    (sources / "template").mkdir()
    (sources / "template/records.json.jinja").write_text(RECORDS, encoding="utf-8")
    return Template(sources, version=None)


@pytest.mark.parametrize("path", PLATFORMS, ids=lambda path: path.stem)
def test_a_record_has_the_shape_of_its_axis(recording: Template, path: Path, tmp_path: Path) -> None:
    out = recording.render(answers(path), tmp_path / "out")
    records: dict[str, Any] = json.loads((out / "records.json").read_text(encoding="utf-8"))
    for axis, record in records.items():
        validator = Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{axis}"})
        assert [f"{axis}: {error.message}" for error in validator.iter_errors(record)] == []


@pytest.mark.parametrize(("axis", "name"), EVERY)
def test_the_facts_of_a_provider_tell_all_that_its_axis_asks(axis: str, name: str) -> None:
    validator = Draft202012Validator({**SCHEMA, "$ref": "#/$defs/facts"})
    assert [error.message for error in validator.iter_errors(facts(axis, name))] == []
    assert list(facts(axis, name)) == list(AXES[axis])


def test_the_page_of_the_providers_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `nox -s providers`"


@pytest.mark.parametrize(("axis", "name"), EVERY)
def test_a_record_can_be_read_without_answers(axis: str, name: str) -> None:
    plain = "\n".join(
        line
        for line in (PROVIDERS / axis / name / "record.yaml").read_text(encoding="utf-8").splitlines()
        if not line.startswith(("#%", "#|"))
    )
    assert yaml.safe_load(plain)["title"]
