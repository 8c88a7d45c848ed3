"""Rebuilds the strict JSON Schemas that `clusterwright check` uses, out of the Go modules of sources.yaml.

Usage: python -m schemas.build [--check]

Without a flag it downloads every module and writes schemas/kubernetes, schemas/crds and schemas/INDEX.json.
With --check it writes nothing and needs no network: it compares every file with the index, rebuilds what Go's module
cache already holds, and exits with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from schemas.builder import crds, openapi, sources, tree
from schemas.builder.modules import UnavailableError, fetch

ROOT = Path(__file__).resolve().parent


def build(source: sources.Source, *, offline: bool) -> tuple[tree.Record, dict[str, str]]:
    """Returns the record of a source and the files that it leads to."""
    module = fetch(source, offline=offline)
    kinds = openapi.kinds(module.files) if source.kubernetes else crds.kinds(module.files, source.added)
    files = tree.files_of(source, kinds)
    return tree.record_of(source, kinds, module, files), files


def rebuild() -> int:
    """Downloads, converts and writes everything; nothing is written unless all of it can be had."""
    index: tree.Record = {"kubernetes": {}, "crds": {}}
    files: dict[str, str] = {}
    for source in sources.read(ROOT / "sources.yaml"):
        record, made = build(source, offline=False)
        if twice := made.keys() & files.keys():
            raise UnavailableError(f"{source.name}: another source makes {min(twice)} too")
        index[section(source)][source.name] = record
        files |= made
        print(f"{source.name}: {len(made)} schemas from {source.module}@{source.version}")
    tree.write(ROOT, {**files, tree.INDEX: tree.compact(index)})
    return 0


def check() -> int:
    """Compares the tree with the index and with what the cached modules give."""
    index = json.loads((ROOT / tree.INDEX).read_text(encoding="utf-8"))
    present = tree.stored(ROOT)
    problems: list[str] = []
    known: set[str] = set()
    for source in sources.read(ROOT / "sources.yaml"):
        record = index[section(source)].pop(source.name, None)
        if record is None or (record["module"], record["version"]) != (source.module, source.version):
            problems.append(f"{source.name}: the index has another version; run the build")
            continue
        paths = tree.owned(record, source.name, core=source.kubernetes)
        known |= set(paths)
        if tree.digest({path: present[path] for path in paths if path in present}) != record["digest"]:
            problems.append(f"{source.name}: the files are not those that were built")
        problems += again(source, record)
    problems += [f"{path}: no source makes it" for path in sorted(present.keys() - known)]
    problems += [f"{name}: not in sources.yaml" for records in index.values() for name in records]
    print(*problems, sep="\n", end="\n" if problems else "")
    return int(bool(problems))


def again(source: sources.Source, record: tree.Record) -> list[str]:
    """Rebuilds a source if its module is at hand; returns the problem, if there is one."""
    try:
        same = build(source, offline=True)[0] == record
    except UnavailableError as error:
        print(f"{source.name}: not rebuilt: {str(error).splitlines()[0]}")
        return []
    return [] if same else [f"{source.name}: the module gives something else; run the build"]


def section(source: sources.Source) -> str:
    """Returns the part of the index that a source belongs to."""
    return "kubernetes" if source.kubernetes else "crds"


def main() -> int:
    """Reads the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Rebuild the schemas that `clusterwright check` uses.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the tree is not what was built")
    try:
        return check() if parser.parse_args().check else rebuild()
    except UnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
