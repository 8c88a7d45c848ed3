"""How long a default platform takes to render, against the floor: the same questions and output paths, static bodies.

The floor is what Copier costs for this many files, whatever is in them. Peak memory is that of one rendering process.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import alternate, report

ROOT = Path(__file__).parents[1]
SOURCES = (
    "copier.yml", "catalogue.yaml", "moves.yaml", "releases.yaml", "questions", "_shared", "providers", "template",
)  # fmt: skip
RENDER = """
import sys
from copier import run_copy
run_copy(sys.argv[1], sys.argv[2], defaults=True, quiet=True)
"""


def render(template: Path, destination: Path) -> None:
    """Renders `template` with its defaults into a fresh folder, in a process of its own."""
    shutil.rmtree(destination, ignore_errors=True)
    subprocess.run([sys.executable, "-c", RENDER, str(template), str(destination)], check=True)


def sources(destination: Path) -> Path:
    """Copies what Copier reads; a plain folder, so that both sides are spared the clone."""
    for name in SOURCES:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, destination / name)
    return destination


def floor(template: Path, rendered: Path) -> Path:
    """Replaces the body of every template file by static text as long as what it renders to."""
    shutil.rmtree(template / "template")
    for path in rendered.rglob("*"):
        if path.is_file():
            copy = template / "template" / path.relative_to(rendered)
            copy.parent.mkdir(parents=True, exist_ok=True)
            body = "x" * path.stat().st_size
            copy.with_name(f"{copy.name}.jinja").write_text(body, encoding="utf-8")
    return template


def main() -> None:
    """Prints the ratio and the peak memory."""
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        (base / "ours").mkdir()
        (base / "floor").mkdir()
        ours = sources(base / "ours")
        render(ours, base / "out")
        static = floor(sources(base / "floor"), base / "out")
        files = sum(path.is_file() for path in (base / "out").rglob("*"))
        medians = alternate(lambda: render(ours, base / "out"), lambda: render(static, base / "out-floor"))
        report(f"render ({files} files)", *medians, target=1.3)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"render: peak {peak:.0f} MiB (at most 200 MiB) {'ok' if peak <= 200 else 'MISSED'}")


if __name__ == "__main__":
    main()
