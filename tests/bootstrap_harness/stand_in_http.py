"""The stand-in for curl: the APIs of Gitea and of the store, as far as bootstrap/ uses them."""

from __future__ import annotations

import json
from typing import Any


def answer(body: Any, found: bool = True, code_only: bool = False) -> int:
    """Prints what curl would: the body, or the status alone where that was asked for."""
    print(("200" if found else "404") if code_only else json.dumps(body if found else {"errors": []}), end="")
    return 0 if found else 22


def store(method: str, path: str, made: dict[str, Any], given: str, code_only: bool) -> int:
    match path.split("/"):
        case ["auth", "kubernetes", "login"]:
            return answer({"auth": {"client_token": "CANARY-token"}})
        case ["secret", kind, *rest]:
            name = "store/" + "/".join(rest)
            if method == "POST":
                made[name] = json.loads(given)["data"]
            return answer({"data": {"data": made.get(name)}}, name in made, code_only)
        case ["sys", "rotate", *_] if method == "GET":
            return answer({"data": {"required": 3 if made.get("recovery") else 0}})
        case ["sys", "rotate", *_]:
            made["recovery"] = True
            return answer({"data": {"keys_base64": ["CANARY-recovery"]}})
    return answer({})


def gitea(method: str, path: str, made: dict[str, Any], given: str) -> int:
    if method == "GET":
        return answer({}, path in made)
    if path.endswith("/orgs"):
        made[f"orgs/{json.loads(given)['username']}"] = True
    return answer({"sha1": "CANARY-gitea"})


def curl(words: list[str], world: dict[str, Any], given: str) -> int:
    """Answers one request."""
    url, method = words[-1], words[words.index("--request") + 1]
    path = url.partition("/v1/")[2]
    if ":8200/" in url:
        return store(method, path, world["made"], given, "--write-out" in words)
    return gitea(method, path, world["made"], given)
