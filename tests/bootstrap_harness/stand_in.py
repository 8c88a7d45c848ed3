"""Stands in for every tool that bootstrap/ calls. The name that it was started by says for which one.

It writes its arguments into `log`, answers as the tool would, and keeps what the tools made in `world`: two files in
the folder that CW_WORLD names. What is secret there begins with CANARY.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from tests.bootstrap_harness.stand_in_clouds import aws, doctl
from tests.bootstrap_harness.stand_in_http import curl
from tests.bootstrap_harness.stand_in_kubectl import kubectl

FOLDER = Path(os.environ["CW_WORLD"])
READS_INPUT = {"kubectl": {"-", "--from-file=key=/dev/stdin"}, "curl": {"@-"}}
COMMIT = "a" * 40
OPENS = ("TF_VAR_state_passphrase", "AWS_ACCESS_KEY_ID", "TF_HTTP_USERNAME", "TF_HTTP_PASSWORD")


def docker(_words: list[str], _world: dict[str, Any], _given: str) -> int:
    """Docker answers."""
    return 0


def k3d(words: list[str], world: dict[str, Any], _given: str) -> int:
    """One cluster, there or not."""
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


def helm(words: list[str], _world: dict[str, Any], _given: str) -> int:
    """Renders any chart."""
    print("v4.2.4" if words[0] == "version" else "kind: Deployment")
    return 0


def openssl(words: list[str], world: dict[str, Any], _given: str) -> int:
    """Another value each time, except for the names of administrators."""
    if words[1:2] == ["-hex"]:
        print("0123abcd")
    else:
        world["random"] += 1
        print(f"CANARY-random-{world['random']}")
    return 0


def tofu(words: list[str], world: dict[str, Any], _given: str) -> int:
    """A root has changes until it was applied. What encrypts its state, and opens the place of that, is kept."""
    given = {name: os.environ.get(name) for name in OPENS}
    world.setdefault("environment", {})[Path(words[0]).name] = given
    if words[0] == "version":
        print("OpenTofu v1.12.5")
    elif words[1] == "plan":
        world["planned"] = Path(words[0]).name + (" bootstrapping" if "bootstrapping=true" in words else "")
        return 2 if "-detailed-exitcode" in words and world["planned"] not in world["applied"] else 0
    elif words[1] == "apply":
        world["applied"].append(world["planned"])
        world["made"][f"root {world['planned']}"] = True
    elif words[1:3] == ["state", "push"]:
        world["made"]["states"] = True
    elif words[1] == "output":
        print(f"CANARY-{words[-1]}", end="")
    return 0


def git(words: list[str], world: dict[str, Any], _given: str) -> int:
    """A clean clone, and a host that has the branch once it was pushed."""
    words = [word for word in words if word != "-c" and not word.startswith("credential.")][2:]
    match words[0]:
        case "rev-parse":
            print(COMMIT)
        case "symbolic-ref":
            print("main")
        case "ls-remote" if world["made"].get("branch"):
            print(f"{COMMIT}\trefs/heads/main")
        case "push":
            world["made"]["branch"] = True
    return 0


def main() -> int:
    """Plays the tool whose name this was started by."""
    name, words = Path(sys.argv[0]).name, sys.argv[1:]
    line = [name, *words]
    given = sys.stdin.read() if READS_INPUT.get(name, set()) & set(words) else ""
    if words[:1] == ["--kubeconfig"]:
        words = words[4:]
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with (FOLDER / "log").open("a") as log:
            log.write(json.dumps(line) + "\n")
        world = json.loads((FOLDER / "world").read_text())
        if world.get("breaks") and world["breaks"] in " ".join(line):
            return 1
        if words[:1] != ["port-forward"]:
            code = TOOLS[name](words, world, given)
            (FOLDER / "world").write_text(json.dumps(world))
            return code
    print("Forwarding from 127.0.0.1:12345 -> 1", flush=True)
    time.sleep(60)
    return 0


TOOLS = {tool.__name__: tool for tool in (aws, curl, docker, doctl, git, helm, k3d, kubectl, openssl, tofu)}
