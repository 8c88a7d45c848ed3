"""`clusterwright review` with Helm itself: what it says that a chart renders to is what Argo CD would be told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import yaml

from clusterwright.review.run import review
from tests.conftest import ROOT, commit
from tests.engines.harness import charts
from tests.engines.platforms import tool

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import Template


def test_helm_renders_both_sides_of_an_override(
    sources: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    helm = tool("helm", "Helm")
    monkeypatch.setenv("PATH", f"{os.path.dirname(helm)}{os.pathsep}{os.environ['PATH']}")  # noqa: PTH120 - a program
    platform = sources.render({}, tmp_path / "platform")
    commit(platform)
    record = yaml.safe_load((ROOT / "catalogue.yaml").read_text("utf-8"))["reloader"]
    chart = charts.stand_in(record, "reloader", ())
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / f"{chart.name}-{chart.version}.tgz").write_bytes(chart.archive)
    override = platform / "registry/clusters/management/overrides/reloader.yaml"
    override.parent.mkdir(exist_ok=True)
    override.write_text("reloader:\n  planted: mine\n", "utf-8")

    found = review(platform, "HEAD", charts=(tmp_path / "charts",))

    (change,) = (one for one in found.changes if one.title.startswith("ConfigMap"))
    assert change.title == "ConfigMap reloader-values, as chart reloader renders it"
    assert (change.clusters, change.components) == (("management",), ("reloader",))
    assert "+  planted: mine" in change.fields[0].lines
    assert not any("helm" in line or "chart" in line for line in found.unchecked)
