"""The page of the portal in a browser, and the entities in Backstage's own validator."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.pages.conftest import CACHE
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template
    from tests.pages.conftest import Tab

MODEL = "@backstage/catalog-model@1.10.3"
NAMES = ("laptop-everything", "laptop-fleet", "existing-cilium", "aws-everything")
# What a Backstage does with each entity that it is told of: https://backstage.io/docs/features/software-catalog
JUDGE = """
const model = require("@backstage/catalog-model");
const entities = JSON.parse(require("fs").readFileSync(0, "utf8"));
const policy = model.EntityPolicies.allOf([
  new model.SchemaValidEntityPolicy(), new model.DefaultNamespaceEntityPolicy(),
  new model.NoForeignRootFieldsEntityPolicy(), new model.FieldFormatEntityPolicy(),
]);
const kinds = {
  Component: model.componentEntityV1alpha1Validator, Resource: model.resourceEntityV1alpha1Validator,
  System: model.systemEntityV1alpha1Validator,
};
(async () => {
  for (const entity of entities) {
    try {
      await policy.enforce(entity);
      if (!(await kinds[entity.kind].check(entity))) throw new Error("unknown kind or version");
    } catch (error) {
      console.log(`${entity.kind} ${entity.metadata && entity.metadata.name}: ${error.message}`);
    }
  }
})();
"""


@pytest.fixture(scope="session")
def repositories(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Platforms with a portal, by the name of their answers."""
    folder = tmp_path_factory.mktemp("portals")
    return {name: sources.render(answers(VALID / f"{name}.yaml"), folder / name) for name in NAMES}


@pytest.fixture(scope="session")
def model() -> Path:
    """Where Backstage's model of the catalogue is installed, outside the tree."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm is not here: that Backstage takes the entities was not proven")
    folder = CACHE / "catalog-model-1.10.3"
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-save", "--ignore-scripts", "--silent", "--prefix", str(folder), MODEL]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def judged(model: Path, entities: list[object]) -> list[str]:
    """What Backstage says against entities."""
    given = json.dumps(entities)
    done = subprocess.run(["node", "-e", JUDGE], cwd=model, input=given, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_backstage_takes_every_entity(model: Path, repositories: dict[str, Path], name: str) -> None:
    text = (repositories[name] / "catalog-info.yaml").read_text(encoding="utf-8")
    assert judged(model, list(yaml.safe_load_all(text))) == []


def test_backstage_refuses_what_is_wrong(model: Path, repositories: dict[str, Path]) -> None:
    text = (repositories["laptop-fleet"] / "catalog-info.yaml").read_text(encoding="utf-8")
    broken = list(yaml.safe_load_all(text))
    del broken[1]["spec"]["owner"]
    broken[2]["metadata"]["name"] = "not a name"
    assert [line.partition(":")[0] for line in judged(model, broken)] == [
        "Resource cluster-management",
        "Resource not a name",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_quiet_accessible_and_needs_nothing_else(
    tab: Tab, repositories: dict[str, Path], tmp_path: Path, name: str
) -> None:
    text = (repositories[name] / "platform/portal/manifests/page.yaml").read_text(encoding="utf-8")
    page = tmp_path / "index.html"
    page.write_text(yaml.safe_load(text)["data"]["index.html"], encoding="utf-8")
    tab.open(page)
    assert tab.violations() == []
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.getAttribute('href')").startswith("https://")
