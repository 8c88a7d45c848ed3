"""The map as text, Mermaid, SVG and a page: complete, the same every time, and safe whatever a name holds."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clusterwright.map.boxes import view
from clusterwright.map.formats import FORMATS, render
from clusterwright.map.mermaid import as_mermaid
from clusterwright.map.model import Cluster, Map, Place
from clusterwright.map.page import as_page
from clusterwright.map.scene import WIDEST, scene
from clusterwright.map.svg import as_svg, asset
from clusterwright.map.text import as_text
from tests.map.conftest import chart, manifest, surveyed
from tests.map.fleet import fleet
from tests.template.golden import GOLDEN

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.map.model import Status
    from tests.check.conftest import Write

HOSTILE = "</script><script>alert(1)</script>\"]; x --> y & 'q' \\u202e\\u0007"
TEXT = """\
gitops: 5 clusters, 3 environments, 67 Applications, 5 projects, 5 roots

Infrastructure  (Atlantis applies it)
  state, cloud (after state), cluster-staging-001 (after cloud), cluster-production-002 (after
  cloud), cluster-development-003 (after cloud)

management  (Argo CD runs here)
  wave 0  cert-manager 1.0.0, external-secrets 1.0.0, gateway-api 1.0.0
  wave 1  envoy-gateway 1.0.0, issuers 1.0.0, secret-stores 1.0.0
  wave 2  external-dns 1.0.0, gateway 1.0.0
  wave 3  metrics 1.0.0

development
  blog 3.1.4, search 3.1.4, shop 3.1.4
"""
VIRTUAL = """\
staging-001  (staging · ring early)
  wave 0  cert-manager 1.0.0, external-secrets 1.0.0, gateway-api 1.0.0
  wave 1  envoy-gateway 1.0.0, issuers 1.0.0, secret-stores 1.0.0
  wave 2  external-dns 1.0.0, gateway 1.0.0
  wave 3  metrics 1.0.0
  staging-004  (virtual · staging · ring early)
    wave 0  cert-manager 1.0.0, external-secrets 1.0.0, gateway-api 1.0.0
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Map:
    return surveyed(written(tmp_path_factory.mktemp("small"), fleet(4, virtual=1)))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Map:
    named = manifest("plain", **chart("one")).replace(
        "name: plain", f'name: "{HOSTILE.replace(chr(34), chr(92) + chr(34))}"'
    )
    return surveyed(written(tmp_path_factory.mktemp("hostile"), {"a.yaml": named}))


