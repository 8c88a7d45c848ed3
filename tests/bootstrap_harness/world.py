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

TOOLS = ("curl", "docker", "git", "helm", "k3d", "kubectl", "openssl", "tofu")


@dataclass(frozen=True)
class Run:
    """What one run of a script printed, its exit code, and what it called meanwhile."""

    code: int
    said: str
    calls: list[list[str]]

    def of(self, *words: str) -> list[str]:
        """The calls that hold all these words, each as one line."""
        return [line for line in map(" ".join, self.calls) if all(word in line for word in words)]


class World:
    """A folder with the stand-ins, what they wrote down, and a home."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder, self.repository = folder, repository
        (folder / "bin").mkdir(parents=True)
        (folder / "home").mkdir()
        for source in Path(__file__).parent.glob("stand_in*.py"):
            shutil.copy(source, folder / "bin")
        for tool in TOOLS:
            script = folder / "bin" / tool
            script.write_text(f"#!{sys.executable} -ES\nimport sys\n\nimport stand_in\n\nsys.exit(stand_in.main())\n")
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
        return json.loads((self.folder / "world").read_text())

    def change(self, **state: Any) -> None:
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
            env={
                "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                "HOME": str(self.folder / "home"),
                "CW_WORLD": str(self.folder),
                "POLL": "0",
                **variables,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            timeout=120,
        )
        return Run(done.returncode, done.stdout + done.stderr, [json.loads(line) for line in log.read_text().splitlines()])
