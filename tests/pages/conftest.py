"""A headless Chromium, and axe-core from the npm registry; kept apart from the tests, as neither comes with Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Request

AXE = "axe-core@4.14.1"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "clusterwright" / "npm"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PAINTED = """new Promise((told) => new PerformanceObserver((list) => {
  const found = list.getEntriesByName("first-contentful-paint");
  if (found.length) told(found[0].startTime);
}).observe({type: "paint", buffered: true}))"""
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class Tab:
    """A page that is open, and whatever it complained about."""

    page: Page
    axe: Path
    complaints: list[str] = field(default_factory=list)

    def asked(self, request: Request) -> None:
        """Notes that something was asked of the network."""
        if not request.url.startswith(("about:", "file:")):
            self.complaints.append(request.url)

    def open(self, path: Path, fragment: str = "") -> None:
        """Opens a file, as if it were the first."""
        self.page.goto("about:blank")
        self.page.goto(f"{path.resolve().as_uri()}{fragment}")

    def first_paint(self, path: Path) -> float:
        """When something of a page is first seen, in seconds after it is asked for; the best of three times."""
        return min(self._painted(path) for _ in range(3))

    def _painted(self, path: Path) -> float:
        self.open(path)
        found: float = self.page.evaluate(PAINTED)
        return found / 1000

    def violations(self) -> list[str]:
        """What axe-core says of what is shown, each rule with the first element."""
        self.page.evaluate(self.axe.read_text("utf-8") + "; undefined")
        found: list[Any] = self.page.evaluate("axe.run().then((result) => result.violations)")
        return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}" for one in found]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"none of {', '.join(PROGRAMS)} is here: that the page works in a browser was not proven")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), headless=True)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Path:
    """The script of axe-core, fetched once and kept outside the tree."""
    name = AXE.replace("@", "-")
    script = CACHE / name / "package" / "axe.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            pytest.skip("npm is not here: that the page is accessible was not proven")
        script.parents[1].mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", AXE], cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(CACHE / f"{name}.tgz") as archive:
            archive.extractall(script.parents[1], filter="data")
    return script


@pytest.fixture(params=["light", "dark"])
def tab(browser: Browser, axe: Path, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A window of its own, which must not complain of anything."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, color_scheme=request.param)
    opened = Tab(context.new_page(), axe)
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("request", opened.asked)
    yield opened
    context.close()
    assert opened.complaints == []
