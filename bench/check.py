"""How long `clusterwright check` takes with all its rules, against kubeconform, which only validates, on one corpus.

Ours runs with all its rules, without any cache, and prints its report.

The corpora are made from a rendered default platform: whole copies of its clusters and components under other names,
until there are about 340 and 3,400 YAML files. Both sides read the same files, each as a cold process.

The targets are for kubeconform as people run it: with schemas as public catalogues have them, each whole, though
without the descriptions. For comparison it also runs with our own files, in which schemas share definitions and are
quicker to compile; it finds them through a folder of links, because its name for the core group is v1.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import alternate, report
from render import render, sources

ROOT = Path(__file__).parents[1]
OURS = [str(Path(sys.executable).with_name("clusterwright")), "check"]
CORPORA = ((340, 0.35), (3400, 0.5))
MEMORY = 300
TEMPLATE = "{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"
COPIED = ("registry/clusters/management", "platform")


def corpus(platform: Path, files: int, destination: Path) -> Path:
    """Copies a platform and adds copies of its clusters and components until it has about that many YAML files."""
    shutil.copytree(platform, destination)
    for number in range(1, sys.maxsize):
        if len(yaml_files(destination)) >= files:
            break
        name = f"c{number:03}"
        for source in COPIED:
            copy(platform / source, destination / source.replace("management", name).replace("platform", name), name)
    return destination


def copy(source: Path, destination: Path, name: str) -> None:
    """Copies a folder; what its files say about the cluster and its components is true for the copy."""
    for path in filter(Path.is_file, sorted(source.rglob("*"))):
        target = destination / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8").replace("registry/clusters/management", f"registry/clusters/{name}")
        target.write_text(re.sub(r"(\$platform/|path: |: /|;/)platform/", rf"\1{name}/", text), "utf-8")


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files below a folder."""
    return [path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"} and path.is_file()]


def documents(paths: list[Path]) -> int:
    """How many documents the files hold."""
    return sum(1 + path.read_text("utf-8").rstrip("-\n ").count("\n---\n") for path in paths)


def links(destination: Path) -> str:
    """Links our schemas where kubeconform looks: its name for the group of `apiVersion: v1` is v1."""
    schemas = ROOT / "schemas"
    for path in sorted([*schemas.glob("kubernetes/v1.35/*/*.json"), *schemas.glob("crds/*/*.json")]):
        folder = destination / ("v1" if path.parent.name == "core" else path.parent.name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / path.name).symlink_to(path)
    return f"{destination}/{TEMPLATE}"


def written_out(destination: Path, lean: Path) -> str:
    """Writes the schemas again without references; returns the template that finds them."""
    for path in lean.rglob("*.json"):
        schema = json.loads(path.read_bytes())
        target = destination / path.relative_to(lean)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(expanded(schema, schema.pop("$defs", {}))), "utf-8")
    return f"{destination}/{TEMPLATE}"


def expanded(node: Any, definitions: dict[str, Any], within: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - any JSON
    """A schema with its references written out; one that leads back to itself allows everything."""
    if isinstance(node, list):
        return [expanded(one, definitions, within) for one in node]
    if not isinstance(node, dict):
        return node
    name = node["$ref"].rpartition("/")[2] if isinstance(node.get("$ref"), str) else ""
    if name in within:
        return {}
    rest = {key: expanded(value, definitions, within) for key, value in node.items() if not (name and key == "$ref")}
    return {**expanded(definitions[name], definitions, (*within, name)), **rest} if name else rest


def run(command: list[str]) -> tuple[int, float]:
    """Runs one process to its end without its output; returns its exit code and its peak memory in MiB."""
    with Path(os.devnull).open("w") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=nothing)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024


def measure(kubeconform: str, folder: Path, whole: str, shared: str, target: float) -> None:
    """Prints a corpus, the ratios on it and our peak memory."""
    ours = [*OURS, "--kubernetes-version", "1.35", str(folder)]
    theirs = [kubeconform, "-strict", "-n", "2", "-schema-location", whole, "-ignore-missing-schemas", str(folder)]
    code, _ = run(ours)
    if code:
        subprocess.run(ours, check=False)
        sys.exit("the corpus has findings: both sides would measure how errors are printed")
    paths = yaml_files(folder)
    count = documents(paths)
    print(f"corpus: {len(paths)} YAML files, {count} documents ({count / len(paths):.2f} a file)")
    peaks: list[float] = []
    medians = alternate(lambda: peaks.append(run(ours)[1]), lambda: run(theirs))
    report(f"check against kubeconform ({len(paths)} files)", *medians, target=target)
    theirs[theirs.index(whole)] = shared
    ours_again, theirs_again = alternate(lambda: run(ours), lambda: run(theirs))
    print(f"  with our schemas on both sides: {ours_again / theirs_again:.2f} x")
    print(f"check: peak {max(peaks):.0f} MiB (at most {MEMORY} MiB) {'ok' if max(peaks) <= MEMORY else 'MISSED'}")


def main() -> None:
    """Prints the ratio and the peak memory on both corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kubeconform", default=shutil.which("kubeconform"), help="the binary; from PATH by default")
    kubeconform = parser.parse_args().kubeconform
    if not kubeconform:
        sys.exit("kubeconform is not on PATH: `nox -s bench` builds it, or name it with --kubeconform")
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        (base / "template").mkdir()
        render(sources(base / "template"), base / "platform")
        shared = links(base / "shared")
        whole = written_out(base / "whole", base / "shared")
        for files, target in CORPORA:
            measure(kubeconform, corpus(base / "platform", files, base / str(files)), whole, shared, target)


if __name__ == "__main__":
    main()
