"""Where Go is present, everything can be built, so a test that skips all the same has failed: nobody reads skips.

Two skips stay what they are: a module that a proxy keeps back from this machine, and what a mark says of the system.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.engines.harness.build import REFUSED, Built, MissingError, engine
from tests.engines.harness.proof import verdict

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Makes a failure of a skip that nothing here explains."""
    report = yield
    state, reason = verdict(report)
    if state == "skipped" and shutil.which("go") and REFUSED not in reason and not item.get_closest_marker("skipif"):
        report.outcome, report.longrepr = "failed", f"skipped although Go is here: {reason}"
    return report


def had(name: str, unproven: str) -> Built:
    """An engine, or a skip with a clear word on what was not proven: Go, or what Go asks for, cannot be had."""
    try:
        return engine(name)
    except MissingError as error:
        pytest.skip(f"{error}: {unproven} was not proven")
