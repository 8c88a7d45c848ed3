from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.kustomize_effects import changed_by
from clusterwright.check.repository import load

if TYPE_CHECKING:
    from tests.check.conftest import Write

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


def test_what_a_kustomization_does_reaches_the_files_of_its_bases(write: Write) -> None:
    files = {
        "base/kustomization.yaml": "resources: [a.yaml]\nimages: [{name: x, newTag: y}]\n",
        "base/a.yaml": CONFIG,
        "overlay/kustomization.yaml": "resources: [../base, ../overlay]\nnamespace: b\npatches: []\n",
        "alone/a.yaml": CONFIG,
    }
    repository = load(str(write(files)))
    base, alone = (repository.by_path[path][0] for path in ("base/a.yaml", "alone/a.yaml"))
    assert changed_by(repository, base, "namespace")
    assert changed_by(repository, base, "names", "images")
    assert not changed_by(repository, base, "patches", "names")
    assert not changed_by(repository, alone, "images", "labels", "names", "namespace", "patches")


def test_a_circle_of_kustomizations_ends(write: Write) -> None:
    files = {
        "a/kustomization.yaml": "resources: [../b, a.yaml]\nnamespace: x\n",
        "b/kustomization.yaml": "resources: [../a]\n",
        "a/a.yaml": CONFIG,
    }
    repository = load(str(write(files)))
    assert changed_by(repository, repository.by_path["a/a.yaml"][0], "namespace")
