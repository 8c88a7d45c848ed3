"""The screenshots in docs/pictures: `nox -s pictures` takes them anew. Look at each before you commit it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml

from clusterwright.map.formats import render
from tests.conftest import ROOT, Template, copy_sources
from tests.map.conftest import surveyed
from tests.map.fleet import fleet
from tests.pages.conftest import FLAGS, PROGRAMS
from tests.template.golden import GOLDEN
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = ROOT / "docs" / "pictures"


def fleet_map(folder: Path, size: int) -> str:
    """The page of a fleet of so many clusters; of the default platform, if it is one."""
    root = folder / f"fleet-{size}" if size > 1 else GOLDEN / "laptop"
    for name, content in fleet(size - 1, virtual=size // 4).items() if size > 1 else ():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    return render(surveyed(root), "html")


def portal(folder: Path) -> str:
    """The page of a portal with applications and workload clusters."""
    sources = folder / "template"
    sources.mkdir()
    template = Template(copy_sources(sources), version=None)
    made = template.render(answers(VALID / "laptop-fleet.yaml"), folder / "platform")
    config = yaml.safe_load((made / "platform/portal/manifests/page.yaml").read_text(encoding="utf-8"))
    return str(config["data"]["index.html"])


def take(
    browser: Browser, name: str, page: str, scheme: Literal["light", "dark"], folder: Path, *, height: int = 900
) -> None:
    """Takes one picture."""
    shown = folder / f"{name}.html"
    shown.write_text(page, "utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": height}, color_scheme=scheme)
    tab = context.new_page()
    tab.goto(shown.as_uri())
    tab.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def main() -> None:
    """Takes them all."""
    from playwright.sync_api import sync_playwright

    program = next(found for name in PROGRAMS if (found := shutil.which(name)))
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), headless=True)
        take(browser, "map-1", fleet_map(folder, 1), "light", folder)
        take(browser, "map-12", fleet_map(folder, 12), "light", folder, height=1860)
        take(browser, "map-100", fleet_map(folder, 100), "dark", folder, height=1860)
        take(browser, "portal", portal(folder), "light", folder, height=1280)
        browser.close()


if __name__ == "__main__":
    main()
