"""The golden repositories: what three whole platforms look like, so that every change of the template shows itself.

`nox -s golden` writes them anew, and the README's picture of the first one; read that diff as its future owners will.
`_commit` and `_src_path` are left out.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.conftest import ROOT, Template, copy_sources
from tests.template.questions import VALID, answers

GOLDEN = ROOT / "tests" / "golden"
NAMES = ("laptop", "aws-github-cloudflare", "existing-github-traefik-vault")
ANSWERS = ".copier-answers.yml"
PICTURE = ROOT / "docs" / "platform.svg"


def without_origin(text: str) -> str:
    """The answers file without the lines that name the template's place and version."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("_commit:", "_src_path:")))


def render(sources: Template, name: str, destination: Path) -> None:
    """Renders one valid answers file as plain Copier does, with its origin left out."""
    sources.render(answers(VALID / f"{name}.yaml"), destination)
    recorded = destination / ANSWERS
    recorded.write_text(without_origin(recorded.read_text(encoding="utf-8")), encoding="utf-8")


def picture() -> str:
    """The map of the default platform, as the README shows it."""
    from clusterwright.check.repository import load
    from clusterwright.map.formats import render as drawn
    from clusterwright.map.survey import survey

    return drawn(survey(load(str(GOLDEN / NAMES[0]))).map, "svg") + "\n"


def main() -> None:
    """Replaces every golden repository and the picture, and shows what changed."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = Template(copy_sources(Path(scratch)), version=None)
        for name in NAMES:
            shutil.rmtree(GOLDEN / name, ignore_errors=True)
            render(sources, name, GOLDEN / name)
    PICTURE.write_text(picture(), encoding="utf-8")
    subprocess.run(["git", "diff", "--stat", "--", str(GOLDEN), str(PICTURE)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
