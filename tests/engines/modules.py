"""Stand-ins for the modules that a root calls from a registry, which is not asked here.

A stand-in takes and tells what modules.yaml says that its module does, so that OpenTofu judges the whole root. What the
module itself makes of its inputs is not seen. Modules of the repository itself are taken as they are.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

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
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(root.glob("*.tf")))
    installed: list[dict[str, str]] = [{"Key": "", "Source": "", "Dir": "."}]
    for call in CALL.finditer(text):
        source, version = (re.search(TEXT.format(key), call["body"], re.MULTILINE) for key in ("source", "version"))
        if source and version:
            place = root / ".terraform/modules" / call["name"]
            place.mkdir(parents=True)
            (place / "main.tf").write_text(_written(source[1], version[1]), encoding="utf-8")
            called = {"Key": call["name"], "Source": f"registry.opentofu.org/{source[1]}", "Version": version[1]}
            installed.append({**called, "Dir": str(place.relative_to(root))})
        elif source:
            installed.append({"Key": call["name"], "Source": source[1], "Dir": source[1]})
    if len(installed) > 1:
        (root / ".terraform/modules").mkdir(parents=True, exist_ok=True)
        (root / ".terraform/modules/modules.json").write_text(json.dumps({"Modules": installed}), encoding="utf-8")


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
