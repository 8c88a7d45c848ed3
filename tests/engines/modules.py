"""Stand-ins for the modules that a root calls from a registry, which is not asked here.

A stand-in takes and tells what modules.yaml says that its module does, so that OpenTofu judges the whole root. What the
module itself makes of its inputs is not seen. Modules of the repository itself are taken as they are.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

KNOWN = Path(__file__).with_name("modules.yaml")
# HCL as `tofu fmt` leaves it: what stands two spaces in belongs to the call.
CALL = re.compile(r'^module "(?P<name>[\w-]+)" \{\n(?P<body>.*?)^\}', re.MULTILINE | re.DOTALL)
TEXT = r'^  {} += "([^"]+)"'


class UnknownError(Exception):
    """Nobody has recorded the version of a module that is called."""


def stand_in(root: Path) -> None:
    """Puts stand-ins where `tofu init` would have put the modules of a root.

    Raises:
        UnknownError: modules.yaml says nothing about a module, or about another version of it.
    """
    installed = [{"Key": "", "Source": "", "Dir": "."}, *_called(root, root, "")]
    if len(installed) > 1:
        (root / ".terraform/modules").mkdir(parents=True, exist_ok=True)
        (root / ".terraform/modules/modules.json").write_text(json.dumps({"Modules": installed}), encoding="utf-8")


def _called(root: Path, folder: Path, within: str) -> Iterator[dict[str, str]]:
    """What `tofu init` would note of the modules that a folder calls, and of those that they call."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.tf")))
    for call in CALL.finditer(text):
        source, version = (re.search(TEXT.format(key), call["body"], re.MULTILINE) for key in ("source", "version"))
        key = f"{within}{call['name']}"
        if source and version:
            place = root / ".terraform/modules" / key
            place.mkdir(parents=True)
            (place / "main.tf").write_text(_written(source[1], version[1]), encoding="utf-8")
            called = {"Key": key, "Source": f"registry.opentofu.org/{source[1]}", "Version": version[1]}
            yield {**called, "Dir": str(place.relative_to(root))}
        elif source:
            own = os.path.relpath(folder / source[1], root)
            yield {"Key": key, "Source": source[1], "Dir": own}
            yield from _called(root, root / own, f"{key}.")


def _written(source: str, version: str) -> str:
    """The configuration of a stand-in."""
    known: dict[str, Any] = yaml.safe_load(KNOWN.read_text(encoding="utf-8")).get(source, {})
    if known.get("version") != version:
        raise UnknownError(f"modules.yaml does not know {source} {version}; record its inputs and outputs")
    blocks = []
    for kind, names in known["inputs"].items():
        for name in names:
            default = [] if name in known.get("required", ()) else ["  default = null"]
            blocks.append("\n".join([f'variable "{name}" {{', f"  type = {kind}", *default, "}"]))
    blocks += [f'output "{name}" {{\n  value = null\n}}' for name in known["outputs"]]
    return "\n\n".join(blocks) + "\n"
