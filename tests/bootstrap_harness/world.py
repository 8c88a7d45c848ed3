"""A machine on which bootstrap/ finds every tool, and each of them is a stand-in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TOOLS = ("aws", "curl", "docker", "doctl", "git", "helm", "k3d", "kubectl", "openssl", "tofu")


def scripts(repository: Path) -> list[Path]:
    """Every shell script of bootstrap/."""
    found = (path for path in sorted((repository / "bootstrap").rglob("*")) if path.is_file())
    return [path for path in found if path.suffix == ".sh" or os.access(path, os.X_OK)]


@dataclass(frozen=True)
class Run:
    """What one run of a script printed, its exit code, and what it called meanwhile."""

    code: int
    said: str
    calls: list[list[str]]

    def of(self, *words: str) -> list[str]:
        """The calls that hold all these words, each as one line."""
        return [line for line in map(" ".join, self.calls) if all(word in line for word in words)]

    def first(self, *words: str) -> list[int]:
        """When each of these words was first in a call, if ever."""
        lines = [" ".join(call) for call in self.calls]
        return [next((number for number, line in enumerate(lines) if word in line), -1) for word in words]


class World:
    """A folder with the stand-ins, what they wrote down, and a home."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder, self.repository = folder, repository
        (folder / "bin").mkdir(parents=True)
        (folder / "home").mkdir()
        start = f"#!{sys.executable} -ES\nimport sys\n\nsys.path.insert(0, {str(ROOT)!r})\n"
        for tool in TOOLS:
            script = folder / "bin" / tool
            script.write_text(f"{start}from tests.bootstrap_harness import stand_in\n\nsys.exit(stand_in.main())\n")
            script.chmod(0o755)
        self.change(made={}, applied=[], random=0)

    def copy(self, folder: Path, repository: Path | None = None) -> World:
        """The same world once more, for another repository if one is given."""
        other = World(folder, repository or self.repository)
        shutil.copytree(self.folder / "home", folder / "home", dirs_exist_ok=True)
        other.change(**self.state)
        return other

    @property
    def state(self) -> dict[str, Any]:
        """What the tools have made so far."""
        state: dict[str, Any] = json.loads((self.folder / "world").read_text())
        return state

    @property
    def variables(self) -> dict[str, str]:
        """What a program has to find in its environment to be in this world."""
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "CW_WORLD": str(self.folder),
            "POLL": "0",
        }

    def change(self, **state: object) -> None:
        """Changes the world from outside; a call that holds the words in `breaks` fails."""
        path = self.folder / "world"
        old = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(old | state))

    def run(self, script: str, *arguments: str, **variables: str) -> Run:
        """Runs a script of bootstrap/ with nobody at the terminal."""
        log = self.folder / "log"
        log.write_text("")
        done = subprocess.run(
            [self.repository / "bootstrap" / script, *arguments],
            env={**self.variables, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            timeout=600,
        )
        calls = [json.loads(line) for line in log.read_text().splitlines()]
        return Run(done.returncode, done.stdout + done.stderr, calls)
