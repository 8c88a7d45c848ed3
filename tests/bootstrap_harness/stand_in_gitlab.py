"""The API of GitLab, as far as bootstrap/ uses it: groups, projects with their deploy tokens, and states."""

from __future__ import annotations

import json
from typing import Any


def gitlab(method: str, path: str, made: dict[str, Any], given: str) -> object:
    """What GitLab answers, or None if there is nothing or the token may not see it."""
    words = path.partition("?")[0].split("/")
    if "deploy_tokens" in words:
        return _deploy_tokens(method, words, made, given)
    if "terraform" in words:
        return _states(method, words, made)
    match method, words:
        case "GET", ["personal_access_tokens", "self"]:
            return {"scopes": made["scopes"]} if made.get("scopes") else None
        case "GET", ["groups", group]:
            return {"id": 7} if group in made.get("groups", []) else None
    return _projects(method, words, made, given)


def _projects(method: str, words: list[str], made: dict[str, Any], given: str) -> object:
    """One that was asked for is there."""
    if method == "POST":
        made["asked for"] = json.loads(given)
        return {}
    return {} if "asked for" in made and words[1].endswith(f"%2F{made['asked for']['path']}") else None


def _states(method: str, words: list[str], made: dict[str, Any]) -> object:
    """None until the tool pushes one; what is deleted is written down."""
    if method == "DELETE":
        made.setdefault("deleted", []).append(f"{words[1]} {words[-1]}")
        return {}
    return {} if made.get("states") else None


def _deploy_tokens(method: str, words: list[str], made: dict[str, Any], given: str) -> object:
    """Those of one project."""
    tokens: dict[str, str] = made.setdefault("deploy tokens", {})
    if method == "GET":
        return [{"id": int(key), "name": json.loads(asked)["name"]} for key, asked in tokens.items()]
    if method == "DELETE":
        return {"gone": tokens.pop(words[-1])}
    made["last"] = made.get("last", 0) + 1
    tokens[str(made["last"])] = given
    return {"id": made["last"], "username": "gitlab+deploy-token", "token": f"CANARY-deploy-{made['last']}"}
