"""Routine is what raises versions, within what they promise, and does nothing else."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import ROOT, commit
from tests.review.conftest import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOLDEN = ROOT / "tests" / "golden" / "aws-github-cloudflare"
PARTS = (
    ".clusterwright.yaml", ".pre-commit-config.yaml", ".github", "README.md", "bootstrap/up", "docs/components.md",
    "infrastructure", "platform/crossplane-providers", "platform/reloader", "registry",
)  # fmt: skip
MINE = {
    "registry/clusters/management/local/shop.yaml": """apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: shop
          image: registry.example.com/shop:1.4.2
        - name: proxy
          image: registry.example.com/proxy@sha256:1111111111111111111111111111111111111111111111111111111111111111
""",
    "registry/clusters/management/overrides/reloader.yaml": "image:\n  repository: stakater/reloader\n  tag: v1.4.2\n",
    "infrastructure/cloud/local_dns.tf": (
        'module "dns" {\n  source  = "terraform-aws-modules/route53/aws"\n  version = "5.0.0"\n}\n'
    ),
    "charts/shop/Chart.yaml": "name: shop\ndependencies:\n  - name: redis\n    version: 20.1.3\n",
    "platform/shop/kustomization.yaml": "images:\n  - name: shop\n    newTag: 1.4.2\n",
}
PLACES = (
    ("registry/clusters/management/*.yaml", re.compile(r"(?m)^      targetRevision: \"?v?(\d+\.\d+\.)(\d+)")),
    ("registry/clusters/management/local/*.yaml", re.compile(r"shop:(\d+\.\d+\.)(\d+)")),
    ("registry/clusters/management/overrides/*.yaml", re.compile(r"tag: v(\d+\.\d+\.)(\d+)")),
    ("platform/*/manifests/*.yaml", re.compile(r"package: \S+:v(\d+\.\d+\.)(\d+)")),
    (".github/workflows/*.yaml", re.compile(r"uses: \S+@()(\d)")),
    ("infrastructure/*/*.tf", re.compile(r"(?m)^\s+version\s+= \"~?>? ?(\d+\.(?:\d+\.)?)(\d+)")),
    ("charts/*/Chart.yaml", re.compile(r"(?m)^    version: (\d+\.\d+\.)(\d+)")),
    ("platform/*/kustomization.yaml", re.compile(r"newTag: (\d+\.\d+\.)(\d+)")),
    (".pre-commit-config.yaml", re.compile(r"rev: v([1-9]\d*\.\d+\.)(\d+)")),
    ("docs/components.md", re.compile(r"\| v?(\d+\.\d+\.)(\d+) \|")),
)
"""Where a version stands, its beginning, and the number that a routine bump raises."""


class Bump(NamedTuple):
    """A file, and its text with one version raised."""

    path: str
    text: str


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    root = tmp_path_factory.mktemp("routine") / "platform"
    for part in PARTS:
        source, target = GOLDEN / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    workshop = Workshop(root)
    for path, text in MINE.items():
        workshop.write(path, text)
    commit(root)
    return workshop


def bumps(root: Path) -> Iterator[Bump]:
    for glob, pattern in PLACES:
        for path in sorted(root.glob(glob)):
            text = path.read_text("utf-8")
            for match in pattern.finditer(text):
                number = int(match[2]) + 1 if match[1] else (int(match[2]) + 1) % 10
                raised = f"{text[: match.start(2)]}{number}{text[match.end(2) :]}"
                yield Bump(path.relative_to(root).as_posix(), raised)


def verdict(workshop: Workshop, changes: dict[str, str]) -> str:
    """The verdict on some changes, which are taken back."""
    old = {path: (workshop.root / path).read_text("utf-8") for path in changes}
    try:
        for path, text in changes.items():
            workshop.write(path, text)
        return workshop.review().verdict
    finally:
        for path, text in old.items():
            workshop.write(path, text)


def test_every_place_of_a_version_is_there(platform: Workshop) -> None:
    found = {pattern.pattern: list(platform.root.glob(glob)) for glob, pattern in PLACES}
    assert [name for name, paths in found.items() if not paths] == []


def test_fifty_routine_bumps_are_called_routine(platform: Workshop) -> None:
    every = list(bumps(platform.root))
    assert len(every) >= 50
    assert len({path for path, _ in every}) >= 25
    wrong = [
        one.path for one in every[:: len(every) // 50 or 1][:50] if verdict(platform, {one.path: one.text}) != "routine"
    ]
    assert wrong == []


def test_many_bumps_together_are_routine(platform: Workshop) -> None:
    first = {one.path: one.text for one in reversed(list(bumps(platform.root)))}
    assert len(first) > 20
    assert verdict(platform, first) == "routine"


EXTRA = {
    "another field": ("registry/clusters/management/reloader.yaml", "releaseName: reloader", "releaseName: loader"),
    "a comment": ("registry/clusters/management/reloader.yaml", "spec:\n", "spec:  # all of it\n"),
    "an order": (
        "registry/clusters/management/reloader.yaml",
        "prune: true\n      selfHeal: true",
        "selfHeal: true\n      prune: true",
    ),
    "a label": ("registry/clusters/management/reloader.yaml", "part-of: platform", "part-of: the-platform"),
    "a value": ("platform/reloader/values.yaml", "reloader:\n", "more: 1\nreloader:\n"),
    "a variable": ("infrastructure/cloud/versions.tf", "required_version = ", "required_version =  "),
    "a word": ("docs/components.md", "# ", "# All "),
    "a script": ("bootstrap/up", "set -", "set  -"),
    "a new file": ("registry/clusters/management/local/more.yaml", "", "a: 1\n"),
}


@pytest.mark.parametrize("name", EXTRA)
def test_a_single_thing_more_turns_routine_off(platform: Workshop, name: str) -> None:
    path, before, after = EXTRA[name]
    bump = next(one for one in bumps(platform.root) if one.path != path)
    target = platform.root / path
    text = target.read_text("utf-8") if target.exists() else ""
    assert before in text
    try:
        assert verdict(platform, {bump.path: bump.text}) == "routine"
        platform.write(path, text.replace(before, after, 1) if before else after)
        assert verdict(platform, {bump.path: bump.text}) == "review"
    finally:
        platform.write(path, text)
        if not text:
            platform.remove(path)


NO_BUMPS = {
    "a range": ('version = "5.0.0"', 'version = "~> 5.0"'),
    "another variant": ("shop:1.4.2", "shop:1.4.3-debug"),
    "another image": ("registry.example.com/shop:1.4.2", "registry.example.com/store:1.4.3"),
    "a tag in place of a digest": ("proxy@sha256:" + "1" * 64, "proxy:1.0.1"),
    "replicas": ("replicas: 2", "replicas: 3"),
}


@pytest.mark.parametrize("name", NO_BUMPS)
def test_what_looks_like_a_bump_and_is_more_is_no_routine(platform: Workshop, name: str) -> None:
    before, after = NO_BUMPS[name]
    path = next(path for path, text in MINE.items() if before in text)
    assert verdict(platform, {path: MINE[path].replace(before, after)}) == "review"


def test_a_digest_that_follows_another_is_routine(platform: Workshop) -> None:
    path = "registry/clusters/management/local/shop.yaml"
    assert verdict(platform, {path: MINE[path].replace("1" * 64, "2" * 64)}) == "routine"


def test_an_executable_bit_is_no_routine(platform: Workshop) -> None:
    path = platform.root / "README.md"
    path.chmod(0o755)
    try:
        review = platform.review()
    finally:
        path.chmod(0o644)
    assert review.verdict == "review"
    assert [one.lines for one in review.changes] == [("-a plain file", "+an executable file")]


def test_nothing_is_unchanged(platform: Workshop) -> None:
    assert platform.review().verdict == "unchanged"
