"""The example reports in docs/examples: `python -m tests.review.examples` writes them, a test holds them current."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from clusterwright.review.reports import render
from clusterwright.review.run import review
from tests.conftest import ROOT, commit
from tests.review import garden

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterwright.review.model import Review

EXAMPLES = ROOT / "docs" / "examples"
CLUSTERS = tuple(
    f"{ring}-{place}" for ring in ("prod", "stage") for place in ("ams", "fra", "iad", "lhr", "sin", "syd")
)
COMPONENTS = {"cert-manager": 1, "external-secrets": 2, "loki": 4, "traefik": 3}

Files = dict[str, str]


def fleet() -> Files:
    """Twelve clusters with four components each, and a shop."""
    files = {**garden.FILES}
    for cluster in CLUSTERS:
        for component, wave in COMPONENTS.items():
            files[f"registry/clusters/{cluster}/{component}.yaml"] = garden.application(component, cluster, wave)
    for component in COMPONENTS:
        files[f"platform/{component}/values.yaml"] = "replicas: 2\nresources:\n  requests:\n    memory: 128Mi\n"
    for path in ("registry/clusters/east/loki.yaml", "registry/clusters/east/traefik.yaml"):
        del files[path]
    return files


def routine(files: Files) -> None:
    """Two charts are raised everywhere, and with them the page that lists them."""
    _everywhere(files, "cert-manager", "2.4.1", "2.4.3")
    _everywhere(files, "loki", "2.4.1", "2.5.0")
    files["docs/components.md"] = files["docs/components.md"].replace("2.4.1", "2.5.0")


def upgrade(files: Files) -> None:
    """A new version of the template: a new component, a chart that may break, other values, first on half the fleet."""
    _everywhere(files, "cert-manager", "2.4.1", "2.4.3")
    _everywhere(files, "traefik", "2.4.1", "3.0.0", ring="stage")
    _everywhere(
        files,
        "external-secrets",
        "      selfHeal: true\n",
        "      selfHeal: true\n    syncOptions:\n      - Replace=true\n",
    )
    for cluster in CLUSTERS:
        files[f"registry/clusters/{cluster}/reloader.yaml"] = garden.application("reloader", cluster, 2)
    files["platform/reloader/values.yaml"] = "replicas: 1\n"
    files["platform/loki/values.yaml"] = files["platform/loki/values.yaml"].replace("128Mi", "512Mi")
    project = "registry/projects/platform.yaml"
    files[project] = files[project].replace(
        "    - https://charts.example.com\n",
        "    - https://charts.example.com\n    - https://stakater.github.io/charts\n",
    )
    files[".copier-answers.yml"] = files[".copier-answers.yml"].replace("v1.2.0", "v1.4.0")
    files["docs/components.md"] += "| reloader | 2.4.1 |\n"
    files["apps/shop/values.yaml"] = "replicas: 3\n"


def danger(files: Files) -> None:
    """What nobody should merge on a Friday."""
    old = "registry/clusters/prod-fra/loki.yaml"
    files[old] = files[old].replace("name: prod-fra-loki", "name: prod-fra-logs")
    _everywhere(files, "traefik", "prune: true", "prune: false", ring="prod")
    _everywhere(files, "cert-manager", "2.4.1", "2.3.0", ring="stage")
    files[garden.SHOP] = re.sub(r"storage: 100Gi", "storage: 20Gi", files[garden.SHOP])
    files[garden.SHOP] = files[garden.SHOP].replace("allowPrivilegeEscalation: false", "privileged: true")
    files[garden.SHOP] = files[garden.SHOP].replace("  name: only-the-gateway", "  name: gateway-only")
    files[garden.CLOUD] = files[garden.CLOUD].replace('"aws_db_instance" "main"', '"aws_db_instance" "shop"')
    files[garden.CLOUD] = files[garden.CLOUD].replace('"cloud/terraform.tfstate"', '"shop/terraform.tfstate"')
    files["platform/argo-cd/values.yaml"] = garden.ARGO_CD.replace(
        "role:admin\n", "role:admin\n      g, developers, role:admin\n"
    )
    files["CODEOWNERS"] = "* @acme/platform\n"


def _everywhere(files: Files, component: str, before: str, after: str, ring: str = "") -> None:
    for cluster in CLUSTERS:
        path = f"registry/clusters/{cluster}/{component}.yaml"
        if cluster.startswith(ring):
            assert before in files[path], path
            files[path] = files[path].replace(before, after)


STORIES: dict[str, Callable[[Files], None]] = {"routine": routine, "upgrade": upgrade, "danger": danger}


def reviewed(name: str, root: Path) -> Review:
    """Tells a story in a repository of its own, and reviews it."""
    files = fleet()
    for path, text in files.items():
        _write(root / path, text)
    commit(root)
    STORIES[name](files)
    for path, text in files.items():
        _write(root / path, text)
    return review(root, "HEAD")


def page(name: str, root: Path) -> str:
    """An example as it is kept: the report, after a word on what it is."""
    story = (STORIES[name].__doc__ or "").splitlines()[0]
    report = render(reviewed(name, root), "markdown")
    head = f"<!-- Made by `clusterwright review --format markdown`, from tests/review/examples.py: {story} -->"
    return f"{head}\n{report}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def main() -> None:
    """Writes every example."""
    EXAMPLES.mkdir(parents=True, exist_ok=True)
    for name in STORIES:
        with TemporaryDirectory() as scratch:
            _write(EXAMPLES / f"review-{name}.md", page(name, Path(scratch)))


if __name__ == "__main__":
    main()
