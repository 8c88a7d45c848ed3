"""What the tests of the documentation share: a shell that has this project's programs, as a reader has them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOBODY, VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template


@pytest.fixture
def shell(template: Template, tmp_path: Path) -> dict[str, str]:
    """Where the programs of this project are found, and `new` takes the template as it stands here."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, module in (("clusterwright", "clusterwright"), ("copier", "copier")):
        more = f'if [ "$1" = new ]; then set -- "$@" --template {template.path} --ref {VERSION}; fi\n'
        program = programs / name
        program.write_text(
            f'#!/bin/sh\n{more if name == "clusterwright" else ""}exec {sys.executable} -m {module} "$@"\n'
        )
        program.chmod(0o755)
    return {**os.environ, **NOBODY, "PATH": f"{programs}:{os.environ['PATH']}"}


def run(commands: str, folder: Path, shell: dict[str, str]) -> str:
    """Runs commands as a person types them, each of which has to succeed; returns what is seen."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=folder, env=shell, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout
