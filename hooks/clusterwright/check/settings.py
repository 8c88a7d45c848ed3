"""`.clusterwright.yaml`: what a repository says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterwright.errors import UserError

NAME = ".clusterwright.yaml"
KUBERNETES = "1.35"


@dataclass(frozen=True, slots=True)
class Settings:
    """What `.clusterwright.yaml` says; every key may be left out."""

    kubernetes_version: str = KUBERNETES
    repository: str = ""
    branch: str = ""
    user_paths: tuple[str, ...] = ()


def settings(data: object) -> Settings:
    """Reads the file's data (None: there is no such file); raises UserError for a value of the wrong type."""
    if data is None:
        return Settings()
    if not isinstance(data, dict):
        raise UserError(f"{NAME}: expected a mapping with the keys {', '.join(_KEYS)}")
    unknown = [key for key in data if key not in _KEYS]
    if unknown:
        raise UserError(f"{NAME}: unknown key {unknown[0]!r}; the keys are {', '.join(_KEYS)}")
    paths = data.get("user_paths") or []
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise UserError(f"{NAME}: user_paths: expected a list of globs")
    return Settings(
        kubernetes_version=minor_version(_text(data, "kubernetes_version") or KUBERNETES, NAME),
        repository=_text(data, "repository"),
        branch=_text(data, "branch"),
        user_paths=tuple(paths),
    )


def minor_version(version: str, origin: str) -> str:
    """`v1.35.2` as `1.35`; raises UserError, naming the origin, for anything else."""
    parts = version.removeprefix("v").split(".")
    if len(parts) not in {2, 3} or not all(part.isdecimal() for part in parts):
        raise UserError(f"{origin}: {version!r} is no version of Kubernetes: write it as {KUBERNETES}")
    return ".".join(parts[:2])


_KEYS = ("kubernetes_version", "repository", "branch", "user_paths")


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str | float | int) or isinstance(value, bool):
        raise UserError(f"{NAME}: {key}: expected text")
    return str(value)
