"""The simulation: which Applications are roots, who makes whom in which wave, and who waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.errors import UserError
from clusterwright.order.model import Gate, Wait
from tests.order.conftest import HEALTH, NO_HEALTH, SETTINGS, URL, application, manifest, order

if TYPE_CHECKING:
    from clusterwright.order.model import Step
    from tests.check.conftest import Write

CERTIFICATE = manifest("Certificate", "cert-manager.io/v1")
APPS = {
    **SETTINGS,
    "root.yaml": application("main", "apps"),
    "apps/store.yaml": application("store", "platform/store", 1),
    "apps/metrics.yaml": application("metrics", "platform/metrics", 2, needs="store"),
    "apps/cert-manager.yaml": application("cert-manager", "", 0, chart="cert-manager"),
    "apps/project.yaml": manifest("AppProject", "argoproj.io/v1alpha1") + manifest("Namespace"),
    "platform/store/settings.yaml": manifest("ConfigMap"),
    "platform/metrics/certificate.yaml": CERTIFICATE,
}


def waves(step: Step) -> list[tuple[int, list[str]]]:
    return [(wave.number, [one.name for one in wave.steps]) for wave in step.waves]


def test_waves_are_in_order_with_everything_that_is_in_them(write: Write) -> None:
    (root,) = order(write(APPS)).roots
    assert (root.name, root.path, root.applications) == ("main", "root.yaml", 3)
    assert waves(root) == [(0, ["cert-manager"]), (1, ["store"]), (2, ["metrics"])]
    assert root.waves[0].others == (("AppProject", 1), ("Namespace", 1))
    assert root.waves[0].steps[0].brings == ("acme.cert-manager.io", "cert-manager.io")


def test_an_application_waits_for_what_it_needs_and_for_who_defines_its_kinds(write: Write) -> None:
    (root,) = order(write(APPS)).roots
    (metrics,) = root.waves[2].steps
    assert metrics.waits == (Wait("store", ("needs",)), Wait("cert-manager", ("Certificate",)))


def test_a_definition_counts_in_its_own_cluster_only(write: Write) -> None:
    elsewhere = application("eu.cert-manager", "", 0, chart="cert-manager")
    files = {**APPS, "apps/cert-manager.yaml": elsewhere.replace("server: https://kubernetes.default.svc", "name: eu")}
    (root,) = order(write(files)).roots
    (metrics,) = root.waves[2].steps
    assert metrics.waits == (Wait("store", ("needs",)),)


def test_nobody_waits_for_a_definition_of_ones_own_or_of_ones_maker(write: Write) -> None:
    definition = (
        "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n"
        "spec: {group: shop.example.com, names: {kind: Shop}, scope: Namespaced}\n"
    )
    shop = manifest("Shop", "shop.example.com/v1")
    files = {
        **SETTINGS,
        "root.yaml": application("main", "apps"),
        "apps/crd.yaml": definition,
        "apps/shop.yaml": application("shop", "shop", 1),
        "apps/other.yaml": application("other", "other", 0),
        "shop/shop.yaml": shop,
        "other/crd.yaml": definition + shop,
    }
    (root,) = order(write(files)).roots
    assert [step.waits for wave in root.waves for step in wave.steps] == [(), ()]


def test_applications_of_applications_are_below_their_makers(write: Write) -> None:
    files = {
        **SETTINGS,
        "root.yaml": application("main", "a"),
        "a/team.yaml": application("team", "b", 3),
        "b/shop.yaml": application("shop", "c"),
        "c/settings.yaml": manifest("ConfigMap"),
    }
    (root,) = order(write(files)).roots
    assert waves(root) == [(3, ["team"])]
    assert waves(root.waves[0].steps[0]) == [(0, ["shop"])]
    assert root.applications == 2


def test_what_applies_itself_is_a_root_and_not_its_own_child(write: Write) -> None:
    files = {**SETTINGS, "apps/main.yaml": application("main", "apps"), "apps/one.yaml": application("one", "x")}
    (root,) = order(write(files)).roots
    assert waves(root) == [(0, ["one"])]


def test_of_those_that_apply_each_other_one_that_reaches_all_is_the_root(write: Write) -> None:
    files = {
        **SETTINGS,
        "a/d.yaml": application("d", "d"),
        "d/a.yaml": application("a", "a"),
        "b/c.yaml": application("c", "c"),
        "c/b.yaml": application("b", "b"),
        "c/more.yaml": application("more", "a"),
    }
    (root,) = order(write(files)).roots
    assert root.name in {"b", "c"}
    assert root.applications == 4


def test_an_applicationset_makes_its_applications_at_once(write: Write) -> None:
    made = f"""apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: teams, namespace: argocd, annotations: {{argocd.argoproj.io/sync-wave: "4"}}}}
spec:
  generators: [{{list: {{elements: [{{team: red}}, {{team: blue}}]}}}}, {{clusters: {{}}}}]
  template:
    metadata: {{name: '{{{{team}}}}'}}
    spec: {{project: p, source: {{repoURL: {URL}, path: x, targetRevision: main}}, destination: {{name: in-cluster}}}}
"""
    (root,) = order(write({**SETTINGS, "root.yaml": application("main", "sets"), "sets/teams.yaml": made})).roots
    ((number, (step,)),) = [(wave.number, wave.steps) for wave in root.waves]
    assert (number, step.kind, step.unseen) == (4, "ApplicationSet", ("cluster generator",))
    assert waves(step) == [(4, ["red", "blue"])]
    assert root.applications == 2


def test_roots_are_shown_the_larger_first_and_can_be_chosen(write: Write) -> None:
    root = write({**APPS, "other.yaml": application("other", "nowhere")})
    assert [step.name for step in order(root).roots] == ["main", "other"]
    assert [step.name for step in order(root, "store").roots] == ["store"]
    with pytest.raises(
        UserError, match=r'^--root: no Application or ApplicationSet is called stor: did you mean "store"\?$'
    ):
        order(root, "stor")


def test_a_repository_without_applications_is_refused(write: Write) -> None:
    with pytest.raises(UserError, match="no Argo CD Application or ApplicationSet is in it"):
        order(write({"a.yaml": manifest("ConfigMap")}))


@pytest.mark.parametrize(
    ("template", "unseen"),
    [("kind: Application\nname: {{ .x }}\n", ("what the chart apps renders",)), ("kind: Deployment\n", ())],
)
def test_applications_that_a_chart_renders_are_not_seen(write: Write, template: str, unseen: tuple[str, ...]) -> None:
    chart = {"apps/Chart.yaml": "name: apps\n", "apps/templates/one.yaml": template}
    (root,) = order(write({**SETTINGS, "root.yaml": application("main", "apps"), **chart})).roots
    assert (root.waves, root.unseen) == ((), unseen)


@pytest.mark.parametrize(
    ("files", "gate"),
    [
        ({}, Gate(None)),
        (HEALTH, Gate(True, "argocd/argocd-cm.yaml")),  # noqa: FBT003
        (NO_HEALTH, Gate(False, "argocd/argocd-cm.yaml")),  # noqa: FBT003
    ],
    ids=["unknown", "closed", "open"],
)
def test_the_gate_is_what_argocd_cm_says(write: Write, files: dict[str, str], gate: Gate) -> None:
    assert order(write({**APPS, **files})).gate == gate
