"""What a fleet costs: rendering 10, 100 and 500 workload clusters, adding one to 100, and reading a repository of 500.

Half of the clusters are virtual ones on the management cluster, the others exist already, and every tenth is a host.
All have a ring and run an environment with an application. Every measurement is a cold process, and the median of three
counts; rendering is what `new` and `apply` do of it, without the check and the commit.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from check import run
from render import ROOT, sources
from review import commit, git

SIZES = (10, 100, 500)
ROUNDS = 3
RENDER_SECONDS, RENDER_MEMORY = 25.0, 300
APPLY_SECONDS, CHECK_SECONDS = 12.0, 10.0
MAP_SECONDS, MAP_SIZE = 5.0, 3.0
PER_CLUSTER = 5
# How much more a cluster may cost among five hundred than among a hundred; the rest is noise.
GROWTH = 1.5
VERSION = "v999.0.0"
OURS = str(Path(sys.executable).with_name("clusterwright"))
RENDER = """
import sys
from pathlib import Path
import yaml
from clusterwright.render.answers import Answers
from clusterwright.render.copier import render
from clusterwright.render.source import Source
answers = Answers(yaml.load(Path(sys.argv[2]).read_bytes(), yaml.CSafeLoader))
render(Source(sys.argv[1], None), answers, Path(sys.argv[3]))
"""


def answers(size: int) -> dict[str, Any]:
    """A platform with so many workload clusters: the one of tests/valid, with other clusters."""
    said = yaml.safe_load((ROOT / "tests/valid/laptop-fleet.yaml").read_text(encoding="utf-8"))
    return {**said, "clusters": [cluster(number) for number in range(size)]}


def cluster(number: int) -> dict[str, Any]:
    """The entry of one cluster."""
    name = f"c{number:03}"
    if number % 2:
        environment = ("development", "staging")[number // 2 % 2]
        return {"name": name, "kind": "virtual", "environment": environment, "ring": "canary"}
    return {
        "name": name,
        "kind": "physical",
        "environment": "production",
        "ring": "stable",
        "components": ["reloader", "vcluster-host"] if number % 10 == 0 else ["reloader"],
        "network": f"10.{number // 250}.{number % 250}.0/24",
        "adopt": {"server": f"https://{name}.example.com:6443"},
    }


def measured(*command: str | Path) -> tuple[float, float]:
    """The median seconds of a command that finds nothing wrong, and its peak memory in MiB."""
    seconds, peaks = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        code, peak = run([str(part) for part in command])
        seconds.append(time.perf_counter() - start)
        peaks.append(peak)
        if code:
            sys.exit(f"{' '.join(map(str, command))}: ended with {code}")
    return statistics.median(seconds), max(peaks)


def line(name: str, value: float, limit: float, unit: str) -> None:
    """Prints one figure, and whether it holds its target."""
    print(f"{name}: {value:.4g} {unit} (at most {limit:g}) {'ok' if value <= limit else 'MISSED'}", flush=True)


def rendering(template: Path, base: Path) -> None:
    """Renders each size; what one more cluster costs has to stay the same."""
    seconds, files = {}, {}
    for size in SIZES:
        said = base / f"{size}.yaml"
        said.write_text(yaml.safe_dump(answers(size)), encoding="utf-8")
        out = base / f"rendered-{size}"
        took, peak = measured(
            "sh", "-c", f'rm -rf "$3" && exec "{sys.executable}" -c "$0" "$1" "$2" "$3"', RENDER, template, said, out
        )
        seconds[size], files[size] = took, sum(path.is_file() for path in out.rglob("*"))
        line(f"render {size} clusters ({files[size]} files)", took, RENDER_SECONDS, "s")
        line(f"render {size} clusters: peak", peak, RENDER_MEMORY, "MiB")
    small, middle, large = SIZES
    line("files of a cluster", (files[large] - files[small]) / (large - small), PER_CLUSTER, "files")
    first = (seconds[middle] - seconds[small]) / (middle - small)
    later = (seconds[large] - seconds[middle]) / (large - middle)
    line("a cluster among 500 against one among 100", later / first, GROWTH, "x")


def platform(template: Path, base: Path, size: int) -> Path:
    """A repository of so many clusters, as `new` makes it."""
    said, out = base / f"{size}.yaml", base / f"platform-{size}"
    command: list[str | Path] = [OURS, "new", out, "--template", template, "--ref", VERSION, "--answers", said]
    subprocess.run(command, check=True, capture_output=True)
    return out


def adding(repository: Path) -> None:
    """Adds a cluster to a hundred, by an edit of fleet.yaml and `apply`."""
    fleet = repository / "fleet.yaml"
    said = yaml.safe_load(fleet.read_text(encoding="utf-8"))
    said["clusters"].append(cluster(101))
    fleet.write_text(yaml.safe_dump(said), encoding="utf-8")
    start = time.perf_counter()
    subprocess.run([OURS, "apply", repository], check=True, capture_output=True)
    line("apply: one cluster more than 100", time.perf_counter() - start, APPLY_SECONDS, "s")
    status = ["git", "-C", str(repository), "status", "--porcelain", "--untracked-files=all"]
    touched = [
        one[3:] for one in subprocess.run(status, check=True, capture_output=True, text=True).stdout.splitlines()
    ]
    lists = [path for path in touched if "/c101/" not in path]
    print(f"apply: {len(touched) - len(lists)} files of its own, and the lists that name it: {', '.join(lists)}")
    commit(repository, "Add a cluster")


def reading(repository: Path) -> None:
    """Asks a repository of five hundred clusters everything that people ask."""
    took, peak = measured(OURS, "check", repository)
    line("check of 500 clusters", took, CHECK_SECONDS, "s")
    line("check of 500 clusters: peak", peak, RENDER_MEMORY, "MiB")
    raised = sorted(repository.glob("registry/clusters/*/components.yaml"))
    for path in raised:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("targetRevision: v1.", "targetRevision: v2."), encoding="utf-8")
    commit(repository, "Upgrade")
    for name, command in (
        ("order", ("order", repository)),
        ("map as text", ("map", repository)),
        (f"review of an upgrade of {len(raised)}", ("review", "HEAD~1", "HEAD", "--format", "markdown")),
    ):
        took, peak = measured("env", "-C", repository, OURS, *command)
        print(f"{name} of 500 clusters: {took:.3g} s, {peak:.0f} MiB", flush=True)
    page = repository.parent / "map.html"
    took, peak = measured(OURS, "map", repository, "--output", page)
    line("map as a page of 500 clusters", took, MAP_SECONDS, "s")
    line("map as a page of 500 clusters: size", page.stat().st_size / 2**20, MAP_SIZE, "MiB")


def main() -> None:
    """Prints every figure."""
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        (base / "template").mkdir()
        template = sources(base / "template")
        rendering(template, base)
        git(template, "init", "--quiet", "--initial-branch=main")
        commit(template, "Release")
        git(template, "tag", VERSION)
        adding(platform(template, base, SIZES[1]))
        reading(platform(template, base, SIZES[2]))


if __name__ == "__main__":
    main()
