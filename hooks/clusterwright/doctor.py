"""What is missing: what the toolkit itself uses, and what bootstrap/preflight of a platform asks for.

Preflight is the one place that knows what a platform needs; who starts it without this toolkit asks the same script.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from clusterwright import git
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFLIGHT = Path("bootstrap", "preflight")
ANSWERS = ".copier-answers.yml"
COPIER = (9, 19)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for.

    Attributes:
        what: its name, with its version if it is there.
        problem: what does not work without it, and what to do; empty if it is there.
        needed: nothing works without it, or only something does not.
    """

    what: str
    problem: str = ""
    needed: bool = True


def machine() -> Iterator[Finding]:
    """What the toolkit uses."""
    version = _first_number(["git", "--version"])
    yield Finding(f"git {version}".strip(), "" if version else "every verb but check needs it; install git")
    yield _copier()
    library, program = _installed("pygraphviz"), shutil.which("dot")
    found = f"pygraphviz {library}" if library else program or ""
    hint = "map --format svg and html cannot place boxes; pip install 'clusterwright[map]', or install Graphviz"
    yield Finding(f"Graphviz ({found})" if found else "Graphviz", "" if found else hint, needed=False)
    helm = _first_number(["helm", "version", "--short"])
    hint = "review shows no rendered difference of charts; https://helm.sh/docs/intro/install/"
    yield Finding(f"helm {helm}".strip(), "" if helm else hint, needed=False)


def repository(root: Path) -> Iterator[Finding]:
    """What `apply` and `update` need of a platform, as far as its answers tell."""
    if not (root / ANSWERS).is_file():
        return
    recorded = _read(root / ANSWERS)
    source = str(recorded.get("_src_path", ""))
    if not source:
        return
    gone = os.path.isabs(source) and not os.path.isdir(source)  # noqa: PTH112, PTH117 - a URL is no path
    problem = f"{ANSWERS} says the template is in {source}, which is gone; clone it there again"
    yield Finding(f"the template, {source}", problem if gone else "")


def preflight(root: Path) -> tuple[bool, str] | None:
    """What bootstrap/preflight says, and whether all is there; None without one.

    It is a script of the repository: it looks at tools, credentials, names and ports, prints no secret, and changes
    nothing.
    """
    script = root / PREFLIGHT
    if not script.is_file():
        return None
    bash = shutil.which("bash")
    if bash is None:
        return False, "bash is missing; bootstrap/ is written in it"
    done = subprocess.run(
        [bash, str(PREFLIGHT)], cwd=root, capture_output=True, check=False, text=True, errors="replace",
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    said = [line.strip() for line in f"{done.stdout}\n{done.stderr}".splitlines()]
    return done.returncode == 0, "\n".join(line for line in said if line)


def _copier() -> Finding:
    version = _installed("copier")
    enough = tuple(int(part) for part in re.findall(r"\d+", version)[:2]) >= COPIER
    hint = "new, apply and update render with Copier 9.19 or newer; pip install 'clusterwright[platform]'"
    return Finding(f"Copier {version}".strip(), "" if version and enough else hint)


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _first_number(command: list[str]) -> str:
    """The version that a program prints; empty if it is not there."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, check=False, text=True, stdin=subprocess.DEVNULL)
    found = re.search(r"\d+(\.\d+)+", done.stdout)
    return found[0] if found else "of an unknown version"


def _read(path: Path) -> dict[str, Any]:
    try:
        recorded = yaml.safe_load(path.read_bytes())
    except yaml.YAMLError as error:
        raise UserError(f"{path.name}: not YAML; restore it from git, only Copier writes it") from error
    return recorded if isinstance(recorded, dict) else {}


def root_of(path: Path) -> Path:
    """A folder if it is a platform; else the top of the repository that it is in."""
    if (path / PREFLIGHT).is_file():
        return path.resolve()
    top = git.ask(path, "rev-parse", "--show-toplevel") if shutil.which("git") else None
    return Path(top) if top else path
