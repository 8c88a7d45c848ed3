"""What servers have proven is not proven again as long as all that goes into the proof is the same.

A file of tests that ask servers is run as a whole or not at all: its tests share a cluster, and one begins with what
another has left there. A test that is not run again says what it said then, and the run says how many those are.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

from .memory import HOW, WHAT, Memory

if TYPE_CHECKING:
    from collections.abc import Iterable

# Tests of servers: to start those and to wait for what they do is most of what a run takes.
SERVERS = ("api_server", "argo_cd", "argo_cd_changes", "argo_cd_fleet", "argo_cd_order", "openbao")
# What goes into their proofs beside the template: some commands of the documentation too.
CODE = (
    "docs",
    "hooks",
    "schemas",
    *(
        f"tests/{name}"
        for name in ("bootstrap_harness", "conftest.py", "docs/pages.py", "engines", "pins.py", "template/questions.py")
    ),
)
PROPERTY = "known since"


class Known:
    """The plugin.

    Attributes:
        again: The days on which those tests passed that are not run again.
    """

    def __init__(self, memory: Memory) -> None:
        """Takes what all tests said before."""
        self._memory = memory.of("servers", sys.version, *HOW, *WHAT, *(ROOT / name for name in CODE))
        self._days: dict[str, str] = {}
        self._passed: set[str] = set()
        self.again: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Finds the files that have nothing new to say."""
        files: dict[str, list[str]] = {}
        for item in items:
            if of_servers(item.nodeid):
                files.setdefault(item.path.name, []).append(item.nodeid)
        for names in files.values():
            days = {name: str(self._memory.recall(name) or "") for name in names}
            if all(days.values()):
                self._days |= days

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Reports a test of such a file as it was reported then."""
        if item.nodeid not in self._days:
            return None
        told = [*item.user_properties, (PROPERTY, self._days[item.nodeid])]
        report = pytest.TestReport(
            item.nodeid, item.location, dict.fromkeys(item.keywords, 1), "passed", None, "call", user_properties=told
        )
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps what passed, once what it made is gone again; of what is not run again, it counts the days."""
        self.again += days_of(report)
        if report.when == "call" and report.passed and of_servers(report.nodeid):
            self._passed.add(report.nodeid)
        elif report.when == "teardown" and report.passed and report.nodeid in self._passed:
            self._memory.keep(time.strftime("%Y-%m-%d"), report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says how much was not run again."""
        if self.again:
            terminalreporter.write_line(
                f"{len(self.again)} tests of servers were not run again, for nothing has changed that goes into them:"
                f" the first of them passed on {min(self.again)}; --afresh runs them"
            )


def of_servers(nodeid: str) -> bool:
    """Whether a test asks servers."""
    return nodeid.partition("::")[0].removeprefix("tests/engines/test_").removesuffix(".py") in SERVERS


def days_of(report: pytest.TestReport) -> Iterable[str]:
    """The day on which a test passed that is not run again."""
    return [str(value) for name, value in report.user_properties if name == PROPERTY]
