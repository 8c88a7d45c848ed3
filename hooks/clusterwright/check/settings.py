"""`.clusterwright.yaml`: what a repository says about itself."""

from __future__ import annotations

from typing import Any

from clusterwright.check.choice import Choice, choice, known, texts
from clusterwright.errors import UserError
from clusterwright.records import dataclass

NAME = ".clusterwright.yaml"
KUBERNETES = "1.35"
KEYS = ("kubernetes_version", "repository", "branch", "user_paths", "moved", "check")


@dataclass(frozen=True, slots=True)
class Settings:
    """What `.clusterwright.yaml` says; every key may be left out, and `check` is None if it is."""

    kubernetes_version: str = KUBERNETES
    repository: str = ""
    branch: str = ""
    user_paths: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    check: Choice | None = None


def settings(data: object) -> Settings:
    """Reads the file's data (None: there is no such file); raises UserError for a value of the wrong type."""
    if data is None:
        return Settings()
    mapping = known(data, NAME, KEYS)
    version = _text(mapping, "kubernetes_version")
    return Settings(
        kubernetes_version=minor_version(version, f"{NAME}: kubernetes_version") if version else KUBERNETES,
        repository=_text(mapping, "repository"),
        branch=_text(mapping, "branch"),
        user_paths=texts(mapping.get("user_paths"), f"{NAME}: user_paths", "globs"),
        moved=_pairs(mapping.get("moved"), f"{NAME}: moved"),
        check=None if mapping.get("check") is None else choice(mapping["check"], f"{NAME}: check"),
    )


def minor_version(version: str, origin: str) -> str:
    """`v1.35.2` as `1.35`; raises UserError, naming the origin, for anything else."""
    parts = version.removeprefix("v").split(".")
    if len(parts) not in {2, 3} or not all(part.isascii() and part.isdecimal() for part in parts):
        raise UserError(f"{origin}: {version!r} is no version of Kubernetes: write it as {KUBERNETES}")
    return ".".join(parts[:2])


def _pairs(value: object, origin: str) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise UserError(f"{origin}: expected a mapping of globs to paths")
    return tuple(value.items())


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise UserError(f"{NAME}: {key}: expected text: quote it")
    return value or ""
