"""The stand-in for curl: the APIs of Gitea and of the store, as far as bootstrap/ uses them."""

from __future__ import annotations

import json
from typing import Any

from tests.bootstrap_harness.stand_in_clouds import civo
from tests.bootstrap_harness.stand_in_gitlab import gitlab


def store(method: str, path: str, made: dict[str, Any], given: str) -> object:
    """What the store answers, or None if there is nothing."""
    if path.startswith("secret/"):
        name = "store/" + path.split("/", 2)[2]
        if method == "POST":
            made[name] = json.loads(given)["data"]
        return {"data": {"data": made[name]}} if name in made else None
    answers: dict[str, object] = {
        "POST auth/kubernetes/login": {"auth": {"client_token": "CANARY-token"}},
        "GET sys/leader": {"is_self": True},
        "GET sys/init": {"initialized": "POST sys/init" in made},
        "POST sys/init": {"root_token": "CANARY-root", "recovery_keys_base64": ["CANARY-recovery"]},
        "GET sys/rotate/recovery/init": {"data": {"required": 3 if "POST sys/rotate/recovery/init" in made else 0}},
        "POST sys/rotate/recovery/init": {"data": {"keys_base64": ["CANARY-recovery"]}},
    }
    if method == "POST":
        made[f"{method} {path}"] = True
    return answers.get(f"{method} {path}", {})


def gitea(method: str, path: str, made: dict[str, Any], given: str) -> object:
    """What Gitea answers, or None if there is nothing."""
    if method == "GET":
        return {} if path in made else None
    if path.endswith("/orgs"):
        made[f"orgs/{json.loads(given)['username']}"] = True
    return {"sha1": "CANARY-gitea"}


def curl(words: list[str], world: dict[str, Any], given: str) -> int:
    """Answers one request: with the body, or with the status where only that was asked for."""
    url, method = words[-1], words[words.index("--request") + 1]
    api, root = next((api, root) for api, root in APIS if root in url)
    answer = api(method, url.partition(root)[2], world["made"], given)
    if "--write-out" in words:
        print(404 if answer is None else 200, end="")
    else:
        print(json.dumps({} if answer is None else answer), end="")
    return 22 if answer is None else 0


APIS = ((store, ":8200/v1/"), (civo, "api.civo.com/v2/"), (gitlab, "/api/v4/"), (gitea, "/api/v1/"))
