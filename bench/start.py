"""How long the command line takes to start, against the imports that it cannot do without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from measure import alternate, report

CLUSTERWRIGHT = [str(Path(sys.executable).with_name("clusterwright")), "--version"]
IMPORTS = [sys.executable, "-c", "import click, yaml, jsonschema_rs"]


def run(command: list[str]) -> None:
    """Runs one process to its end, without its output."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    report("start", *alternate(lambda: run(CLUSTERWRIGHT), lambda: run(IMPORTS)), target=1.5)
