"""With Helm and the charts at hand, a review says what the charts make of a change; without them it says that."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from clusterwright.review.run import review
from tests.review.garden import FILES, LOKI, application

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.review.model import Review
    from tests.review.conftest import Workshop

HELM = f"""#!{sys.executable}
import sys
from pathlib import Path
import yaml
arguments = sys.argv[1:]
values = {{}}
for flag, value in zip(arguments, arguments[1:]):
    if flag == "--values":
        values |= yaml.safe_load(Path(value).read_text())
    if flag.startswith("--set"):
        values[value.partition("=")[0]] = value.partition("=")[2]
if values.get("fail"):
    sys.exit(print("Error: execution error: fail is set", file=sys.stderr) or 1)
chart = Path(arguments[2])
version = chart.stem.rpartition("-")[2]
selector = {{"app": "loki" if version < "3" else "logs"}}
labels = {{"helm.sh/chart": chart.stem, "app.kubernetes.io/version": version}}
spec = {{"replicas": values.get("replicas", 1), "selector": {{"matchLabels": selector}}}}
secret = {{"password": str(__import__("os").getpid())}}
for kind, name, rest in (("Deployment", "loki", {{"spec": spec}}), ("Secret", "loki", {{"stringData": secret}})):
    group = {{"Deployment": "apps/v1"}}.get(kind, "v1")
    print("---")
    print(yaml.safe_dump({{"apiVersion": group, "kind": kind, "metadata": {{"name": name, "labels": labels}}, **rest}}))
"""
CHARTS = ("loki-2.4.1.tgz", "loki-2.4.2.tgz", "loki-3.0.0.tgz")
RENDERED = "Deployment loki, as chart loki renders it"


@pytest.fixture
def charts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for Helm on PATH, and a folder with packed charts."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "helm").write_text(HELM, "utf-8")
    (tmp_path / "bin" / "helm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HELM_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "charts"
    folder.mkdir()
    for name in CHARTS:
        (folder / name).write_bytes(b"")
    return folder


def reviewed(workshop: Workshop, charts: Path) -> Review:
    return review(workshop.root, "HEAD", charts=(charts,))


def test_a_bump_shows_what_the_chart_makes_of_it(workshop: Workshop, charts: Path) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "2.4.1", "3.0.0")
    found = reviewed(workshop, charts)
    assert [one.rule for one in found.attention] == ["immutable-field", "chart-major"]
    assert found.attention[0].title == RENDERED
    (change,) = (one for one in found.changes if one.title == RENDERED)
    assert [one.path for one in change.fields] == [
        'metadata.labels."app.kubernetes.io/version"',
        'metadata.labels."helm.sh/chart"',
        "spec.selector.matchLabels.app",
    ]
    assert (change.clusters, change.components) == (("east",), ("loki",))


def test_a_bump_that_changes_only_version_labels_is_routine(workshop: Workshop, charts: Path) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "2.4.1", "2.4.2")
    assert reviewed(workshop, charts).verdict == "routine"


def test_a_bump_that_renders_to_more_is_not_routine(workshop: Workshop, charts: Path) -> None:
    workshop.commit({**FILES, LOKI: FILES[LOKI].replace("2.4.1", "3.0.0")})
    (charts / "loki-3.0.1.tgz").write_bytes(b"")
    helm = charts.parent / "bin" / "helm"
    helm.write_text(HELM.replace('values.get("replicas", 1)', 'int(version == "3.0.1")'), "utf-8")
    workshop.edit(LOKI, "3.0.0", "3.0.1")
    assert reviewed(workshop, charts).verdict == "review"


def test_changed_values_are_rendered_for_everyone_who_reads_them(workshop: Workshop, charts: Path) -> None:
    west = "registry/clusters/west/loki.yaml"
    workshop.commit({**FILES, west: application("loki", "west")})
    workshop.edit("platform/loki/values.yaml", "replicas: 2", "replicas: 0")
    found = reviewed(workshop, charts)
    assert [(one.title, one.clusters) for one in found.attention] == [
        ("platform/loki/values.yaml", ("east", "west")),
        (RENDERED, ("east", "west")),
    ]


def test_inline_values_and_parameters_win(workshop: Workshop, charts: Path) -> None:
    more = "        valuesObject:\n          replicas: 3\n        valueFiles:\n"
    workshop.commit(FILES)
    workshop.edit(LOKI, "        valueFiles:\n", more)
    fields = [field for one in reviewed(workshop, charts).changes if one.title == RENDERED for field in one.fields]
    assert [(one.path, one.before, one.after) for one in fields] == [("spec.replicas", "2", "3")]
    workshop.edit(LOKI, more, f"        parameters:\n          - name: replicas\n            value: '4'\n{more}")
    fields = [field for one in reviewed(workshop, charts).changes if one.title == RENDERED for field in one.fields]
    assert [(one.path, one.before, one.after) for one in fields] == [("spec.replicas", "2", "4")]


def test_what_helm_refuses_is_said(workshop: Workshop, charts: Path) -> None:
    workshop.commit(FILES)
    workshop.edit("platform/loki/values.yaml", "replicas: 2", "fail: true")
    assert reviewed(workshop, charts).unchecked[0] == (
        "what chart loki renders to: Error: execution error: fail is set"
    )


def test_a_chart_that_is_not_at_hand_is_said(workshop: Workshop, charts: Path) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "2.4.1", "2.4.9")
    assert reviewed(workshop, charts).unchecked[0] == (
        "what charts render to that are not at hand (--charts names a folder): loki 2.4.9"
    )


def test_without_helm_the_report_says_so(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "2.4.1", "2.4.2")
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert workshop.review().unchecked[0] == "what 1 chart renders to: helm is not on PATH"


def test_charts_of_helms_own_cache_are_at_hand(workshop: Workshop, charts: Path) -> None:
    workshop.commit(FILES)
    workshop.edit(LOKI, "2.4.1", "2.4.2")
    (charts.parent / "cache").mkdir()
    charts.rename(charts.parent / "cache" / "repository")
    assert any(one.title == RENDERED for one in workshop.review().changes)


def test_equal_releases_of_many_clusters_are_rendered_once(workshop: Workshop, charts: Path) -> None:
    names = [f"c{number}" for number in range(5)]
    files = {f"registry/clusters/{name}/loki.yaml": application("loki", name) for name in names}
    files = {path: text.replace("chart: loki\n", "chart: loki\n", 1) for path, text in files.items()}
    workshop.commit({".clusterwright.yaml": FILES[".clusterwright.yaml"], **{
        path: text.replace("      helm:\n", "      helm:\n        releaseName: loki\n") for path, text in files.items()
    }})  # fmt: skip
    for path in files:
        workshop.edit(path, "2.4.1", "2.4.2")
    log = charts.parent / "log"
    helm = charts.parent / "bin" / "helm"
    helm.write_text(HELM.replace("arguments = ", f"open({str(log)!r}, 'a').write('x')\narguments = "), "utf-8")
    found = reviewed(workshop, charts)
    assert log.read_text() == "xx"
    (change,) = (one for one in found.changes if one.title == RENDERED)
    assert change.clusters == tuple(names)
