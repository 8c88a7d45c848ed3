from __future__ import annotations

from typing import TYPE_CHECKING

from clusterwright.check.repository import load
from clusterwright.check.workloads import claims, pods

if TYPE_CHECKING:
    from tests.check.conftest import Write

CRON = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app: report}}
        spec:
          initContainers: [{name: a}]
          containers: [{name: b}]
"""
WORKFLOW = """
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  serviceAccountName: builder
  volumes: [{name: cache}]
  volumeClaimTemplates: [{metadata: {name: work}}]
  templates:
    - name: main
      dag: {tasks: []}
    - name: compile
      volumes: [{name: output}]
      container: {image: a}
      sidecars: [{name: proxy, image: b}]
    - name: script
      serviceAccountName: other
      script: {image: c, source: ""}
"""


def test_a_pod_is_found_wherever_its_kind_keeps_it(write: Write) -> None:
    (pod,) = pods(load(str(write({"a.yaml": CRON}))))
    assert pod.at == ("spec", "jobTemplate", "spec", "template", "spec")
    assert pod.labels == {"app": "report"}
    assert [one.data["name"] for one in pod.containers] == ["a", "b"]
    assert pod.title == "CronJob report"


def test_each_template_of_a_workflow_with_a_container_is_a_pod(write: Write) -> None:
    build, script = pods(load(str(write({"a.yaml": WORKFLOW}))))
    assert [one.data["image"] for one in build.containers] == ["a", "b"]
    assert [one["name"] for one in build.spec["volumes"]] == ["cache", "output"]
    assert build.spec["serviceAccountName"] == "builder"
    assert script.spec["serviceAccountName"] == "other"
    assert claims(build) == {"work"}
    assert build.containers[0].at == ("spec", "templates", 1, "container")


def test_items_of_a_list_are_pods_with_their_place(write: Write) -> None:
    content = "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata: {name: a}\n"
    (pod,) = pods(load(str(write({"a.yaml": f"{content}    spec: {{containers: [{{name: a}}]}}\n"}))))
    assert pod.problem((*pod.at, "containers", 0), "x").where == ("items", 0, "spec", "containers", 0)


def test_a_pod_is_not_complete_if_it_is_a_patch_or_patched(write: Write) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n"
    kustomization = "resources: [../base]\npatches:\n  - path: patch.yaml\n"
    files = {
        "base/kustomization.yaml": "resources: [pod.yaml]\n",
        "base/pod.yaml": pod,
        "overlay/kustomization.yaml": kustomization,
        "overlay/patch.yaml": pod,
        "other/pod.yaml": pod,
    }
    found = {one.resource.document.path: one.complete for one in pods(load(str(write(files))))}
    assert found == {"base/pod.yaml": False, "overlay/patch.yaml": False, "other/pod.yaml": True}


def test_nonsense_is_no_pod(write: Write) -> None:
    content = "apiVersion: v1\nkind: Pod\nspec: {containers: [1, {name: 2}], volumes: x, initContainers: {}}\n---\n"
    other = "apiVersion: apps/v1\nkind: Deployment\nspec: []\n---\n"
    workflow = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {templates: [1, {container: []}]}\n"
    assert len(pods(load(str(write({"a.yaml": content + other + workflow}))))) == 1
