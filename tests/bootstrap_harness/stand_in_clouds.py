"""Stand-ins for clouds without a KMS: their command lines and APIs, and a store that speaks S3."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def cluster_is_there(made: dict[str, Any], kubeconfig: str) -> str:
    """From now on kubectl finds a cluster."""
    made["namespace kube-system"] = True
    return kubeconfig


def aws(words: list[str], world: dict[str, Any], _given: str) -> int:
    """A bucket with states or without, which may or may not keep two from writing the same file."""
    match words:
        case ["--version"]:
            print("aws-cli/2.30.0 Python/3.13")
        case ["s3api", "head-object", *_]:
            return 0 if world["made"].get("states") else 254
        case ["s3api", "head-bucket", *_]:
            return 254 if world.get("closed") else 0
        case ["s3api", "get-bucket-versioning", *_]:
            print("None" if world.get("lax") else "Enabled")
        case ["s3api", "put-object", *rest] if "--if-none-match" in rest and not world.get("lax"):
            return 254
    return 0


def doctl(words: list[str], world: dict[str, Any], _given: str) -> int:
    """Knows one account and one cluster."""
    if words == ["version"]:
        print("doctl version 1.150.0-release")
    elif words[:1] == ["kubernetes"]:
        Path(os.environ["KUBECONFIG"]).write_text(cluster_is_there(world["made"], "apiVersion: v1\n"), encoding="utf-8")
    return 0


def civo(_method: str, path: str, made: dict[str, Any], _given: str) -> object:
    """The API of Civo: a credential once the first root is applied, and a cluster after that."""
    match path.partition("?")[0]:
        case "objectstore/credentials" if "root state-root" in made:
            key = {"access_key_id": "CANARY-id", "secret_access_key_id": "CANARY-secret"}
            return {"items": [{"name": "another", "access_key_id": "wrong"}, {"name": "navy-dev-state", **key}]}
        case "kubernetes/clusters":
            return {"items": [{"name": "navy", "kubeconfig": cluster_is_there(made, "apiVersion: v1")}]}
    return {}
