"""The stand-in for kubectl: objects by kind, namespace and name, as far as bootstrap/ looks at them."""

from __future__ import annotations

import json
from typing import Any

READY = {"items": [{"status": {"conditions": [{"type": "Ready", "status": "True"}]}}]}
VALUES = dict.fromkeys(("ca.crt", "key", "passphrase"), "Q0FOQVJZLWs4cw==")
NAMES = ("argo-cd", "external-secrets", "openbao", "vault")
APPLICATIONS = [f"applications.argoproj.io argocd/{name}" for name in NAMES]


def get(words: list[str], world: dict[str, Any]) -> int:
    """What is there, or exit code 1."""
    made = world["made"]
    match words:
        case ["configmap", "-n", "bootstrap", "platform", *_]:
            print(world.get("owner", ""), end="")
        case ["secret", "-n", _, _, "-o", "json"]:
            print(json.dumps({"data": VALUES}))
        case ["endpointslices", *_]:
            print("10.0.0.1")
        case ["applications.argoproj.io", "-A", *_]:
            print("argo-cd Synced Healthy")
        case ["pods" | "externalsecrets.external-secrets.io" as kind, *_]:
            print(json.dumps(READY if kind == "pods" and made.get("POST sys/rotate/recovery/init") else {"items": []}))
        case [kind, "-n", namespace, name] if f"{kind} {namespace}/{name}" not in made:
            return 1
        case ["namespace", name] if f"namespace {name}" not in made:
            return 1
    return 0


def apply(words: list[str], made: dict[str, Any], given: str) -> None:
    """One object from standard input; or the root, from which Argo CD makes everything else."""
    if "-" in words:
        one = json.loads(given)
        made[f"{one['kind'].lower()} {one['metadata']['namespace']}/{one['metadata']['name']}"] = True
    elif any(word.endswith("bootstrap/root.yaml") for word in words):
        made.update(dict.fromkeys((*APPLICATIONS, "secret cert-manager/platform-ca"), True))


def create(words: list[str], made: dict[str, Any]) -> None:
    """A namespace, a Secret, or a token of a ServiceAccount."""
    match words:
        case ["namespace", name]:
            made[f"namespace {name}"] = True
        case ["secret", "generic", "-n", namespace, name, *_]:
            made[f"secret {namespace}/{name}"] = True
        case ["token", *_]:
            print("CANARY-jwt")


def gitea(words: list[str], made: dict[str, Any]) -> None:
    """Gitea's own command, in its pod."""
    if "create" in words:
        print(f"generated random password is 'CANARY-{'admin' if '--admin' in words else 'person'}'")
        made[f"users/{words[words.index('--username') + 1]}"] = True


def kubectl(words: list[str], world: dict[str, Any], given: str) -> int:
    """Answers one call."""
    made = world["made"]
    match words:
        case ["version", *_]:
            print(json.dumps({name: {"gitVersion": "v1.35.7"} for name in ("clientVersion", "serverVersion")}))
        case ["config", "view", *_]:
            print("apiVersion: v1")
        case ["get", *rest]:
            return get(rest, world)
        case ["apply", *rest]:
            apply(rest, made, given)
        case ["create", *rest]:
            create(rest, made)
        case ["delete", kind, "-n", namespace, name, *_]:
            made.pop(f"{kind} {namespace}/{name}", None)
        case ["exec", *rest]:
            gitea(rest, made)
    return 0
