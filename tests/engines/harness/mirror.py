"""Providers where `tofu init` finds them: a filesystem mirror, and a configuration that knows no other place."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from .build import engine, record

if TYPE_CHECKING:
    from pathlib import Path

REGISTRIES = ("registry.opentofu.org", "registry.terraform.io")


def mirror(folder: Path, *names: str) -> Path:
    """Lays out providers as a registry's mirror has them.

    Args:
        folder: Where to put the mirror and its configuration.
        names: Records of engines.yaml that say which `provider` they are, at which `version`.

    Returns:
        The file that TF_CLI_CONFIG_FILE names.

    Raises:
        MissingError: A provider is not to be had on this machine.
        BuildError: A provider could not be built.
    """
    done = subprocess.run(["go", "env", "-json", "GOOS", "GOARCH"], check=True, capture_output=True)
    machine = "{GOOS}_{GOARCH}".format(**json.loads(done.stdout))
    for name in names:
        known = record(name)
        provider, version = known["provider"], known["version"]
        program = f"terraform-provider-{provider.partition('/')[2]}"
        built = engine(name) / program
        for registry in REGISTRIES:
            place = folder / registry / provider / version / machine
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{program}_v{version}").symlink_to(built)
    path = folder / "tofu.rc"
    path.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{folder}"\n  }}\n}}\n', "utf-8")
    return path
