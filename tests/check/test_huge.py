"""Files as large as are read at all: their check takes bounded time and memory, whatever they hold."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clusterwright.check.files import LIMIT
from clusterwright.check.rule import MOST
from tests.check.conftest import lines

if TYPE_CHECKING:
    from tests.check.conftest import Write

SIZE = LIMIT - 1024 * 1024
MEMORY = 1024 * 1024
"""A GiB, in KiB."""
PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from clusterwright.cli import main
code = main(["check", "--format", "json", "--output", sys.argv[2], sys.argv[1]])
most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print("\\n", code, most)
"""
POD = b"""\
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: a
    env:
"""
ALIKE = b"""\
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      containers: [{name: a, image: a, ports: [{name: a, containerPort: 1}]}]
---
apiVersion: v1
kind: Service
metadata: {name: a, namespace: a}
spec: {selector: {app: a}, ports: [{port: 1, targetPort: a}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: a, namespace: a}
spec: {gatewayClassName: a, listeners: [{name: a, port: 1, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: a, namespace: a}
spec: {parentRefs: [{name: a}], rules: [{backendRefs: [{name: a, port: 1}]}]}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
@pytest.mark.parametrize(
    ("name", "head", "piece"),
    [
        ("a.yaml", b"", b"a:\n"),
        ("values.yaml", b"", b"- a: yes\n"),
        ("a.yaml", POD, b"    - name: a\n      value: yes\n"),
        ("a.yaml", b"", b"---\napiVersion: v1\nkind: Pod\nspec: 1\n"),
        ("a.yaml", b"", b"a: 1 # clusterwright: ignore x\n"),
        ("a.yaml", b"", ALIKE),
        ("a.tf", b"", b'resource "a" "b" {\n  c = var.d\n}\n'),
    ],
    ids=["duplicate keys", "ambiguous items", "one resource", "many resources", "ignores", "resources alike", "blocks"],
)
def test_a_check_is_done_in_a_minute_and_a_gibibyte(write: Write, name: str, head: bytes, piece: bytes) -> None:
    root = write({name: head + piece * ((SIZE - len(head)) // len(piece))})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", PROGRAM, str(root), str(root / "report.json")]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    code, memory = map(int, done.stdout.split()[-2:])
    assert code == 1 or b" 0 errors" not in done.stdout
    assert memory < MEMORY


def test_more_than_anybody_reads_is_said_once(write: Write) -> None:
    pods = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: 1\n" * (MOST + 5)
    found = [line for line in lines(write({"a.yaml": pods})) if " schema " in line]
    assert len(found) == MOST + 1
    assert (
        found[0]
        == f"a.yaml:1:1: schema more than {MOST} times in this file: mend those that are named, then check again"
    )
