"""What kubectl needs a kubelet for; for everything else, the scripts of bootstrap/ find the real one.

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
    _, namespace, target, port = words
    if namespace == "gitea":
        return "127.0.0.1", int(os.environ["GITEA_PORT"])
    kind, _, name = target.rpartition("/")
    chosen = ["-l", "openbao-active=true"] if kind == "service" else ["--field-selector", f"metadata.name={name}"]
    command = [os.environ["KUBECTL"], *sys.argv[1 : OPTIONS + 1], "get", "pods", "-n", namespace, *chosen, "-o", "json"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["items"]
    return found[0]["status"]["podIP"], int(port.lstrip(":"))


def forward(words: list[str]) -> None:
    """Forwards until the script that asked for it has ended."""
    relay, caller = Relay(address(words)), os.getppid()
    relay.start()
    print(f"Forwarding from 127.0.0.1:{relay.port} -> {relay.target[1]}", flush=True)
    while os.getppid() == caller:
        time.sleep(0.5)


def main() -> None:
    """Does what kubectl is asked for."""
    command, *words = sys.argv[OPTIONS + 1 :]
    if command == "port-forward":
        forward(words)
    else:
        assert words[:2] == ["-n", "gitea"], words
        gitea(words[2:], {})


if __name__ == "__main__":
    main()
