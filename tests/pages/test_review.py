"""The page of `clusterwright review` in a browser: quiet, accessible, and read with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.review.reports import render
from tests.review.examples import STORIES, reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Tab


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each example."""
    made = {}
    for name in STORIES:
        made[name] = tmp_path_factory.mktemp("reports") / f"{name}.html"
        made[name].write_text(render(reviewed(name, tmp_path_factory.mktemp(name)), "html"), "utf-8")
    return made


@pytest.mark.parametrize("name", STORIES)
def test_it_is_accessible(tab: Tab, reports: dict[str, Path], name: str) -> None:
    tab.open(reports[name])
    assert tab.violations() == []
    tab.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert tab.violations() == [], "with everything open"


def test_the_keyboard_alone_reaches_and_opens_everything(tab: Tab, reports: dict[str, Path]) -> None:
    tab.open(reports["danger"])
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.textContent") == "Skip to what needs attention"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("location.hash") == "#attention"
    closed = "document.querySelectorAll('details:not([open])').length"
    before = tab.page.evaluate(closed)
    assert before > 3
    for _ in range(60):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("document.activeElement.matches('details:not([open]) > summary')"):
            break
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate(closed) == before - 1


def test_the_first_screen_names_the_risk(tab: Tab, reports: dict[str, Path]) -> None:
    tab.open(reports["danger"])
    seen = "(one) => one.getBoundingClientRect().bottom < innerHeight"
    assert tab.page.locator("h1").evaluate(seen)
    assert tab.page.locator("li.danger", has_text="application-renamed").evaluate(seen)
    assert tab.page.locator("li.danger", has_text="state-address").evaluate(seen)


def test_it_looks_as_the_reader_likes_it(tab: Tab, reports: dict[str, Path]) -> None:
    tab.open(reports["upgrade"])
    dark = tab.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    background = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(20, 23, 28)" if dark else "rgb(255, 255, 255)")


def test_nothing_is_wider_than_a_phone(tab: Tab, reports: dict[str, Path]) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 800})
    tab.open(reports["danger"])
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
