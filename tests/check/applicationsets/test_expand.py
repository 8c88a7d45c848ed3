"""Generators: what each of them gives for a repository, and what an ApplicationSet makes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clusterwright.check.repository import load

if TYPE_CHECKING:
    from clusterwright.check.applicationsets.expand import Expansion
    from tests.check.conftest import Write

URL = "https://git.example.com/platform/gitops.git"
GIT = {"repoURL": URL, "revision": "main"}
FILES = {
    ".clusterwright.yaml": f"repository: {URL}\nbranch: main\n",
    "apps/blue/app.yaml": "team: blue\nreplicas: 2\n",
    "apps/red/app.yaml": "- team: red\n- team: rose\n",
    "apps/red/deep/app.yaml": "team: deep\n",
    "apps/.hidden/app.yaml": "team: hidden\n",
    "stages/test.json": '{"stage": "test", "labels": {"tier": "low"}}',
    "stages/live.json": '{"stage": "live", "labels": {"tier": "high"}}',
}


def expanded(write: Write, generators: list[Any], name: str, *, go: bool = True, **spec: Any) -> Expansion:  # noqa: ANN401
    template = {
        "metadata": {"name": name},
        "spec": {
            "project": "platform",
            "destination": {"server": "https://kubernetes.default.svc", "namespace": "apps"},
            "source": {"repoURL": URL, "targetRevision": "main", "path": "apps"},
        },
    }
    options = {"goTemplate": True, "goTemplateOptions": ["missingkey=error"]} if go else {}
    manifest = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ApplicationSet",
        "metadata": {"name": "set", "namespace": "argocd"},
        "spec": {**options, "generators": generators, "template": template, **spec},
    }
    (made,) = load(str(write({**FILES, "set.yaml": json.dumps(manifest)}))).expansions
    return made


def names(made: Expansion) -> list[str]:
    return sorted(one.name for one in made.applications)


STAGES = {"git": {**GIT, "files": [{"path": "stages/*.json"}]}}
TEAMS = {"list": {"elements": [{"team": "red"}, {"team": "blue"}]}}


@pytest.mark.parametrize(
    ("generator", "name", "made"),
    [
        (TEAMS, "{{ .team }}", ["blue", "red"]),
        ({"list": {"elementsYaml": "[{team: red}]"}}, "{{ .team }}", ["red"]),
        ({"git": {**GIT, "directories": [{"path": "apps/*"}]}}, "{{ .path.basename }}", ["blue", "red"]),
        (
            {"git": {**GIT, "directories": [{"path": "apps/*"}, {"path": "apps/b*", "exclude": True}]}},
            '{{ .path.path | replace "/" "-" }}',
            ["apps-red"],
        ),
        ({"git": {**GIT, "directories": [{"path": "apps/**"}]}}, "{{ .path.basename }}", ["blue", "red"]),
        (
            STAGES,
            "{{ .stage }}-{{ .labels.tier }}-{{ .path.filenameNormalized }}",
            ["live-high-live.json", "test-low-test.json"],
        ),
        (
            {"git": {**GIT, "files": [{"path": "apps/*/app.yaml"}]}},
            '{{ .team }}-{{ .path.segments | join "-" }}',
            ["blue-apps-blue", "deep-apps-red-deep", "hidden-apps-.hidden", "red-apps-red", "rose-apps-red"],
        ),
        (
            {
                "git": {
                    **GIT,
                    "pathParamPrefix": "at",
                    "directories": [{"path": "apps/red"}],
                    "values": {"x": "{{ .at.path.basename }}"},
                }
            },
            "{{ .values.x }}",
            ["red"],
        ),
        (
            {"matrix": {"generators": [TEAMS, STAGES]}},
            "{{ .team }}-{{ .stage }}",
            ["blue-live", "blue-test", "red-live", "red-test"],
        ),
        (
            {"matrix": {"generators": [TEAMS, {"git": {**GIT, "directories": [{"path": "apps/{{ .team }}"}]}}]}},
            "{{ .team }}-{{ .path.basename }}",
            ["blue-blue", "red-red"],
        ),
        (
            {
                "merge": {
                    "mergeKeys": ["team"],
                    "generators": [TEAMS, {"list": {"elements": [{"team": "red", "size": "xl"}]}}],
                }
            },
            '{{ .team }}-{{ dig "size" "m" . }}',
            ["blue-m", "red-xl"],
        ),
        ({**STAGES, "selector": {"matchLabels": {"labels.tier": "low"}}}, "{{ .stage }}", ["test"]),
        (
            {**STAGES, "selector": {"matchExpressions": [{"key": "stage", "operator": "NotIn", "values": ["test"]}]}},
            "{{ .stage }}",
            ["live"],
        ),
    ],
)
def test_a_generator_gives_what_argo_cd_would(
    write: Write, generator: dict[str, Any], name: str, made: list[str]
) -> None:
    found = expanded(write, [generator], name)
    assert (found.refused, found.unknown, found.empty) == ((), (), ())
    assert names(found) == made


@pytest.mark.parametrize(
    ("generator", "name", "made"),
    [
        (TEAMS, "{{team}}-{{ team }}", ["blue-blue", "red-red"]),
        ({"list": {"elements": [{"team": "red", "values": {"size": "xl"}}]}}, "{{team}}-{{values.size}}", ["red-xl"]),
        (
            {"git": {**GIT, "directories": [{"path": "apps/*"}]}},
            "{{path[0]}}-{{path.basename}}",
            ["apps-blue", "apps-red"],
        ),
        (STAGES, "{{stage}}-{{labels.tier}}-{{path.filename}}", ["live-high-live.json", "test-low-test.json"]),
        (
            {"matrix": {"generators": [TEAMS, STAGES]}},
            "{{team}}-{{stage}}",
            ["blue-live", "blue-test", "red-live", "red-test"],
        ),
    ],
)
def test_fasttemplate_knows_flat_names(write: Write, generator: dict[str, Any], name: str, made: list[str]) -> None:
    found = expanded(write, [generator], name, go=False)
    assert found.refused == ()
    assert names(found) == made


@pytest.mark.parametrize(
    ("generator", "go", "where", "reason"),
    [
        ({"lists": {}}, True, ("spec", "generators", 0), "of no kind"),
        ({"matrix": {"generators": [TEAMS]}}, True, ("spec", "generators", 0), "exactly two"),
        ({"merge": {"generators": [TEAMS, TEAMS]}}, True, ("spec", "generators", 0), "needs mergeKeys"),
        (
            {"merge": {"mergeKeys": ["size"], "generators": [TEAMS, TEAMS]}},
            True,
            ("spec", "generators", 0),
            "same merge keys",
        ),
        ({"list": {"elements": [{"team": 1}]}}, False, ("spec", "generators", 0), "team must be text"),
        ({"git": {**GIT, "files": [{"path": "bad/*"}]}}, True, ("spec", "generators", 0), "holds no object"),
        (
            {"list": {"elements": [{"group": "red"}]}},
            True,
            ("spec", "template", "metadata", "name"),
            "no parameter 'team'",
        ),
        (
            {"list": {"elements": [{"group": "red"}]}},
            False,
            ("spec", "template", "metadata", "name"),
            "metadata.name becomes",
        ),
    ],
)
def test_what_argo_cd_refuses_is_said_at_its_place(
    write: Write,
    generator: dict[str, Any],
    go: bool,  # noqa: FBT001 - a parameter of the cases
    where: tuple[str | int, ...],
    reason: str,
) -> None:
    write({"bad/text.yaml": "just text\n"})
    found = expanded(write, [generator], "{{ .team }}" if go else "{{team}}", go=go)
    assert found.applications == ()
    assert [(place, reason in said) for place, said in found.refused] == [(where, True)]


@pytest.mark.parametrize(
    ("generator", "reason"),
    [
        ({"clusters": {}}, "cluster generator"),
        ({"pullRequest": {"github": {}}}, "pull request generator"),
        ({"matrix": {"generators": [TEAMS, {"clusters": {}}]}}, "cluster generator"),
        (
            {"git": {**GIT, "repoURL": "https://git.example.com/other", "directories": [{"path": "*"}]}},
            "another repository",
        ),
        ({"git": {**GIT, "revision": "v1", "directories": [{"path": "*"}]}}, "another revision"),
    ],
)
def test_what_only_argo_cd_knows_is_unknown_and_the_rest_is_expanded(
    write: Write, generator: dict[str, Any], reason: str
) -> None:
    found = expanded(write, [generator, TEAMS], "{{ .team }}")
    assert [(place, reason in said) for place, said in found.unknown] == [(("spec", "generators", 0), True)]
    assert names(found) == ["blue", "red"]


def test_a_generator_that_gives_nothing_is_noted(write: Write) -> None:
    found = expanded(write, [TEAMS, {"git": {**GIT, "directories": [{"path": "gone/*"}]}}], "{{ .team }}")
    assert found.empty == (("spec", "generators", 1),)


def test_a_patch_and_a_generators_own_template_change_what_is_made(write: Write) -> None:
    patch = "metadata:\n  labels:\n    team: {{ .team }}\nspec:\n  destination:\n    namespace: null\n"
    generator = {"list": {"elements": [{"team": "red"}], "template": {"spec": {"project": "red"}}}}
    (one,) = expanded(write, [generator], "{{ .team }}", templatePatch=patch).applications
    assert one.resource.metadata == {"name": "red", "namespace": "argocd", "labels": {"team": "red"}}
    assert (one.project, one.namespace, one.sources[0].path) == ("red", "", "apps")


def test_rules_judge_what_is_made_and_point_at_the_template(write: Write) -> None:
    from clusterwright.check.registry import RULES
    from clusterwright.check.run import find

    root = write({**FILES, "set.yaml": SET})
    found = [one for one in find(load(str(root)), RULES) if one.rule == "app-path"]
    assert [(one.path, one.line, one.message) for one in found] == [
        ("set.yaml", 19, "ApplicationSet set: path apps/green does not exist in this repository")
    ]


SET = f"""apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: set
  namespace: argocd
spec:
  goTemplate: true
  generators:
    - list: {{elements: [{{team: red}}, {{team: green}}]}}
  template:
    metadata:
      name: '{{{{ .team }}}}'
    spec:
      project: platform
      destination: {{name: in-cluster, namespace: apps}}
      source:
        repoURL: {URL}
        targetRevision: main
        path: apps/{{{{ .team }}}}
"""
