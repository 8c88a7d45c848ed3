"""Whatever a repository holds: findings, and never a traceback."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwright.check.registry import RULES
from clusterwright.check.repository import load
from clusterwright.check.run import find
from tests.check.conftest import Write, lines

KEYS = [
    "metadata", "name", "namespace", "annotations", "argocd.argoproj.io/sync-wave", "clusterwright.dev/needs", "spec",
    "source", "sources", "destination", "server", "project", "repoURL", "path", "chart", "helm", "valueFiles", "ref",
    "targetRevision", "sourceRepos", "destinations", "clusterResourceWhitelist", "group", "kind", "items", "directory",
]  # fmt: skip
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "a", "$ref/x", "!*", "1", "**", "[", "in-cluster"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["Application", "AppProject", "List", "ConfigMap"]),
    spec=ODD,
    metadata=ODD,
)
def test_manifests_of_any_shape_never_raise(write: Write, kind: str, spec: object, metadata: object) -> None:
    group = {"List": "v1", "ConfigMap": "v1"}.get(kind, "argoproj.io/v1alpha1")
    document = {"apiVersion": group, "kind": kind, "metadata": metadata, "spec": spec, "items": spec}
    root = write({"a.yaml": yaml.safe_dump(document), "kustomization.yaml": yaml.safe_dump(spec)})
    for one in find(load(str(root)), RULES):
        assert "\n" not in one.message


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"\xff\xfe\x00\xd8",
        b"%YAML 9.9\n---\na: 1\n",
        b"[" * 100_000,
        b"{a: " * 5_000,
        b"? " * 5_000,
        b"- " * 5_000,
        b"&a " * 1_000,
        b"!" * 1_000,
        b"a: !!binary x\nb: !!set {c}\nd: !!python/object:os.system x\n",
        b'"' + b"\\" * 999,
        b"--- >\n" + b" " * 10_000,
    ],
    ids=range(12),
)
def test_bytes_of_any_kind_are_at_most_one_finding(write: Write, content: bytes) -> None:
    assert len(lines(write({"a.yaml": content}))) <= 1


def test_python_tags_run_nothing(write: Write) -> None:
    root = write({"a.yaml": "a: !!python/object/apply:os._exit [3]\n"})
    assert lines(root) == []


def test_what_git_for_windows_checks_out_is_read(write: Write) -> None:
    text = b"\xef\xbb\xbfapiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: a\r\ndata:\r\n  a: 1\r\n"
    assert lines(write({"a.yaml": text})) == [
        "a.yaml:6:6: schema ConfigMap: data.a: expected text (quote it), found the number 1"
    ]
