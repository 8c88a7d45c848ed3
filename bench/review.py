"""How long `clusterwright review` takes for an upgrade of a hundred clusters, against `git diff` of the same commits.

The repository is a rendered platform with a hundred copies of its cluster, each with every component, under names of
their own. The upgrade raises every second chart in each of them, changes a sync option in one component, and moves ten
components of one cluster to another wave. It is cloned, as a pipeline clones it, and each review is a cold process.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from check import run
from measure import alternate
from render import render, sources

CLUSTERS = 100
SECONDS = 3.0
MEMORY = 300
CHARACTERS = 60_000
REVIEW = [str(Path(sys.executable).with_name("clusterwright")), "review", "HEAD~1", "HEAD", "--format", "markdown"]
_REVISION = re.compile(r"(chart: .*\n\s+targetRevision: \"?v?\d+\.\d+\.)(\d+)")


def fleet(platform: Path) -> None:
    """Gives a platform a hundred clusters more, each with what the first one has."""
    management = platform / "registry" / "clusters" / "management"
    for number in range(CLUSTERS):
        name = f"c{number:03}"
        for path in management.rglob("*.yaml"):
            target = platform / "registry" / "clusters" / name / path.relative_to(management)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8").replace("clusters/management", f"clusters/{name}")
            text = text.replace("cluster: management", f"cluster: {name}")
            target.write_text(text.replace("\n  name: ", f"\n  name: {name}-", 1), "utf-8")


def upgrade(platform: Path) -> int:
    """Makes the change; returns how many files it touches."""
    touched = 0
    names = sorted(path.name for path in (platform / "registry/clusters/management").glob("*.yaml"))
    for path in sorted((platform / "registry" / "clusters").glob("*/*.yaml")):
        text = old = path.read_text("utf-8")
        if names.index(path.name) % 2:
            text = _REVISION.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", text)
        if path.name == names[0]:
            text = text.replace("      - PruneLast=true\n", "")
        if path.parent.name == "c007" and path.name in names[:10]:
            text = re.sub(r'sync-wave: "(\d+)"', r'sync-wave: "1\1"', text)
        if text != old:
            path.write_text(text, "utf-8")
            touched += 1
    return touched


def git(folder: Path, *arguments: str) -> None:
    """Runs git as nobody in particular."""
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@example.invalid")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def commit(folder: Path, message: str) -> None:
    """Commits all that is in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def main() -> None:
    """Prints the time, the peak memory and the length of the report."""
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        (base / "template").mkdir()
        render(sources(base / "template"), base / "platform")
        fleet(base / "platform")
        git(base / "platform", "init", "--quiet", "--initial-branch=main")
        commit(base / "platform", "Render")
        touched = upgrade(base / "platform")
        commit(base / "platform", "Upgrade")
        clone = base / "clone"
        git(base, "clone", "--quiet", "--no-local", str(base / "platform"), str(clone))
        measure(clone, touched)


def measure(clone: Path, touched: int) -> None:
    """Measures in a clone."""
    peaks: list[float] = []
    command = ["env", "-C", str(clone), *REVIEW]
    diff = ["git", "-C", str(clone), "diff", "HEAD~1", "HEAD"]
    ours, theirs = alternate(lambda: peaks.append(run(command)[1]), lambda: run(diff))
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for name, value, limit, unit in (
        (f"review of {touched} files in {CLUSTERS + 1} clusters", ours, SECONDS, "s"),
        ("review: peak", max(peaks), MEMORY, "MiB"),
        ("review: report", len(report), CHARACTERS, "characters"),
    ):
        print(f"{name}: {value:.4g} {unit} (at most {limit:g}) {'ok' if value <= limit else 'MISSED'}")
    print(f"review against git diff: {ours:.2f} s / {theirs:.2f} s = {ours / theirs:.1f} x")


if __name__ == "__main__":
    main()
