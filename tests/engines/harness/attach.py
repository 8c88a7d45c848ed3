"""Providers of OpenTofu that run beside the tests: to start one anew takes longer than all that it is asked."""

from __future__ import annotations

import json
import os
import re
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from .build import engine, record
from .mirror import REGISTRIES
from .processes import Processes, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# What OpenTofu says to a provider that it starts, and the line by which a provider answers: go-plugin's handshake.
GREETING = {
    "TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    "PLUGIN_PROTOCOL_VERSIONS": "5,6",
}
ANSWER = re.compile(r"^1\|(?P<protocol>[56])\|(?P<network>unix|tcp)\|(?P<address>[^|]+)\|grpc\|", re.MULTILINE)
# Nobody reads what they would say beside that, and they say more than they answer.
SILENT = {"TF_LOG_PROVIDER": "off", "TF_LOG_SDK": "off", "TF_LOG_SDK_PROTO": "off"}


@contextmanager
def attached(folder: Path, types: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Starts providers, and stops them in the end.

    Args:
        folder: Where they write; its path is short, for they listen on sockets in it.
        types: The types of resources that they are asked about; a stand-in tells no other.
        names: Records of engines.yaml that say which `provider` they are.

    Yields:
        What TF_REATTACH_PROVIDERS has to say to OpenTofu.

    Raises:
        StoppedError: One has ended.
    """
    processes = Processes(folder)
    place = {"HOME": str(folder), "PATH": os.environ["PATH"], "TMPDIR": str(folder)}
    environment = {**place, **GREETING, **SILENT, "PROVIDER_TYPES": " ".join(sorted(types))}
    known = {name: record(name)["provider"] for name in names}
    try:
        for name, provider in known.items():
            program = engine(name) / f"terraform-provider-{provider.partition('/')[2]}"
            processes.start(name, [program], environment)
        told = {name: within(60, f"{name} answers", partial(_answer, processes, name)) for name in known}
        yield json.dumps(
            {f"{registry}/{provider}": told[name] for name, provider in known.items() for registry in REGISTRIES}
        )
    finally:
        processes.stop()


def _answer(processes: Processes, name: str) -> dict[str, Any] | None:
    """Where a provider listens, as soon as it has said so."""
    processes.check()
    found = ANSWER.search(processes.tail(name))
    return found and {
        "Protocol": "grpc",
        "ProtocolVersion": int(found["protocol"]),
        "Pid": processes.pids[name],
        "Test": True,
        "Addr": {"Network": found["network"], "String": found["address"]},
    }
