"""What is loaded as what: lists, patches, workflows, and which repository this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.applied import applied
from clusterwright.check.repository import load
from tests.check.conftest import lines

if TYPE_CHECKING:
    from tests.check.conftest import Write

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n"
PARTIAL = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 2\n"


def application(name: str, path: str, url: str = "https://git.example.com/a/b", directory: str = "") -> str:
    return (
        f"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: {name}\n  namespace: argocd\n"
        "spec:\n  project: platform\n  destination:\n    server: https://kubernetes.default.svc\n"
        f"  source:\n    repoURL: {url}\n    targetRevision: main\n    path: {path}\n{directory}"
    )


def test_items_of_a_list_are_resources(write: Write) -> None:
    item = "  - apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: {}\n"
    root = write({"a.yaml": "apiVersion: v1\nkind: List\nitems:\n" + item.format("a") + item.format("b")})
    found = load(str(root)).resources
    assert [(one.name, one.where) for one in found] == [("a", ("items", 0)), ("b", ("items", 1))]


@pytest.mark.parametrize(
    "kustomization",
    [
        "patches:\n  - path: a.yaml\n",
        "patches:\n  - path: ../x/a.yaml\n    target: {kind: Deployment}\n",
        "patchesStrategicMerge:\n  - a.yaml\n",
        "patches:\n  - a.yaml\n",
    ],
)
def test_a_patch_need_not_be_whole_but_its_fields_must_exist(write: Write, kustomization: str) -> None:
    root = write({"x/a.yaml": PARTIAL, "x/kustomization.yaml": kustomization})
    assert lines(root) == []
    (root / "x/a.yaml").write_text(PARTIAL.replace("replicas", "replica"))
    assert ["unknown field 'replica'" in line for line in lines(root)] == [True]


def test_a_name_that_a_kustomization_may_fill_in_is_not_judged(write: Write) -> None:
    root = write({"x/a.yaml": CONFIG.format(name="_"), "x/kustomization.yaml": "namespace: x\nresources: [./a.yaml]\n"})
    assert lines(root) == []
    (root / "x/kustomization.yaml").write_text("namespace: x\n")
    assert len(lines(root)) == 1


def test_without_a_kustomization_it_must_be_whole(write: Write) -> None:
    assert any("'selector' is missing" in line for line in lines(write({"x/a.yaml": PARTIAL})))


def test_an_inline_patch_names_no_file(write: Write) -> None:
    patch = "patchesStrategicMerge:\n  - |-\n    a: 1\npatches: [{patch: x}]\n"
    assert lines(write({"kustomization.yaml": patch})) == []


def test_workflows_keep_on_and_manifests_do_not(write: Write) -> None:
    root = write({".github/workflows/a.yaml": "on: push\n", "a.yaml": "on: push\n"})
    assert {one.path: one.data for one in load(str(root)).documents} == {
        ".github/workflows/a.yaml": {"on": "push"},
        "a.yaml": {"true": "push"},
    }


def test_a_repository_knows_itself_by_what_it_says(write: Write) -> None:
    root = write({".clusterwright.yaml": "repository: git@git.example.com:a/b.git\n"})
    assert load(str(root)).own_url == "git.example.com/a/b"


def test_otherwise_it_is_the_url_most_of_whose_paths_are_here(write: Write) -> None:
    other = "https://git.example.com/c/d"
    files = {"apps/a.yaml": application("a", "x"), "x/c.yaml": CONFIG.format(name="c"), "y/c.yaml": ""}
    files |= {f"apps/o{number}.yaml": application(f"o{number}", "elsewhere", other) for number in range(3)}
    assert load(str(write(files))).own_url == "git.example.com/a/b"


def test_a_repository_that_reads_only_others_has_no_url(write: Write) -> None:
    root = write({"a.yaml": application("a", "elsewhere")})
    assert load(str(root)).own_url == ""
    assert not [line for line in lines(root) if " app-path " in line]


def names(root: object) -> list[str]:
    repository = load(str(root))
    return sorted(
        one.name for app in repository.applications for one in applied(repository, app) if one.kind != "Application"
    )


TREE = {
    "m/a.yaml": CONFIG.format(name="a"),
    "m/sub/b.yaml": CONFIG.format(name="b"),
    "m/sub/overrides/c.yaml": CONFIG.format(name="c"),
    "mx/d.yaml": CONFIG.format(name="d"),
}


@pytest.mark.parametrize(
    ("directory", "expected"),
    [
        ("", ["a"]),
        ("    directory:\n      recurse: true\n", ["a", "b", "c"]),
        ("    directory:\n      recurse: true\n      exclude: '**/overrides/*'\n", ["a", "b"]),
        ("    directory:\n      recurse: true\n      exclude: '{a.yaml,sub/overrides/*}'\n", ["b"]),
        ("    directory:\n      recurse: true\n      include: 'sub/*.yaml'\n", ["b", "c"]),
    ],
)
def test_a_folder_is_applied_as_its_source_says(write: Write, directory: str, expected: list[str]) -> None:
    assert names(write({**TREE, "app.yaml": application("app", "m", directory=directory)})) == expected


def test_a_kustomization_is_applied_as_it_says(write: Write) -> None:
    root = write(
        {
            **TREE,
            "k/kustomization.yaml": "resources: [../m/a.yaml, ../l, nowhere, https://example.com/x, 3]\n",
            "k/unused.yaml": CONFIG.format(name="unused"),
            "l/kustomization.yaml": "resources: [b.yaml, ../k]\n",
            "l/b.yaml": CONFIG.format(name="l"),
            "app.yaml": application("app", "k"),
        }
    )
    assert names(root) == ["a", "l"]


def test_a_chart_in_a_folder_is_not_read_as_manifests(write: Write) -> None:
    root = write({**TREE, "m/Chart.yaml": "name: m\n", "app.yaml": application("app", "m")})
    assert names(root) == []


def test_a_definition_in_the_repository_tells_its_scope(write: Write) -> None:
    definition = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: as.x.io\n"
        "spec:\n  group: x.io\n  scope: Cluster\n  names: {kind: A, plural: as}\n  versions: []\n"
    )
    repository = load(str(write({"crd.yaml": definition, "a.yaml": "apiVersion: x.io/v1\nkind: A\n"})))
    assert [repository.is_cluster_scoped(one) for one in repository.by_kind["x.io", "A"]] == [True]
