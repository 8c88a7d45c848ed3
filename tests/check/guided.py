"""Files that libFuzzer makes up, which sees what each of them makes the code do: `nox -s fuzz` runs it on Linux.

    python -m tests.check.guided yaml|hcl FOLDER [-runs=N ...]

begins with the files of the fixtures, which it puts into the folder. There it leaves what made the code do something
new, and what broke a promise. Flags are those of libFuzzer.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["clusterwright.check", "yaml"]):
    from tests.check.readers import read_hcl, read_yaml

FIXTURES = Path(__file__).parent / "fixtures"
TARGETS = {"yaml": (read_yaml, "*.yaml"), "hcl": (read_hcl, "*.tf")}
# Of each byte that is more than this, libFuzzer tries as much as of the others: fixtures are smaller.
FLAGS = ("-max_len=4096", "-timeout=30", "-rss_limit_mb=1024", "-seed=1", "-print_final_stats=1")


def main(kind: str, folder: Path, *flags: str) -> None:
    """Runs until libFuzzer has enough, or found something: then it ends the process with its own exit code."""
    target, files = TARGETS[kind]
    corpus = folder / kind
    corpus.mkdir(parents=True, exist_ok=True)
    for path in FIXTURES.rglob(files):
        data = path.read_bytes()
        (corpus / sha256(data).hexdigest()).write_bytes(data)
    atheris.Setup([sys.argv[0], *FLAGS, *flags, f"-artifact_prefix={folder}/{kind}-", str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