def written(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return root


def data(page: str) -> dict[str, list[list[int]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    read: dict[str, list[list[int]]] = json.loads(found[1])
    return read


def test_the_outline_says_what_is_where(small: Map) -> None:
    outline = as_text(small)
    assert outline.startswith(TEXT)
    assert VIRTUAL in outline
    assert "\n\nProjects\n  cluster-development-003, cluster-production-002, cluster-staging-001, " in outline


def test_mermaid_draws_boxes_and_arrows(small: Map) -> None:
    chart = as_mermaid(view(small))
    assert chart.startswith(
        'flowchart LR\n  b1[("gitops<br>Git repository")]\n  subgraph b2["Infrastructure<br>Atlantis applies it"]'
    )
    assert '    e3["state"]\n    e4["cloud"]' in chart
    assert "  e3 --> e4\n" in chart
    assert "  b1 -->|Argo CD| b8\n" in chart
    assert chart.count("subgraph") == chart.count("\n  end") + chart.count("\n    end")


def test_mermaid_of_a_large_fleet_is_what_git_hosts_still_draw(write: Write) -> None:
    chart = as_mermaid(view(surveyed(write(fleet(60, virtual=20)))))
    assert len(chart) < 50_000, "GitHub draws no longer text"
    assert chart.count("-->") < 500
    assert "cert-manager, external-secrets" in chart, "the components of workload clusters are words"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_repository_gives_the_same_bytes(write: Write, form: str) -> None:
    root = write(fleet(3))
    assert render(surveyed(root), form) == render(surveyed(root), form)


def test_svg_is_xml_with_a_name_and_a_tile_for_each_entry(write: Write) -> None:
    shown = view(surveyed(write(fleet(2, virtual=1))))
    root = ET.fromstring(as_svg(shown))  # noqa: S314 - what this program has just written
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.findtext(f"{name}title") == "Map of gitops"
    tiles = [one for one in root.iter(f"{name}g") if (one.get("class") or "").startswith("tile")]
    entries = sum(len(one.entries) + sum(len(inside.entries) for inside in one.boxes) for one in shown.boxes)
    assert len(tiles) == entries
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for one in root.iter(f"{name}rect"):
        x, y = float(one.get("x", 0)), float(one.get("y", 0))
        assert 0 <= x <= x + float(one.get("width", 0)) <= width
        assert 0 <= y <= y + float(one.get("height", 0)) <= height


def test_boxes_do_not_overlap(small: Map) -> None:
    panels = scene(view(small)).panels
    for one in panels:
        for other in panels:
            apart = (
                one.at[0] + one.size[0] <= other.at[0]
                or other.at[0] + other.size[0] <= one.at[0]
                or one.at[1] + one.size[1] <= other.at[1]
                or other.at[1] + other.size[1] <= one.at[1]
            )
            assert one is other or apart, (one.box.title, other.box.title)


@pytest.mark.parametrize(("count", "virtual"), [(1, 0), (4, 1), (11, 3), (99, 25), (499, 125)])
def test_a_picture_is_no_wider_than_a_window_however_many_clusters(write: Write, count: int, virtual: int) -> None:
    assert scene(view(surveyed(write(fleet(count, virtual=virtual))))).size[0] <= WIDEST


@pytest.mark.parametrize("name", ["laptop", "aws-github-cloudflare", "existing-github-traefik-vault"])
def test_a_platforms_picture_is_no_wider_than_a_window(name: str) -> None:
    assert scene(view(surveyed(GOLDEN / name))).size[0] <= WIDEST


def test_a_picture_that_goes_down_has_rows_that_fit_into_a_window() -> None:
    """As many groups of clusters as there are at most, which side by side would be three windows wide."""
    names = [f"c{n:02}" for n in range(11)]
    clusters = tuple(Cluster(one, "physical", "", "live", f"ring-{one}", "", "", Place()) for one in names)
    management = Cluster("management", "management", "", "", "", "", "", Place())
    drawn = scene(view(Map("gitops", (management, *clusters), (), (), ())))
    workloads = [one for one in drawn.panels if one.box.kind == "physical"]
    assert len(workloads) == 11
    assert drawn.size[0] <= WIDEST


def test_a_name_can_neither_leave_its_place_nor_hide(hostile: Map) -> None:
    svg, page = as_svg(view(hostile)), as_page(hostile)
    ET.fromstring(svg)  # noqa: S314 - what this program has just written
    for text in (svg, page):
        assert "<script>alert" not in text
        assert "\u202e" not in text.partition("<script")[0]
    assert any("<script>alert" in str(one) for one in data(page)["words"])
    drawn = as_mermaid(view(hostile))
    assert "alert(1)#60;" in drawn
    assert '"]; x' not in drawn


def test_a_page_holds_all_there_is(small: Map) -> None:
    found = data(as_page(small))
    assert [len(found[part]) for part in ("clusters", "applications", "projects", "roots")] == [5, 67, 5, 5]


def test_a_page_runs_its_own_script_and_loads_nothing(small: Map) -> None:
    page = as_page(small)
    policy = re.search(r"Content-Security-Policy\" content=\"([^\"]*)", page)
    assert policy
    for name, tag in (("page.js", "script"), ("page.css", "style")):
        whole = asset(name) + (asset("picture.css") if tag == "style" else "")
        digest = base64.b64encode(hashlib.sha256(whole.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
        assert f"<{tag}>{whole}</{tag}>" in page
    assert "default-src 'none'" in policy[1]
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "style=" not in page


def test_every_part_of_the_picture_in_a_page_leads_to_what_it_stands_for(small: Map) -> None:
    page = as_page(small)
    found = data(page)
    words = found["words"]
    boxes = {words[one[0]]: one for one in found["picture"]}
    for box, entry in re.findall(r'role="button"[^>]* data-box="([^"]*)" data-entry="(\d+)"', page):
        assert boxes[box][2][int(entry)][0][1], (box, entry)  # type: ignore[index]


def test_colours_differ_enough_for_every_reader() -> None:
    for scheme in palettes(asset("picture.css")):
        for ink in ("ink", "soft", "management", "physical", "virtual", "environment", "roots"):
            for ground in ("ground", "box"):
                assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)
        for status in ("added", "changed", "removed"):
            assert contrast(scheme[status], scheme[f"{status}-fill"]) >= 4.5, status


def palettes(style: str) -> list[dict[str, str]]:
    light, dark = style.split("@media (prefers-color-scheme: dark)", 1)
    return [dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in (light, dark)]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_change_is_told_by_a_sign_and_a_colour() -> None:
    shown = surveyed(GOLDEN / "laptop")
    statuses: dict[str, Status] = {"argocd/openbao": "changed", "argocd/reloader": "removed", "argocd/gateway": "added"}
    marked = replace(
        shown, applications=tuple(replace(one, status=statuses.get(one.id, "")) for one in shown.applications)
    )
    assert "~ openbao 0.29.2" in as_text(marked)
    assert '["- reloader<br>2.2.16"]' in as_mermaid(view(marked))
    assert "classDef added fill:#dcf6e3" in as_mermaid(view(marked))
    svg = as_svg(view(marked))
    assert '<g class="tile management changed"><title>changed: openbao 0.29.2</title>' in svg
    assert ">+ gateway</text>" in svg
    assert '<p class="legend"><span class="added">+ 1 added</span>' in as_page(marked)
