"""Stands in for every tool that bootstrap/ calls. Its own name says for which one.

It writes its arguments and what it was given on standard input into `log`, answers as the tool would, and keeps what
the tools made in `world`: two files in the folder that CW_WORLD names. What is secret there begins with CANARY.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from typing import Any

from stand_in_http import curl

FOLDER = os.environ["CW_WORLD"]
READS_INPUT = {"kubectl": {"-", "--from-file=key=/dev/stdin"}, "curl": {"@-"}}


def docker(_: list[str], __: dict[str, Any], ___: str) -> int:
    return 0


def k3d(words: list[str], world: dict[str, Any], _: str) -> int:
    match words:
        case ["cluster", "list", *_]:
            return 0 if world["made"].get("k3d") else 1
        case ["cluster", "create", *_]:
            world["made"] |= {"k3d": True, "namespace kube-system": True}
        case ["cluster", "delete", *_]:
            world["made"].clear()
        case ["kubeconfig", *_]:
            print("apiVersion: v1")
        case ["version"]:
            print("k3d version v5.9.0")
    return 0


def helm(words: list[str], _: dict[str, Any], __: str) -> int:
    print("v4.2.4" if words[0] == "version" else "kind: Deployment")
    return 0


def openssl(words: list[str], world: dict[str, Any], _: str) -> int:
    if words[1:2] == ["-hex"]:
        print("0123abcd")
        return 0
    world["random"] += 1
    print(f"CANARY-random-{world['random']}")
    return 0


def tofu(words: list[str], world: dict[str, Any], _: str) -> int:
    if words[0] == "version":
        print("OpenTofu v1.12.5")
        return 0
    root = words[0].rpartition("/")[2] + (" bootstrapping" if "bootstrapping=true" in words else "")
    match words[1]:
        case "plan":
            world["planned"] = root
            return 0 if root in world["applied"] else 2
        case "apply":
            world["applied"].append(world["planned"])
    return 0


def git(words: list[str], world: dict[str, Any], _: str) -> int:
    words = words[2:] if words[0] == "-C" else words
    words = words[2:] if words[0] == "-c" else words
    match words[0]:
        case "rev-parse":
            print("a" * 40)
        case "symbolic-ref":
            print("main")
        case "ls-remote":
            print(f"{'a' * 40}\trefs/heads/main" if world["made"].get("branch") else "", end="")
        case "push":
            world["made"]["branch"] = True
    return 0


def kubectl(words: list[str], world: dict[str, Any], given: str) -> int:
    made = world["made"]
    match words:
        case ["version", *_]:
            print(json.dumps({"serverVersion": {"gitVersion": "v1.35.7"}, "clientVersion": {"gitVersion": "v1.35.7"}}))
        case ["get", "configmap", "-n", "bootstrap", "platform", *_]:
            print(world.get("owner", ""), end="")
        case ["get", "secret", "-n", _, name, "-o", "json"]:
            print(json.dumps({"data": {key: "Q0FOQVJZLWs4cw==" for key in ("ca.crt", "key", "passphrase")}}))
        case ["get", "endpointslices", *_]:
            print("10.0.0.1")
        case ["get", "applications.argoproj.io", "-A", *_]:
            print("argo-cd Synced Healthy")
        case ["get", "pods", *_]:
            ready = {"type": "Ready", "status": "True"}
            print(json.dumps({"items": [{"status": {"conditions": [ready]}}] if made.get("recovery") else []}))
        case ["get", "externalsecrets.external-secrets.io", *_]:
            print('{"items": []}')
        case ["get", kind, "-n", namespace, name]:
            return 0 if f"{kind} {namespace}/{name}" in made else 1
        case ["get", "namespace", name]:
            return 0 if f"namespace {name}" in made else 1
        case ["create", "namespace", name]:
            made[f"namespace {name}"] = True
        case ["create", "secret", "generic", "-n", namespace, name, *_]:
            made[f"secret {namespace}/{name}"] = True
        case ["create", "configmap", *_]:
            print('{"kind": "ConfigMap", "metadata": {"namespace": "bootstrap", "name": "recovery"}}')
        case ["delete", kind, "-n", namespace, name, *_]:
            made.pop(f"{kind} {namespace}/{name}", None)
        case ["create", "token", *_]:
            print("CANARY-jwt")
        case ["apply", *rest] if "-" in rest:
            one = json.loads(given)
            made[f"{one['kind'].lower()} {one['metadata']['namespace']}/{one['metadata']['name']}"] = True
        case ["apply", *rest] if any(word.endswith("bootstrap/root.yaml") for word in rest):
            for name in ("applications.argoproj.io argocd/openbao", "applications.argoproj.io argocd/argo-cd"):
                made[name] = True
            made["secret cert-manager/platform-ca"] = True
        case ["exec", *_, "create", "--admin", "--username", _, "--email", _, "--random-password", _, _, _]:
            print("generated random password is 'CANARY-admin'")
        case ["exec", *rest] if "create" in rest:
            print("generated random password is 'CANARY-person'")
            made[f"users/{rest[rest.index('--username') + 1]}"] = True
    return 0


def main() -> int:
    name, words = os.path.basename(sys.argv[0]), sys.argv[1:]
    given = sys.stdin.read() if READS_INPUT.get(name, set()) & set(words) else ""
    if name == "kubectl" and words[:1] == ["--kubeconfig"]:
        words = words[4:]
    with open(f"{FOLDER}/lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(f"{FOLDER}/log", "a") as log:
            log.write(json.dumps([name, *sys.argv[1:]]) + "\n")
        with open(f"{FOLDER}/world") as file:
            world = json.load(file)
        if world.get("breaks") and world["breaks"] in " ".join([name, *sys.argv[1:]]):
            return 1
        if words[:1] != ["port-forward"]:
            code = TOOLS[name](words, world, given)
            with open(f"{FOLDER}/world", "w") as file:
                json.dump(world, file)
            return code
    print("Forwarding from 127.0.0.1:12345 -> 1", flush=True)
    time.sleep(60)
    return 0


TOOLS = {tool.__name__: tool for tool in (curl, docker, git, helm, k3d, kubectl, openssl, tofu)}
