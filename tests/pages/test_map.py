"""The page of `clusterwright map` in a browser: fast, quiet, accessible, and used with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.map.formats import render
from tests.map.conftest import surveyed
from tests.map.fleet import fleet
from tests.template.golden import GOLDEN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Tab

SIZES = (1, 12, 100, 500)
LARGEST = 3 * 1024 * 1024
HIDDEN = """(() => {
  const canvas = document.querySelector(".canvas");
  return [canvas.scrollWidth - canvas.clientWidth, canvas.scrollHeight - canvas.clientHeight];
})()"""
"""How many points of the picture are out of sight: to the side, and below."""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The page of the default platform, and of fleets of many sizes, by the number of clusters."""
    made = {}
    for size in SIZES:
        root = GOLDEN / "laptop"
        if size > 1:
            root = tmp_path_factory.mktemp(f"fleet-{size}")
            for name, content in fleet(size - 1, virtual=size // 4).items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(content, "utf-8")
        made[size] = tmp_path_factory.mktemp("pages") / f"{size}.html"
        made[size].write_text(render(surveyed(root), "html"), "utf-8")
    return made


def selected(tab: Tab) -> str:
    return str(tab.page.inner_text('#results [aria-selected="true"]'))


def listed(tab: Tab) -> str:
    return str(tab.page.inner_text("#count"))


@pytest.mark.parametrize("size", SIZES)
def test_it_is_small_seen_within_a_second_and_accessible(tab: Tab, pages: dict[int, Path], size: int) -> None:
    assert pages[size].stat().st_size < LARGEST
    assert tab.first_paint(pages[size]) < 1
    assert tab.violations() == []
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("gateway")
    for key in ("ArrowDown", "Enter"):
        tab.page.keyboard.press(key)
    assert tab.violations() == [], "with a search, something chosen and its details"


def test_the_keyboard_alone_finds_and_opens(tab: Tab, pages: dict[int, Path]) -> None:
    tab.open(pages[12])
    assert listed(tab) == "194 results"
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("envoy stag")
    assert listed(tab) == "4 of 194 results"
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    assert selected(tab).startswith("envoy-gateway")
    details = tab.page.inner_text("#details")
    assert "registry/clusters/staging-004/components.yaml:38" in details
    assert tab.page.evaluate("document.activeElement.id") == "details"
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("ArrowUp")
    assert tab.page.evaluate("document.activeElement.dataset.key") == "application/argocd/staging-001-envoy-gateway"
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")
    assert (tab.page.input_value("#search"), listed(tab)) == ("", "194 results")


def test_filters_narrow_by_cluster_environment_ring_and_project(tab: Tab, pages: dict[int, Path]) -> None:
    tab.open(pages[12])
    tab.page.focus("#ring")
    tab.page.keyboard.type("canary")
    assert tab.page.input_value("#ring") == "canary"
    assert {one.strip() for one in rings(tab)} == {"canary"}
    tab.page.select_option("#kind", "application")
    tab.page.select_option("#environment", "development")
    tab.page.select_option("#cluster", "development-003")
    assert listed(tab) == "3 of 194 results"
    tab.page.select_option("#project", "platform")
    assert listed(tab) == "3 of 194 results"
    tab.page.click("text=Clear")
    tab.page.wait_for_selector("#count:text-is('194 results')")


def rings(tab: Tab) -> list[str]:
    """The ring of everything in the list, as the details tell it."""
    found = []
    for item in tab.page.query_selector_all("#results li")[:12]:
        item.click()
        found.append(tab.page.inner_text("dt:text-is('Ring') + dd"))
    return found


def test_a_part_of_the_picture_opens_with_the_keyboard_and_narrows_the_list(tab: Tab, pages: dict[int, Path]) -> None:
    tab.open(pages[100])
    tab.page.focus('[data-box="cluster production-002"]:not([data-entry])')
    tab.page.keyboard.press("Enter")
    assert "physical clusters" in tab.page.inner_text("#narrowed")
    assert selected(tab).startswith("production-002")
    tab.page.click("#widen")
    assert "of" not in listed(tab)
    tab.page.focus('[data-box="cluster management"][data-entry="5"]')
    assert tab.page.locator(".arrow.near").count() > 0, "what it needs and what needs it"
    tab.page.keyboard.press("Space")
    assert listed(tab).startswith("1 of")


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_needs_no_scrolling_to_the_side(tab: Tab, pages: dict[int, Path], size: int) -> None:
    tab.page.set_viewport_size({"width": 1280, "height": 900})
    tab.open(pages[size])
    assert tab.page.evaluate(HIDDEN)[0] == 0
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 1280
    tab.page.focus("#fit")
    tab.page.keyboard.press("Space")
    assert tab.page.evaluate(HIDDEN) == [0, 0], "all of it at once"
    assert tab.violations() == []


def test_details_lead_to_what_it_needs_and_what_needs_it(tab: Tab, pages: dict[int, Path]) -> None:
    tab.open(pages[1], "#application%2Fargocd%2Fopenbao")
    assert tab.page.inner_text("#details h2") == "openbao"
    tab.page.click("#details .links button:text-is('secret-stores')")
    assert tab.page.inner_text("#details h2") == "secret-stores"
    assert "openbao" in tab.page.inner_text("h3:text-is('Needs') + .links")
    assert tab.page.evaluate("location.hash") == "#application%2Fargocd%2Fsecret-stores"


def test_a_long_list_grows_when_its_end_is_reached(tab: Tab, pages: dict[int, Path]) -> None:
    tab.open(pages[500])
    assert tab.page.locator("#results li").count() == 200
    tab.page.focus("#results li")
    tab.page.keyboard.press("End")
    tab.page.keyboard.press("ArrowDown")
    assert tab.page.locator("#results li").count() == 400
    tab.page.click("#more")
    assert tab.page.locator("#results li").count() == 600
