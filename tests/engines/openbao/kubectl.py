"""kubectl as the scripts of bootstrap/ find it: the real one, but for what needs a kubelet.

`port-forward` to the store leads to the pod that is asked for, or to the one that calls itself active; to Gitea, to its
stand-in. `exec` in Gitea's pod answers as Gitea's own command does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from tests.bootstrap_harness.stand_in_kubectl import gitea
from tests.engines.openbao.relay import Relay

OPTIONS = 4


def address(words: list[str]) -> tuple[str, int]:
    """Where `port-forward` leads."""
    namespace, target, port = words[2], words[3], int(words[4].lstrip(":"))
    if namespace == "gitea":
        return "127.0.0.1", int(os.environ["GITEA_PORT"])
    kind, _, name = target.rpartition("/")
    chosen = ["-l", "openbao-active=true"] if kind == "service" else ["--field-selector", f"metadata.name={name}"]
    command = [os.environ["KUBECTL"], *sys.argv[1 : OPTIONS + 1], "get", "pods", "-n", namespace, *chosen, "-o", "json"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["items"]
    return found[0]["status"]["podIP"], port


def forward(words: list[str]) -> None:
    """Forwards until the script that asked for it has ended."""
    relay, caller = Relay(address(words)), os.getppid()
    relay.start()
    print(f"Forwarding from 127.0.0.1:{relay.port} -> {relay.target[1]}", flush=True)
    while os.getppid() == caller:
        time.sleep(0.5)


def main() -> None:
    """Does what kubectl is asked for."""
    words = sys.argv[1:]
    if words[:1] == ["--kubeconfig"]:
        words = words[OPTIONS:]
    match words:
        case ["port-forward", *_]:
            forward(words)
        case ["exec", "-n", "gitea", *rest]:
            gitea(rest, {})
        case _:
            os.execv(os.environ["KUBECTL"], ["kubectl", *sys.argv[1:]])  # noqa: S606
